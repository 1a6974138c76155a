package dev.shallot.data;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Number types of a safetensors file: how many bytes each takes and what is read of them. */
enum TensorType {
  F64(8, true),
  F32(4, true),
  F16(2, true),
  BF16(2, true),
  I64(8, true),
  I32(4, true),
  I16(2, true),
  I8(1, true),
  U32(4, true),
  U16(2, true),
  U8(1, true),
  BOOL(1, true),
  U64(8, false),
  C64(8, false),
  F8_E4M3(1, false),
  F8_E5M2(1, false);

  private final int bytes;
  private final boolean readable;

  TensorType(int bytes, boolean readable) {
    this.bytes = bytes;
    this.readable = readable;
  }

  int bytes() {
    return bytes;
  }

  /** Whether its numbers can be read here. */
  boolean readable() {
    return readable;
  }

  static Optional<TensorType> of(String word) {
    for (TensorType type : values()) {
      if (type.name().equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** An array for so many numbers: {@code double[]}, {@code float[]}, {@code long[]}. */
  Object array(int count) {
    return switch (this) {
      case F64 -> new double[count];
      case F32, F16, BF16 -> new float[count];
      case U8, BOOL -> new byte[count];
      default -> new long[count];
    };
  }

  /** Moves numbers from a little-endian buffer into an array of {@link #array}. */
  void read(ByteBuffer from, Object array, int first, int count) {
    switch (array) {
      case double[] doubles -> from.asDoubleBuffer().get(doubles, first, count);
      case float[] floats -> {
        for (int i = 0; i < count; i++) {
          floats[first + i] =
              switch (this) {
                case F16 -> Float.float16ToFloat(from.getShort(2 * i));
                case BF16 -> Float.intBitsToFloat(from.getShort(2 * i) << 16);
                default -> from.getFloat(4 * i);
              };
        }
      }
      case byte[] some -> from.get(some, first, count);
      case long[] longs -> {
        for (int i = 0; i < count; i++) {
          longs[first + i] = whole(from, i);
        }
      }
      default -> throw new AssertionError(array.getClass());
    }
  }

  private long whole(ByteBuffer from, int i) {
    return switch (this) {
      case I64 -> from.getLong(8 * i);
      case I32 -> from.getInt(4 * i);
      case U32 -> Integer.toUnsignedLong(from.getInt(4 * i));
      case I16 -> from.getShort(2 * i);
      case U16 -> Short.toUnsignedLong(from.getShort(2 * i));
      default -> from.get(i);
    };
  }
}
