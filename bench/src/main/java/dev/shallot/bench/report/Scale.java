package dev.shallot.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis: from numbers to places in a picture.
 *
 * @param low the number at the start
 * @param high the number at the end
 * @param logarithmic or else linear
 * @param start place of low
 * @param end place of high
 */
record Scale(double low, double high, boolean logarithmic, double start, double end) {

  /** A logarithmic axis with a little room around the numbers. */
  static Scale logarithmic(double least, double most, double start, double end) {
    double room = Math.max(1.12, Math.pow(most / least, 0.05));
    return new Scale(least / room, most * room, true, start, end);
  }

  /** A linear axis from zero. */
  static Scale fromZero(double most, double start, double end) {
    return new Scale(0.0, most * 1.08, false, start, end);
  }

  double at(double value) {
    double share =
        logarithmic
            ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
            : (value - low) / (high - low);
    return start + share * (end - start);
  }

  /** Few round numbers between the ends. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (!logarithmic) {
      double step = roundStep(high / 5);
      for (int i = 0; i * step <= high; i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
    double decades = Math.log10(high / low);
    int[] mantissas =
        decades < 0.8
            ? new int[] {1, 2, 3, 4, 5, 6, 8}
            : decades < 3.2 ? new int[] {1, 2, 5} : new int[] {1};
    for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (int mantissa : mantissas) {
        double tick = Double.parseDouble(mantissa + "e" + power);
        if (tick >= low && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private static double roundStep(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= rough) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** A number as people write it: no more digits than it has. */
  static String words(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%,d", (long) value);
    }
    String text = String.format(Locale.ROOT, "%.6f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
