package dev.shallot.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.engine.WorkerPool;
import dev.shallot.network.Initialization;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel in a file is the kernel, or it is refused. */
class KernelFileTest {
  private static final int TILE = 256;

  @TempDir Path folder = Path.of("");

  /** Seven tiles of 128 a side, of which the file makes four with a rest. */
  private static TangentKernel kernel(int outputs) {
    int n = outputs == 1 ? 790 : 300;
    return Problem.random(n, 3, 70, outputs, Initialization.NTK, 2).masked(0);
  }

  private Path write(TangentKernel kernel, String name, Team team) {
    Path file = folder.resolve(name);
    KernelFile.write(
        file,
        kernel,
        KernelFileLayout.of(kernel.samples(), kernel.outputs(), TILE, "m\u2218H of a test"),
        team);
    return file;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
    }
  }

  @Test
  void whatIsWrittenIsReadAgainTileByTileOrWhole() throws IOException {
    for (int outputs : new int[] {1, 3}) {
      TangentKernel kernel = kernel(outputs);
      double[] matrix = kernel.form(Team.ALONE);
      Path file = write(kernel, "k" + outputs, Team.ALONE);
      try (KernelFile read = KernelFile.open(file)) {
        assertEquals(kernel.samples(), read.samples());
        assertEquals(outputs, read.outputs());
        assertEquals("m\u2218H of a test", read.label());
        double[] whole = new double[matrix.length];
        read.read(whole, Team.ALONE);
        assertArrayEquals(matrix, whole);
        double trace = 0.0;
        for (int i = 0; i < kernel.order(); i++) {
          trace += matrix[i * kernel.order() + i];
        }
        assertEquals(trace, read.trace(), 1e-12 * trace);
        assertTiles(read, matrix);
      }
    }
    assertEquals(List.of("k1", "k3"), files());
  }

  private static void assertTiles(KernelFile file, double[] matrix) {
    int n = file.samples();
    double[] tile = new double[TILE * TILE];
    for (int o = 0; o < file.outputs(); o++) {
      for (int p = o; p < file.outputs(); p++) {
        for (int column = 0; column < file.tiles(); column++) {
          for (int row = 0; row <= column; row++) {
            file.tile(o, p, row, column, tile);
            for (int i = 0; i < TILE; i++) {
              for (int j = 0; j < TILE; j++) {
                int u = row * TILE + i;
                int v = column * TILE + j;
                double expected =
                    u < n && v < n ? matrix[(o * n + u) * file.order() + p * n + v] : 0.0;
                assertEquals(expected, tile[i * TILE + j], 0.0);
              }
            }
          }
        }
      }
    }
  }

  @Test
  void productsStreamOverTheFile() {
    for (int outputs : new int[] {1, 3}) {
      TangentKernel kernel = kernel(outputs);
      int order = kernel.order();
      double[] matrix = kernel.form(Team.ALONE);
      double[] vector = Problem.gaussian(order, 8, 1);
      double[] expected = new double[order];
      double size = 0.0;
      for (int i = 0; i < order; i++) {
        double terms = 0.0;
        for (int j = 0; j < order; j++) {
          expected[i] += matrix[i * order + j] * vector[j];
          terms += Math.abs(matrix[i * order + j] * vector[j]);
        }
        size = Math.max(size, terms);
      }
      try (KernelFile file = KernelFile.open(write(kernel, "p" + outputs, Team.ALONE))) {
        double[] image = new double[order];
        file.multiply(vector, image, Team.ALONE);
        assertArrayEquals(expected, image, 1e-12 * size);
        for (int threads : new int[] {2, 7}) {
          try (WorkerPool pool = new WorkerPool(threads)) {
            double[] again = new double[order];
            file.multiply(vector, again, pool);
            assertArrayEquals(image, again);
          }
        }
      }
    }
  }

  @Test
  void anyNumberOfThreadsWritesTheSameFile() throws IOException {
    Path one = write(kernel(1), "one", Team.ALONE);
    try (WorkerPool pool = new WorkerPool(3)) {
      assertEquals(-1, Files.mismatch(one, write(kernel(1), "three", pool)));
    }
    assertEquals(Files.size(one), KernelFileLayout.of(790, 1, TILE, "").length());
  }

  @Test
  void theUsualTilesAreUsedWhenNobodySays() throws IOException {
    Path file = folder.resolve("usual");
    TangentKernel kernel = Problem.random(20, 3, 70, 1, Initialization.NTK, 2).finite();
    KernelFile.write(file, kernel, "", Team.ALONE);
    assertEquals(KernelFile.bytes(20, 1), Files.size(file));
    try (KernelFile read = KernelFile.open(file)) {
      assertEquals(512, read.tileSize());
      double[] matrix = new double[400];
      read.read(matrix, Team.ALONE);
      assertArrayEquals(kernel.form(Team.ALONE), matrix);
    }
  }

  private static void refused(String words, org.junit.jupiter.api.function.Executable action) {
    String message = String.valueOf(assertThrows(TheoryException.class, action).getMessage());
    assertTrue(message.contains(words), message);
  }

  @Test
  void aDamagedFileIsRefusedByNameOffsetAndCause() throws IOException {
    Path file = write(kernel(1), "damaged", Team.ALONE);
    byte[] good = Files.readAllBytes(file);
    int tileBytes = TILE * TILE * 8 + 8;

    byte[] bytes = good.clone();
    bytes[4096 + 2 * tileBytes + 1000] ^= 4;
    Files.write(file, bytes);
    try (KernelFile read = KernelFile.open(file)) {
      double[] tile = new double[TILE * TILE];
      read.tile(0, 0, 0, 0, tile);
      String where =
          "damaged is damaged at byte %,d: the tile in row 1, column 1"
              .formatted(4096 + 2 * tileBytes);
      refused(where, () -> read.tile(0, 0, 1, 1, tile));
      double[] v = new double[790];
      refused(where, () -> read.multiply(v, new double[790], Team.ALONE));
      refused(where, () -> read.read(new double[790 * 790], Team.ALONE));
      refused("row 1, column 0", () -> read.tile(0, 0, 1, 0, tile));
    }

    bytes = good.clone();
    bytes[21] ^= 1;
    Files.write(file, bytes);
    refused("at byte 0: its header", () -> KernelFile.open(file));
    bytes = good.clone();
    bytes[8] = 2;
    Files.write(file, bytes);
    refused("of version 2", () -> KernelFile.open(file));
    Files.write(file, Arrays.copyOf(good, good.length - 1));
    refused("cut short", () -> KernelFile.open(file));
    Files.write(file, Arrays.copyOf(good, 100));
    refused("at byte 0: its header", () -> KernelFile.open(file));
    Files.writeString(file, "a,b,c\n1,2,3\n");
    refused("no kernel file", () -> KernelFile.open(file));
    refused("does not exist", () -> KernelFile.open(folder.resolve("absent")));
  }

  @Test
  void everyFlippedByteOfTheHeaderAndEveryCutIsRefused() throws IOException {
    TangentKernel kernel = Problem.random(20, 3, 70, 1, Initialization.NTK, 2).finite();
    Path file = folder.resolve("k");
    KernelFile.write(file, kernel, KernelFileLayout.of(20, 1, TILE, "small"), Team.ALONE);
    long length = Files.size(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      for (int i = 0; i < KernelFileLayout.HEADER; i++) {
        channel.read(one.clear(), i);
        byte good = one.get(0);
        channel.write(one.clear().put((byte) (good ^ 1 << i % 8)).flip(), i);
        refused(file.toString(), () -> KernelFile.open(file));
        channel.write(one.clear().put(good).flip(), i);
      }
      KernelFile.open(file).close();
      for (int missing = 1; missing <= 100; missing++) {
        channel.truncate(length - missing);
        refused(file + " is damaged", () -> KernelFile.open(file));
      }
    }
  }

  @Test
  void nothingIsOverwrittenAndNothingIsLeftBehind() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), "mine");
    refused("exists already", () -> write(kernel(1), "mine", Team.ALONE));
    assertEquals("mine", Files.readString(file));
    refused("there is no folder", () -> write(kernel(1), "absent/k", Team.ALONE));
    Team broken =
        new Team() {
          @Override
          public int workers() {
            return 1;
          }

          @Override
          public void run(int count, Task job) {
            throw new IllegalStateException("interrupted");
          }
        };
    assertThrows(IllegalStateException.class, () -> write(kernel(1), "broken", broken));
    assertEquals(List.of("mine"), files());
    assertFalse(Files.exists(folder.resolve("broken")));
  }
}
