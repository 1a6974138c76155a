package dev.shallot.run;

import java.nio.ByteBuffer;

/**
 * Numbers of one type in the rows of a flat array, for a file.
 *
 * @param array {@code float[]}, {@code double[]} or {@code long[]}
 * @param rows how many rows
 * @param columns numbers of a row that count
 * @param stride from one row to the next
 */
record Elements(Object array, int rows, int columns, int stride) {

  static Elements of(double[] array) {
    return new Elements(array, 1, array.length, array.length);
  }

  long count() {
    return (long) rows * columns;
  }

  /** float32, float64 or int64. */
  String type() {
    return switch (array) {
      case float[] floats -> "float32";
      case double[] doubles -> "float64";
      case long[] longs -> "int64";
      default -> throw new IllegalArgumentException(array.getClass().getName());
    };
  }

  /** Bytes of a number of a type; 0 if there is no such type. */
  static int bytes(String type) {
    return switch (type) {
      case "float32" -> 4;
      case "float64", "int64" -> 8;
      default -> 0;
    };
  }

  /** Puts some numbers of the array into a buffer. */
  void put(int from, int count, ByteBuffer to) {
    switch (array) {
      case float[] floats -> to.asFloatBuffer().put(floats, from, count);
      case double[] doubles -> to.asDoubleBuffer().put(doubles, from, count);
      case long[] longs -> to.asLongBuffer().put(longs, from, count);
      default -> throw new IllegalArgumentException(array.getClass().getName());
    }
    to.position(to.position() + count * bytes(type()));
  }

  /** Takes some numbers out of a buffer into the array. */
  void take(int to, int count, ByteBuffer from) {
    switch (array) {
      case float[] floats -> from.asFloatBuffer().get(floats, to, count);
      case double[] doubles -> from.asDoubleBuffer().get(doubles, to, count);
      case long[] longs -> from.asLongBuffer().get(longs, to, count);
      default -> throw new IllegalArgumentException(array.getClass().getName());
    }
    from.position(from.position() + count * bytes(type()));
  }
}
