package dev.shallot.spark;

import dev.shallot.TrainingException;
import dev.shallot.network.Activation;
import dev.shallot.network.NetworkRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A network in a temporary file of this machine, neuron after neuron, d + c float64 each: what a
 * driver that has no room for the whole network reads it from. The file has no name any more once
 * it is open, so it goes when the process does.
 */
final class RowFile implements NetworkRows {
  private static final int CHUNK = 1 << 16;

  private final NetworkRows shape;
  private final FileChannel channel;

  /**
   * An empty file.
   *
   * @param shape width, features and the rest of the network; its weights are not looked at
   */
  RowFile(NetworkRows shape) {
    this.shape = shape;
    try {
      Path file = Files.createTempFile("shallot-", ".rows");
      this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(file);
    } catch (IOException e) {
      throw new TrainingException("cannot write a temporary file: " + e.getMessage(), e);
    }
  }

  /** Writes neurons first .. first+count-1; refuses what is no number. */
  void put(int first, int count, double[] hidden, double[] output) {
    for (int i = 0; i < count * features(); i++) {
      check(hidden[i], "hidden weights", first, i, features());
    }
    for (int i = 0; i < count * outputs(); i++) {
      check(output[i], "output weights", first, i, outputs());
    }
    ByteBuffer row = row();
    try {
      for (int r = 0; r < count; r++) {
        row.clear();
        row.asDoubleBuffer()
            .put(hidden, r * features(), features())
            .put(output, r * outputs(), outputs());
        row.limit(row.capacity());
        long at = (long) (first + r) * row.capacity();
        while (row.hasRemaining()) {
          at += channel.write(row, at);
        }
      }
    } catch (IOException e) {
      throw new TrainingException("cannot write a temporary file: " + e.getMessage(), e);
    }
  }

  private static void check(double weight, String name, int first, int i, int columns) {
    if (!Double.isFinite(weight)) {
      throw new TrainingException(
          "the %s must be finite, but row %d, column %d is %s"
              .formatted(name, first + i / columns, i % columns, weight));
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
          int read = channel.read(row, from + row.position());
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

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new TrainingException("cannot close a temporary file: " + e.getMessage(), e);
    }
  }

  /** Neurons that are read or written at a time. */
  static int chunk(NetworkRows network) {
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
