package dev.shallot.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One NPY array to and from bytes. Read are float64, float32, whole numbers of any width and sign,
 * and booleans, in either byte order and either axis order; float16, complex numbers, texts and
 * Python objects are refused. Written are {@code <f8 <f4 <i8 |u1} in C order.
 */
final class NpyCodec {
  private static final int CHUNK = 1 << 16;

  private NpyCodec() {}

  /**
   * Reads one array to the end of the stream.
   *
   * @throws IllegalArgumentException when the bytes are no such array; the message ends a sentence
   */
  static NpyArray read(InputStream in) throws IOException {
    NpyHeader header = readHeader(in);
    long size = header.size();
    String kind = header.type().length() > 1 ? header.type().substring(1) : header.type();
    int width = width(kind, header.type());
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "its " + size + " numbers are more than one array can hold (2^31)");
    }
    boolean bigEndian = header.type().charAt(0) == '>';
    int[] cOrder = header.fortranOrder() ? cOrder(header.shape()) : new int[0];
    Object data = allocate(kind, (int) size);
    ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK)
            .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int perChunk = CHUNK / width;
    for (int first = 0; first < size; first += perChunk) {
      int count = (int) Math.min(perChunk, size - first);
      int got = in.readNBytes(chunk.array(), 0, count * width);
      if (got < count * width) {
        throw new IllegalArgumentException(
            "it is cut off: its header promises "
                + size
                + " numbers of "
                + width
                + " bytes, but only "
                + ((long) first * width + got)
                + " bytes follow");
      }
      chunk.clear();
      for (int i = 0; i < count; i++) {
        int at = cOrder.length == 0 ? first + i : cOrder[first + i];
        put(data, at, kind, chunk, i * width);
      }
    }
    if (in.read() >= 0) {
      throw new IllegalArgumentException(
          "it is longer than the " + size + " numbers that its header promises");
    }
    return new NpyArray(header.shape(), data);
  }

  private static NpyHeader readHeader(InputStream in) throws IOException {
    byte[] prefix = in.readNBytes(NpyHeader.MAGIC.length + 2);
    if (prefix.length < NpyHeader.MAGIC.length + 2
        || !Arrays.equals(
            prefix, 0, NpyHeader.MAGIC.length, NpyHeader.MAGIC, 0, NpyHeader.MAGIC.length)) {
      throw new IllegalArgumentException("it does not begin as a NumPy array does");
    }
    int version = prefix[NpyHeader.MAGIC.length];
    if (version < 1 || version > 3) {
      throw new IllegalArgumentException(
          "its format version is " + version + ", but 1, 2 and 3 are known");
    }
    int lengthBytes = version == 1 ? 2 : 4;
    byte[] length = in.readNBytes(lengthBytes);
    long headerLength = 0;
    for (int i = length.length - 1; i >= 0; i--) {
      headerLength = (headerLength << 8) | (length[i] & 0xFF);
    }
    if (length.length < lengthBytes || headerLength > 1 << 20) {
      throw new IllegalArgumentException("its header's length is damaged");
    }
    byte[] dictionary = in.readNBytes((int) headerLength);
    if (dictionary.length < headerLength) {
      throw new EOFException("it ends within its header");
    }
    try {
      return NpyHeader.parse(new String(dictionary, StandardCharsets.UTF_8));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("its shape has more than 2^63 numbers", e);
    }
  }

  private static int width(String kind, String type) {
    return switch (kind) {
      case "f8", "i8", "u8" -> 8;
      case "f4", "i4", "u4" -> 4;
      case "i2", "u2" -> 2;
      case "i1", "u1", "b1" -> 1;
      default -> {
        String what =
            switch (kind.isEmpty() ? ' ' : kind.charAt(0)) {
              case 'O' -> "Python objects";
              case 'U', 'S' -> "texts";
              case 'c' -> "complex numbers";
              default -> "numbers";
            };
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "it holds %s of type '%s'; read are f8, f4, i1 to i8, u1 to u8 and b1",
                what,
                type));
      }
    };
  }

  private static Object allocate(String kind, int size) {
    return switch (kind) {
      case "f8" -> new double[size];
      case "f4" -> new float[size];
      case "u1", "b1" -> new byte[size];
      default -> new long[size];
    };
  }

  private static void put(Object data, int at, String kind, ByteBuffer bytes, int offset) {
    switch (data) {
      case double[] doubles -> doubles[at] = bytes.getDouble(offset);
      case float[] floats -> floats[at] = bytes.getFloat(offset);
      case byte[] octets -> octets[at] = bytes.get(offset);
      case long[] longs -> longs[at] = whole(kind, bytes, offset);
      default -> throw new IllegalStateException("no array: " + data.getClass());
    }
  }

  private static long whole(String kind, ByteBuffer bytes, int offset) {
    return switch (kind) {
      case "i1" -> bytes.get(offset);
      case "i2" -> bytes.getShort(offset);
      case "u2" -> bytes.getShort(offset) & 0xFFFF;
      case "i4" -> bytes.getInt(offset);
      case "u4" -> bytes.getInt(offset) & 0xFFFF_FFFFL;
      default -> {
        long value = bytes.getLong(offset);
        if (kind.equals("u8") && value < 0) {
          throw new IllegalArgumentException(
              "it holds the unsigned number "
                  + Long.toUnsignedString(value)
                  + ", and 2^63 and more are not read");
        }
        yield value;
      }
    };
  }

  /** For each position in Fortran order, the position of the same number in C order. */
  private static int[] cOrder(int[] shape) {
    int size = 1;
    for (int axis : shape) {
      size *= axis;
    }
    int[] order = new int[size];
    int[] index = new int[shape.length];
    for (int i = 0; i < size; i++) {
      int at = 0;
      for (int axis = 0; axis < shape.length; axis++) {
        at = at * shape[axis] + index[axis];
      }
      order[i] = at;
      for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
        index[axis] = 0;
      }
    }
    return order;
  }

  /** Writes one array. */
  static void write(NpyArray array, OutputStream out) throws IOException {
    String type =
        switch (array.data()) {
          case double[] doubles -> "<f8";
          case float[] floats -> "<f4";
          case long[] longs -> "<i8";
          default -> "|u1";
        };
    out.write(new NpyHeader(type, false, array.shape()).toBytes());
    if (array.data() instanceof byte[] bytes) {
      out.write(bytes);
      return;
    }
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    int size = array.size();
    for (int i = 0; i < size; i++) {
      switch (array.data()) {
        case double[] doubles -> chunk.putDouble(doubles[i]);
        case float[] floats -> chunk.putFloat(floats[i]);
        case long[] longs -> chunk.putLong(longs[i]);
        default -> throw new IllegalStateException("no array");
      }
      if (chunk.remaining() < Long.BYTES || i == size - 1) {
        out.write(chunk.array(), 0, chunk.position());
        chunk.clear();
      }
    }
  }

  /** How many bytes {@link #write} gives. */
  static long length(NpyArray array) {
    int width =
        switch (array.data()) {
          case float[] floats -> 4;
          case byte[] bytes -> 1;
          default -> 8;
        };
    return new NpyHeader("<f8", false, array.shape()).toBytes().length
        + (long) width * array.size();
  }
}
