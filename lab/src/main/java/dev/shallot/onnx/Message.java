package dev.shallot.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A protocol buffers message that is being put together, in the wire format of
 * protobuf.dev/programming-guides/encoding: each field is a tag (field number times 8 plus wire
 * type) and a value. Large arrays of numbers are not copied: they are turned into bytes when the
 * message is written.
 *
 * <p>Wire format by hand in place of a library: an ONNX file needs four kinds of values, and the
 * library with the schema would be 2.3 MB in the jar. The tests read what is written here with that
 * library.
 */
final class Message {
  private static final int VARINT = 0;
  private static final int LENGTH = 2;
  private static final int CHUNK = 1 << 16;

  private sealed interface Part {
    long bytes();
  }

  private record Bytes(byte[] content) implements Part {
    @Override
    public long bytes() {
      return content.length;
    }
  }

  private record Numbers(double[] content, boolean single) implements Part {
    @Override
    public long bytes() {
      return (long) content.length * (single ? Float.BYTES : Double.BYTES);
    }
  }

  private final List<Part> parts = new ArrayList<>();
  private long bytes;

  private Message add(Part part) {
    parts.add(part);
    bytes += part.bytes();
    return this;
  }

  /** How long the message is. */
  long bytes() {
    return bytes;
  }

  /** A whole number or a member of an enumeration. */
  Message number(int field, long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, ((long) field << 3) | VARINT);
    varint(out, value);
    return add(new Bytes(out.toByteArray()));
  }

  /** A text, in UTF-8. */
  Message text(int field, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    begin(field, utf8.length);
    return add(new Bytes(utf8));
  }

  /** A message within this one; not to be changed any more. */
  Message message(int field, Message value) {
    begin(field, value.bytes);
    value.parts.forEach(this::add);
    return this;
  }

  /**
   * Numbers as raw little-endian bytes.
   *
   * @param single whether as float32
   */
  Message numbers(int field, double[] values, boolean single) {
    Numbers numbers = new Numbers(values, single);
    begin(field, numbers.bytes());
    return add(numbers);
  }

  private void begin(int field, long length) {
    add(new Bytes(head(((long) field << 3) | LENGTH)));
    add(new Bytes(head(length)));
  }

  private static byte[] head(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, value);
    return out.toByteArray();
  }

  /** Seven bits a byte, the lowest first; the eighth bit says that more follow. */
  private static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  /** Writes it all. */
  void write(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (Part part : parts) {
      switch (part) {
        case Bytes some -> {
          for (int at = 0; at < some.content.length; ) {
            room(buffer, 1, channel);
            int count = Math.min(buffer.remaining(), some.content.length - at);
            buffer.put(some.content, at, count);
            at += count;
          }
        }
        case Numbers some -> {
          for (double value : some.content) {
            room(buffer, Double.BYTES, channel);
            if (some.single) {
              buffer.putFloat((float) value);
            } else {
              buffer.putDouble(value);
            }
          }
        }
      }
    }
    drain(buffer, channel);
  }

  private static void room(ByteBuffer buffer, int bytes, FileChannel channel) throws IOException {
    if (buffer.remaining() < bytes) {
      drain(buffer, channel);
    }
  }

  private static void drain(ByteBuffer buffer, FileChannel channel) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }
}
