package dev.shallot.network;

import dev.shallot.TrainingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A network in a temporary file of this machine, neuron after neuron, d + c float64 each: for who
 * has no room for the whole network in memory. The file has no name any more once it is open, so it
 * goes with the process at the latest; before that, when everybody who got it has released it.
 */
public final class RowFile implements NetworkRows {
  private static final int CHUNK = 1 << 16;

  private final NetworkRows shape;
  private final Shared shared;
  private boolean released;

  /** The file, and how many hold it. */
  private static final class Shared {
    private final FileChannel channel;
    private int holders = 1;

    private Shared(FileChannel channel) {
      this.channel = channel;
    }
  }

  /**
   * An empty file.
   *
   * @param shape width, features and the rest of the network; its weights are not looked at
   */
  public RowFile(NetworkRows shape) {
    this(shape, new Shared(open()));
  }

  private RowFile(NetworkRows shape, Shared shared) {
    this.shape = shape;
    this.shared = shared;
  }

  private static FileChannel open() {
    try {
      Path file = Files.createTempFile("shallot-", ".rows");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(file);
      return channel;
    } catch (IOException e) {
      throw new TrainingException("cannot write a temporary file: " + e.getMessage(), e);
    }
  }

  /** The same network for one more holder. */
  public RowFile share() {
    synchronized (shared) {
      shared.holders++;
    }
    return new RowFile(shape, shared);
  }

  @Override
  public void release() {
    synchronized (shared) {
      if (released) {
        return;
      }
      released = true;
      if (--shared.holders > 0) {
        return;
      }
    }
    try {
      shared.channel.close();
    } catch (IOException e) {
      throw new TrainingException("cannot close a temporary file: " + e.getMessage(), e);
    }
  }

  /**
   * Writes neurons first .. first+count-1.
   *
   * @param hidden count x d hidden weights
   * @param output count x c output weights
   * @throws TrainingException if one is no number
   */
  public void put(int first, int count, double[] hidden, double[] output) {
    requireFinite(this, first, count, hidden, output);
    ByteBuffer row = row();
    try {
      for (int r = 0; r < count; r++) {
        row.clear();
        row.asDoubleBuffer()
            .put(hidden, r * features(), features())
            .put(output, r * outputs(), outputs());
        long at = (long) (first + r) * row.capacity();
        while (row.hasRemaining()) {
          at += shared.channel.write(row, at);
        }
      }
    } catch (IOException e) {
      throw new TrainingException("cannot write a temporary file: " + e.getMessage(), e);
    }
  }

  /** Refuses rows of a network that are not finite. */
  public static void requireFinite(
      NetworkRows network, int first, int count, double[] hidden, double[] output) {
    check("hidden weights", hidden, first, count, network.features());
    check("output weights", output, first, count, network.outputs());
  }

  private static void check(String name, double[] weights, int first, int count, int columns) {
    for (int i = 0; i < count * columns; i++) {
      if (!Double.isFinite(weights[i])) {
        throw new TrainingException(
            "the %s must be finite, but row %d, column %d is %s"
                .formatted(name, first + i / columns, i % columns, weights[i]));
      }
    }
  }

  private ByteBuffer row() {
    return ByteBuffer.allocate(Math.multiplyExact(8, features() + outputs()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void copyRows(int first, int count, double[] hidden, double[] output) {
    ByteBuffer row = row();
    try {
      for (int r = 0; r < count; r++) {
        row.clear();
        long from = (long) (first + r) * row.capacity();
        while (row.hasRemaining()) {
          int read = shared.channel.read(row, from + row.position());
          if (read < 0) {
            throw new TrainingException("a temporary file ends before row " + (first + r));
          }
        }
        row.flip();
        row.asDoubleBuffer()
            .get(hidden, r * features(), features())
            .get(output, r * outputs(), outputs());
      }
    } catch (IOException e) {
      throw new TrainingException("cannot read a temporary file: " + e.getMessage(), e);
    }
  }

  /** Neurons to read or write at a time, so that they take about half a megabyte. */
  public static int chunk(NetworkRows network) {
    return Math.max(1, CHUNK / (network.features() + network.outputs()));
  }

  @Override
  public int width() {
    return shape.width();
  }

  @Override
  public int features() {
    return shape.features();
  }

  @Override
  public int outputs() {
    return shape.outputs();
  }

  @Override
  public double scale() {
    return shape.scale();
  }

  @Override
  public Activation activation() {
    return shape.activation();
  }
}
