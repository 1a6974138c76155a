package dev.shallot.spark;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.spark.serializer.SerializationStream;
import scala.reflect.ClassTag;

/** Writes keys and packets; see {@link PacketSerializer}. */
final class PacketWriter extends SerializationStream {
  private static final int CHUNK = 1 << 16;

  private final DataOutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

  PacketWriter(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  @Override
  public <T> SerializationStream writeObject(T value, ClassTag<T> tag) {
    try {
      switch (value) {
        case Integer key -> out.writeInt(key);
        case Packet packet -> write(packet);
        default -> throw new IllegalArgumentException("no packet: " + value.getClass());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private void write(Packet packet) throws IOException {
    out.writeInt(packet.from());
    switch (packet.rows()) {
      case float[] rows -> {
        out.writeByte(Float.BYTES);
        out.writeInt(rows.length);
        for (int from = 0; from < rows.length; from += CHUNK / Float.BYTES) {
          int count = Math.min(CHUNK / Float.BYTES, rows.length - from);
          buffer.asFloatBuffer().put(rows, from, count);
          out.write(buffer.array(), 0, count * Float.BYTES);
        }
      }
      case double[] rows -> {
        out.writeByte(Double.BYTES);
        write(rows);
      }
      default -> throw new IllegalArgumentException("no rows: " + packet.rows().getClass());
    }
    write(packet.errors().map(SubnetErrors::steps).orElse(new double[0]));
    write(packet.errors().map(SubnetErrors::all).orElse(new double[0]));
  }

  private void write(double[] numbers) throws IOException {
    out.writeInt(numbers.length);
    for (int from = 0; from < numbers.length; from += CHUNK / Double.BYTES) {
      int count = Math.min(CHUNK / Double.BYTES, numbers.length - from);
      buffer.asDoubleBuffer().put(numbers, from, count);
      out.write(buffer.array(), 0, count * Double.BYTES);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
