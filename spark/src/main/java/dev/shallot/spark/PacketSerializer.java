package dev.shallot.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * Packets in a shuffle, with nothing around the rows but 21 bytes (and the errors, in one packet of
 * each subnet):
 *
 * <pre>
 *   int    key: which subnet, or part, it goes to
 *   int    from
 *   byte   4 or 8: bytes of a number
 *   int    how many
 *   ...    the numbers, little-endian
 *   int    how many step errors, then these, float64
 *   int    how many errors on all samples, then these, float64
 * </pre>
 */
final class PacketSerializer extends Serializer implements java.io.Serializable {

  @Override
  public SerializerInstance newInstance() {
    return new Instance();
  }

  private static final class Instance extends SerializerInstance {

    @Override
    public <T> ByteBuffer serialize(T value, ClassTag<T> tag) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (PacketWriter writer = new PacketWriter(bytes)) {
        writer.writeObject(value, tag);
      }
      return ByteBuffer.wrap(bytes.toByteArray());
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassTag<T> tag) {
      byte[] array = new byte[bytes.remaining()];
      bytes.duplicate().get(array);
      try (PacketReader reader = new PacketReader(new ByteArrayInputStream(array))) {
        return reader.readObject(tag);
      }
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> tag) {
      return deserialize(bytes, tag);
    }

    @Override
    public SerializationStream serializeStream(OutputStream out) {
      return new PacketWriter(out);
    }

    @Override
    public DeserializationStream deserializeStream(InputStream in) {
      return new PacketReader(in);
    }
  }
}
