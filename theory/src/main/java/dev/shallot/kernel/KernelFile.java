package dev.shallot.kernel;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A kernel in a file, for orders whose matrix does not fit into memory: square tiles of the upper
 * triangle, each with its checksum, readable one by one. {@link KernelFileLayout} has the bytes.
 *
 * <p>A file is written whole or not at all. Whatever is read is verified first, and refused by
 * name, offset and cause when it is damaged.
 */
public final class KernelFile implements AutoCloseable {
  /** Tiles whose parts of a product are kept at a time. */
  private static final int WAVE = 64;

  private final Path file;
  private final FileChannel channel;
  private final KernelFileLayout layout;

  private KernelFile(Path file, FileChannel channel, KernelFileLayout layout) {
    this.file = file;
    this.channel = channel;
    this.layout = layout;
  }

  /**
   * Computes a kernel into a new file, without ever holding more than a few tiles of it.
   *
   * @param file must not exist
   * @param kernel what is computed
   * @param label a line for people: what it is, at most {@value KernelFileLayout#LONGEST_LABEL}
   *     bytes of UTF-8
   * @param team who computes and writes
   * @throws TheoryException if the file exists or cannot be written; nothing is left behind then
   */
  public static void write(Path file, TangentKernel kernel, String label, Team team) {
    write(
        file,
        kernel,
        KernelFileLayout.of(kernel.samples(), kernel.outputs(), KernelFileLayout.TILE, label),
        team);
  }

  static void write(Path file, TangentKernel kernel, KernelFileLayout layout, Team team) {
    KernelFileWriter.write(file, kernel, layout, team);
  }

  /** Bytes of the file of a kernel of n samples and c outputs. */
  public static long bytes(int samples, int outputs) {
    return KernelFileLayout.of(samples, outputs, KernelFileLayout.TILE, "").length();
  }

