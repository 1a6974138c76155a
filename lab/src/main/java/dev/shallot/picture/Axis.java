package dev.shallot.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis of a chart.
 *
 * @param name what it shows, with symbol and unit
 * @param logarithmic whether it is on a log scale, which the name then says
 * @param ticks where its labels stand; empty: at round numbers
 */
public record Axis(String name, boolean logarithmic, List<Double> ticks) {
  public Axis {
    ticks = List.copyOf(ticks);
  }

  /** With round numbers at even distances. */
  public static Axis linear(String name) {
    return new Axis(name, false, List.of());
  }

  /** On a log scale. */
  public static Axis log(String name) {
    return new Axis(name, true, List.of());
  }

  /** With labels at these values. */
  public Axis at(List<Double> values) {
    return new Axis(name, logarithmic, values);
  }

  /** The name with what must be said about the scale. */
  String title() {
    return logarithmic ? name + ", log scale" : name;
  }

  /** Whether a value has a place on it. */
  boolean shows(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }

  /** An axis laid along a stretch of pixels. */
  Scale over(List<double[]> values, double from, double to) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] some : values) {
      for (double value : some) {
        if (shows(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (low > high) {
      low = logarithmic ? 0.1 : 0;
      high = 1;
    }
    if (logarithmic) {
      double margin = Math.pow(10, Math.max(0.02, 0.04 * Math.log10(high / low)));
      return new Scale(this, low / margin, high * margin, from, to);
    }
    double margin = high > low ? 0.03 * (high - low) : Math.max(1e-9, 0.1 * Math.abs(high));
    double bottom = low >= 0 && low < 0.3 * high ? 0 : low - margin;
    return new Scale(this, bottom, high + margin, from, to);
  }

  /** Values to pixels. */
  record Scale(Axis axis, double low, double high, double from, double to) {
    double at(double value) {
      double share =
          axis.logarithmic()
              ? Math.log(value / low) / Math.log(high / low)
              : (value - low) / (high - low);
      return from + share * (to - from);
    }

    List<Double> marks() {
      if (!axis.ticks().isEmpty()) {
        return axis.ticks();
      }
      if (axis.logarithmic()) {
        return LogTicks.of(low, high);
      }
      List<Double> marks = new ArrayList<>();
      double step = LogTicks.niceStep((high - low) / 7);
      for (double i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
        marks.add(i == 0 ? 0.0 : i * step);
      }
      return marks;
    }
  }
}
