package dev.shallot.data;

/**
 * An array of numbers as NumPy stores it, in C (row-major) order.
 *
 * @param shape length of each axis; empty for a single number
 * @param data {@code double[]} (f8), {@code float[]} (f4), {@code long[]} (i8) or {@code byte[]}
 *     (u1), as many as the product of the shape; for reading only
 */
public record NpyArray(int[] shape, Object data) {
  public NpyArray {
    long size = 1;
    for (int length : shape) {
      if (length < 0) {
        throw new DataException("an array's axis cannot have the length " + length);
      }
      size *= length;
    }
    int found = length(data);
    if (size != found) {
      throw new DataException(
          "an array of shape %s needs %d numbers, but has %d"
              .formatted(java.util.Arrays.toString(shape), size, found));
    }
  }

  /** A row-major matrix of float64. */
  public static NpyArray matrix(int rows, int columns, double[] data) {
    return new NpyArray(new int[] {rows, columns}, data);
  }

  /** A vector of float64. */
  public static NpyArray vector(double[] data) {
    return new NpyArray(new int[] {data.length}, data);
  }

  /** How many numbers there are. */
  public int size() {
    return length(data);
  }

  /** The numbers as float64: the array itself where it is one, otherwise a copy. */
  public double[] toDoubles() {
    return switch (data) {
      case double[] doubles -> doubles;
      case float[] floats -> {
        double[] copy = new double[floats.length];
        for (int i = 0; i < copy.length; i++) {
          copy[i] = floats[i];
        }
        yield copy;
      }
      case long[] longs -> {
        double[] copy = new double[longs.length];
        for (int i = 0; i < copy.length; i++) {
          copy[i] = longs[i];
        }
        yield copy;
      }
      case byte[] bytes -> {
        double[] copy = new double[bytes.length];
        for (int i = 0; i < copy.length; i++) {
          copy[i] = bytes[i] & 0xFF;
        }
        yield copy;
      }
      default -> throw unsupported(data);
    };
  }

  private static int length(Object data) {
    return switch (data) {
      case double[] doubles -> doubles.length;
      case float[] floats -> floats.length;
      case long[] longs -> longs.length;
      case byte[] bytes -> bytes.length;
      default -> throw unsupported(data);
    };
  }

  private static DataException unsupported(Object data) {
    return new DataException(
        "an array holds double[], float[], long[] or byte[], but got "
            + data.getClass().getSimpleName());
  }
}
