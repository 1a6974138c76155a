package dev.shallot.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers in verdicts. */
final class Said {
  private Said() {}

  /** Three significant digits. */
  static String of(double value) {
    if (Double.isNaN(value)) {
      return "none";
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e5)) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    return new java.math.BigDecimal(value)
        .round(new java.math.MathContext(3))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** "0.1: 2.3, 0.2: 1.9". */
  static String pairs(List<String> labels, double[] values) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      pairs.add(labels.get(i) + ": " + of(values[i]));
    }
    return String.join(", ", pairs);
  }

  /** "2.3, 1.9". */
  static String list(double[] values) {
    List<String> list = new ArrayList<>();
    for (double value : values) {
      list.add(of(value));
    }
    return String.join(", ", list);
  }
}
