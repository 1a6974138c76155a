package dev.shallot.kernel;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.file.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Computes a kernel into a file: a temporary neighbour, forced to the disk, then moved into place.
 * A task is a tile of the file, for all pairs of outputs, since they share inner products.
 */
final class KernelFileWriter {
  private final TangentKernel kernel;
  private final KernelFileLayout layout;
  private final FileChannel channel;

  private KernelFileWriter(TangentKernel kernel, KernelFileLayout layout, FileChannel channel) {
    this.kernel = kernel;
    this.layout = layout;
    this.channel = channel;
  }

  static void write(Path file, TangentKernel kernel, KernelFileLayout layout, Team team) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new TheoryException("cannot write %s: there is no folder %s".formatted(file, folder));
    }
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < layout.length()) {
        throw new TheoryException(
            "cannot write %s: it takes %,d MiB, but %s has %,d MiB free; take fewer samples or another folder"
                .formatted(file, layout.length() >> 20, folder, free >> 20));
      }
      WholeFile.create(file, channel -> new KernelFileWriter(kernel, layout, channel).write(team));
    } catch (FileAlreadyExistsException e) {
      throw new TheoryException(
          file + " exists already and is not overwritten: remove it or name another");
    } catch (IOException | UncheckedIOException e) {
      throw new TheoryException("cannot write the kernel file %s: %s".formatted(file, e));
    }
  }

  private void write(Team team) throws IOException {
    put(ByteBuffer.wrap(layout.header()), 0);
    int side = layout.side();
    Worker[] workers = new Worker[team.workers()];
    Arrays.setAll(workers, i -> new Worker());
    for (int column = 0; column < side; column++) {
      int at = column;
      team.run(column + 1, (row, worker) -> workers[worker].write(row, at));
    }
  }

  private void put(ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  /** A tile of the file under construction, for each pair of outputs one after the other. */
  private final class Worker implements Tile.Sink {
    private final Tile.Worker tiles = kernel.entries().worker();
    private final int pairs = layout.outputs() * (layout.outputs() + 1) / 2;
    private final int length = layout.tile() * layout.tile();
    private final double[] values = new double[Math.multiplyExact(pairs, length)];
    private final ByteBuffer bytes =
        ByteBuffer.allocateDirect(layout.tileBytes()).order(KernelFileLayout.ORDER);
    private int firstRow;
    private int firstColumn;

    void write(int row, int column) {
      int perSide = layout.tile() / Tile.SIZE;
      int all = Tile.count(layout.samples());
      firstRow = row * perSide;
      firstColumn = column * perSide;
      Arrays.fill(values, 0.0);
      for (int c = firstColumn; c < Math.min(firstColumn + perSide, all); c++) {
        tiles.column(c);
        for (int r = firstRow; r < Math.min(firstRow + perSide, all) && r <= c; r++) {
          tiles.row(r, this);
        }
      }
      int pair = 0;
      for (int o = 0; o < layout.outputs(); o++) {
        for (int p = o; p < layout.outputs(); p++) {
          store(pair++, layout.offset(o, p, row, column));
        }
      }
    }

    @Override
    public void accept(int o, int p, int row, int column, double[] tile) {
      int pair = o * layout.outputs() - o * (o - 1) / 2 + (p - o);
      int i = (row - firstRow) * Tile.SIZE;
      int j = (column - firstColumn) * Tile.SIZE;
      int columns = Tile.size(column, layout.samples());
      boolean mirrored = firstRow == firstColumn && row != column;
      for (int u = 0; u < Tile.size(row, layout.samples()); u++) {
        int to = pair * length + (i + u) * layout.tile() + j;
        System.arraycopy(tile, u * Tile.STRIDE, values, to, columns);
        for (int v = 0; mirrored && v < columns; v++) {
          values[pair * length + (j + v) * layout.tile() + i + u] = tile[u * Tile.STRIDE + v];
        }
      }
    }

    private void store(int pair, long offset) {
      bytes.clear();
      bytes.asDoubleBuffer().put(0, values, pair * length, length);
      CRC32C checksum = new CRC32C();
      checksum.update(bytes.slice(0, length * Double.BYTES));
      bytes.putLong(length * Double.BYTES, checksum.getValue());
      try {
        put(bytes, offset);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
