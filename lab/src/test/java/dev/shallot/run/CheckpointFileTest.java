package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.engine.RoundReport;
import dev.shallot.file.WholeFile;
import dev.shallot.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint is read whole or refused. */
class CheckpointFileTest {
  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");
  private byte[] bytes = new byte[0];

  @BeforeEach
  void interruptARun() throws IOException {
    StopRequest stop = new StopRequest();
    TrainingListener impatient =
        new TrainingListener() {
          @Override
          public void roundDone(long round, RoundReport report) {
            stop.request("enough");
          }
        };
    PlanDocument plan = TestRuns.plan("engine", "gram", "precision", "float32");
    file = TestRuns.run(folder, "run", plan, impatient, stop).folder().checkpointFile();
    bytes = Files.readAllBytes(file);
  }

  private String refusal(byte[] content) throws IOException {
    Files.write(file, content);
    String message = TestRuns.refusal(() -> Resume.open(folder.resolve("run")));
    assertTrue(message.contains(file.toString()), message);
    return message;
  }

  @Test
  void aFileCutShortIsRefused() throws IOException {
    for (int missing = 1; missing <= 100; missing++) {
      String message = refusal(Arrays.copyOf(bytes, bytes.length - missing));
      assertTrue(message.contains("cut short"), message);
      assertTrue(message.contains("at byte " + (bytes.length - missing)), message);
    }
    for (int length = 0; length < 100; length++) {
      assertTrue(refusal(Arrays.copyOf(bytes, length)).contains("cut short"));
    }
    assertTrue(refusal(Arrays.copyOf(bytes, bytes.length + 3)).contains("3 bytes follow its end"));
  }

  @Test
  void everyFlippedByteOfTheHeaderAndManyBehindItAreRefused() throws IOException {
    int header = 24 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    for (int i = 0; i < bytes.length; i += i < header || i > bytes.length - 200 ? 1 : 7) {
      byte[] copy = bytes.clone();
      copy[i] ^= (byte) (1 << (i % 8));
      String message = refusal(copy);
      assertTrue(message.contains(i < 8 ? "not a Shallot checkpoint" : "damaged at byte"), message);
      assertTrue(i < 8 || message.contains("delete the file"), message);
    }
    Files.write(file, bytes);
    try (Resume resume = Resume.open(folder.resolve("run"))) {
      assertEquals(1L, resume.rounds().orElseThrow());
    }
  }

  @Test
  void aNewerVersionIsRefusedByItsNumber() throws IOException {
    byte[] copy = bytes.clone();
    ByteBuffer buffer = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(8, 7);
    CRC32C crc = new CRC32C();
    crc.update(copy, 0, 16);
    buffer.putInt(16, (int) crc.getValue());
    String message = refusal(copy);
    assertTrue(message.contains("checkpoint format version 7"), message);
    assertTrue(message.contains("up to version 1"), message);
    assertTrue(
        refusal(Files.readAllBytes(folder.resolve("run/model.shallot")))
            .contains("not a Shallot checkpoint"));
  }

  /** As an engine does whose parts have another size than those of the engine that wrote it. */
  @Test
  void piecesMayBeCutOtherwiseWhenTheyAreRead() throws IOException {
    double[] numbers = new double[60];
    long[] others = new long[20];
    Arrays.setAll(numbers, i -> i + 0.5);
    Arrays.setAll(others, i -> 3L * i);
    Path recut = folder.resolve("recut.shallot");
    try (CheckpointFile any = CheckpointFile.open(file)) {
      CheckpointFile.write(
          recut,
          any.checkpoint(),
          state -> {
            for (int part = 0; part < 4; part++) {
              // Rows of three numbers that lie four apart.
              double[] some = new double[20];
              for (int row = 0; row < 5; row++) {
                System.arraycopy(numbers, part * 15 + row * 3, some, row * 4, 3);
              }
              state.doubles("W", some, 5, 3, 4);
              state.longs("x", Arrays.copyOfRange(others, part * 5, part * 5 + 5), 5);
            }
          },
          WholeFile.Probe.NONE);
    }
    try (CheckpointFile read = CheckpointFile.open(recut)) {
      long[] firstOthers = new long[13];
      read.longs("x", firstOthers, 13);
      assertArrayEquals(Arrays.copyOf(others, 13), firstOthers);
      double[] first = new double[33];
      read.doubles("W", first, 11, 3, 3);
      assertArrayEquals(Arrays.copyOf(numbers, 33), first);
      double[] rest = new double[27];
      read.doubles("W", rest, 9, 3, 3);
      assertArrayEquals(Arrays.copyOfRange(numbers, 33, 60), rest);
      String message = TestRuns.refusal(() -> fill(read, "W"));
      assertTrue(message.contains("needs 1 more numbers of float64 where it has none"), message);
      assertTrue(TestRuns.refusal(() -> fill(read, "x")).contains("it has 2 of int64"));
    }
  }

  private static void fill(CheckpointFile from, String name) {
    try {
      from.doubles(name, new double[1], 1, 1, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