  /**
   * Opens a file for reading; only its header is read.
   *
   * @throws TheoryException if it is absent, damaged, no kernel file or of a later version
   */
  public static KernelFile open(Path file) {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    try {
      ByteBuffer header = ByteBuffer.allocate(KernelFileLayout.HEADER);
      int read = fill(channel, header, 0);
      KernelFileLayout layout = KernelFileLayout.parse(file, header.array(), read);
      if (channel.size() != layout.length()) {
        throw new TheoryException(
            "%s is damaged: its header promises %,d bytes, but it has %,d: it was cut short or written to; compute it again"
                .formatted(file, layout.length(), channel.size()));
      }
      return new KernelFile(file, channel, layout);
    } catch (IOException e) {
      close(channel);
      throw unreadable(file, e);
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  private static TheoryException unreadable(Path file, IOException e) {
    return new TheoryException(
        "cannot read the kernel file %s: %s"
            .formatted(file, Files.exists(file) ? e.toString() : "it does not exist"));
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It was open for reading only; nothing is lost.
      return;
    }
  }

  private static int fill(FileChannel channel, ByteBuffer buffer, long offset) throws IOException {
    int read = 0;
    while (buffer.hasRemaining()) {
      int more = channel.read(buffer, offset + read);
      if (more < 0) {
        break;
      }
      read += more;
    }
    return read;
  }

  /** n. */
  public int samples() {
    return layout.samples();
  }

  /** c. */
  public int outputs() {
    return layout.outputs();
  }

  /** n c, rows and columns of the matrix. */
  public int order() {
    return Math.multiplyExact(samples(), outputs());
  }

  /** Samples of a tile's side. */
  public int tileSize() {
    return layout.tile();
  }

  /** Tiles side by side. */
  public int tiles() {
    return layout.side();
  }

  /** What it is, in the writer's words. */
  public String label() {
    return layout.label();
  }

  /**
   * Reads a tile of the upper triangle and verifies it.
   *
   * @param o the rows' output
   * @param p the columns' output, at least o
   * @param row the tile's row
   * @param column the tile's column, at least row
   * @param values receives tileSize x tileSize numbers, row-major, zero past the last sample
   * @throws TheoryException if the tile is damaged
   */
  public void tile(int o, int p, int row, int column, double[] values) {
    read(o, p, row, column, ByteBuffer.allocate(layout.tileBytes()), values);
  }

  private void read(int o, int p, int row, int column, ByteBuffer buffer, double[] values) {
    long offset = layout.offset(o, p, row, column);
    int count = layout.tile() * layout.tile();
    try {
      buffer.clear().order(KernelFileLayout.ORDER);
      int read = fill(channel, buffer, offset);
      buffer.flip();
      CRC32C checksum = new CRC32C();
      checksum.update(buffer.slice(0, Math.min(read, count * Double.BYTES)));
      if (read < layout.tileBytes()
          || buffer.getLong(count * Double.BYTES) != checksum.getValue()) {
        throw new TheoryException(
            "%s is damaged at byte %,d: the tile in row %d, column %d of outputs %d and %d does not have its checksum; compute the file again"
                .formatted(file, offset, row, column, o, p));
      }
      buffer.asDoubleBuffer().get(0, values, 0, count);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * {@code K vector}, reading each tile once: 2 (n c)^2 flops and 4 (n c)^2 bytes, the same bits
   * for any team.
   *
   * @param vector n c numbers, outputs first
   * @param image receives n c numbers; another array than vector
   * @param team who reads and computes
   * @throws TheoryException if a tile is damaged
   */
  public void multiply(double[] vector, double[] image, Team team) {
    if (vector.length != order() || image.length != order()) {
      throw new TheoryException(
          "a product needs two arrays of %,d numbers, but got %,d and %,d"
              .formatted(order(), vector.length, image.length));
    }
    Arrays.fill(image, 0.0);
    TileProduct[] workers = workers(team);
    ByteBuffer[] buffers = buffers(team);
    double[] parts = new double[WAVE * TileProduct.PARTS * layout.tile()];
    for (int o = 0; o < outputs(); o++) {
      for (int p = o; p < outputs(); p++) {
        multiply(o, p, vector, image, team, workers, buffers, parts);
      }
    }
  }

  private void multiply(
      int o,
      int p,
      double[] vector,
      double[] image,
      Team team,
      TileProduct[] workers,
      ByteBuffer[] buffers,
      double[] parts) {
    int size = TileProduct.PARTS * layout.tile();
    int[] rows = new int[WAVE];
    int[] columns = new int[WAVE];
    int count = 0;
    for (int column = 0; column < tiles(); column++) {
      for (int row = 0; row <= column; row++) {
        rows[count] = row;
        columns[count++] = column;
        if (count == WAVE || (row == column && column == tiles() - 1)) {
          team.run(
              count,
              (task, worker) -> {
                TileProduct product = workers[worker];
                read(o, p, rows[task], columns[task], buffers[worker], product.values());
                product.multiply(o, p, rows[task], columns[task], vector, parts, task * size);
              });
          for (int task = 0; task < count; task++) {
            workers[0].add(o, p, rows[task], columns[task], parts, task * size, image);
          }
          count = 0;
        }
      }
    }
  }

  /**
   * The whole matrix in the caller's array, both triangles.
   *
   * @param matrix receives n c x n c numbers, row-major
   * @param team who reads
   */
  public void read(double[] matrix, Team team) {
    if (matrix.length != (long) order() * order()) {
      throw new TheoryException(
          "a kernel of order %,d needs an array of %,d numbers, but got %,d"
              .formatted(order(), (long) order() * order(), matrix.length));
    }
    TileProduct[] workers = workers(team);
    ByteBuffer[] buffers = buffers(team);
    for (int o = 0; o < outputs(); o++) {
      for (int p = o; p < outputs(); p++) {
        int first = o;
        int second = p;
        team.run(
            tiles(),
            (column, worker) -> {
              for (int row = 0; row <= column; row++) {
                read(first, second, row, column, buffers[worker], workers[worker].values());
                workers[worker].copy(first, second, row, column, matrix);
              }
            });
      }
    }
  }

  /**
   * The sum of the diagonal, read from its tiles.
   *
   * @throws TheoryException if a tile is damaged
   */
  public double trace() {
    double[] values = new double[tileSize() * tileSize()];
    double trace = 0.0;
    for (int o = 0; o < outputs(); o++) {
      for (int t = 0; t < tiles(); t++) {
        tile(o, o, t, t, values);
        for (int i = 0; i < layout.size(t); i++) {
          trace += values[i * tileSize() + i];
        }
      }
    }
    return trace;
  }

  private TileProduct[] workers(Team team) {
    TileProduct[] workers = new TileProduct[team.workers()];
    Arrays.setAll(workers, i -> new TileProduct(layout));
    return workers;
  }

  private ByteBuffer[] buffers(Team team) {
    ByteBuffer[] buffers = new ByteBuffer[team.workers()];
    Arrays.setAll(buffers, i -> ByteBuffer.allocateDirect(layout.tileBytes()));
    return buffers;
  }

  @Override
  public void close() {
    close(channel);
  }
}
