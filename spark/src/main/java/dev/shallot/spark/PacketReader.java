package dev.shallot.spark;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.spark.serializer.DeserializationStream;
import scala.reflect.ClassTag;

/** Reads keys and packets in turns; see {@link PacketSerializer}. */
final class PacketReader extends DeserializationStream {
  private static final int CHUNK = 1 << 16;

  private final DataInputStream in;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
  private boolean packetNext;

  PacketReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T readObject(ClassTag<T> tag) {
    try {
      Object value = packetNext ? packet() : Integer.valueOf(in.readInt());
      packetNext = !packetNext;
      return (T) value;
    } catch (EOFException e) {
      // How Spark wants to be told that there is no more.
      throw Sneaky.eof(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Packet packet() throws IOException {
    int from = in.readInt();
    Object rows = in.readByte() == Float.BYTES ? floats() : doubles();
    double[] steps = doubles();
    double[] all = doubles();
    return new Packet(
        from,
        rows,
        steps.length == 0 ? Optional.empty() : Optional.of(new SubnetErrors(from, steps, all)));
  }

  private float[] floats() throws IOException {
    float[] numbers = new float[in.readInt()];
    for (int from = 0; from < numbers.length; from += CHUNK / Float.BYTES) {
      int count = Math.min(CHUNK / Float.BYTES, numbers.length - from);
      in.readFully(buffer.array(), 0, count * Float.BYTES);
      buffer.asFloatBuffer().get(numbers, from, count);
    }
    return numbers;
  }

  private double[] doubles() throws IOException {
    double[] numbers = new double[in.readInt()];
    for (int from = 0; from < numbers.length; from += CHUNK / Double.BYTES) {
      int count = Math.min(CHUNK / Double.BYTES, numbers.length - from);
      in.readFully(buffer.array(), 0, count * Double.BYTES);
      buffer.asDoubleBuffer().get(numbers, from, count);
    }
    return numbers;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Throws a checked exception through a signature that has none, as Scala does. */
  private static final class Sneaky {
    private Sneaky() {}

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <E extends Throwable> RuntimeException eof(EOFException e) throws E {
      throw (E) e;
    }
  }
}
