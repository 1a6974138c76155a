package dev.shallot.report;

import java.util.Arrays;

/** A growing row of numbers without boxes. */
final class Numbers {
  private double[] values = new double[64];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  /** In place of the value that came last. */
  void setLast(double value) {
    values[size - 1] = value;
  }

  int size() {
    return size;
  }

  double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
