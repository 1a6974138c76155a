package dev.shallot.reproduce;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What the runs of a figure measured.
 *
 * @param points in the grid's order
 */
record Results(List<Point> points) {
  Results {
    points = List.copyOf(points);
  }

  /** Those with a label on an axis. */
  Results where(String axis, String label) {
    return new Results(points.stream().filter(p -> p.label(axis).equals(label)).toList());
  }

  /** Those of a part. */
  Results part(String name) {
    return where(Point.PART, name);
  }

  /** The labels of an axis, in order. */
  List<String> labels(String axis) {
    return points.stream().map(p -> p.label(axis)).filter(l -> !l.isEmpty()).distinct().toList();
  }

  boolean isEmpty() {
    return points.isEmpty();
  }

  private DoubleStream values(ToDoubleFunction<Point> value) {
    return points.stream().mapToDouble(value);
  }

  /** The mean of what each point says; NaN without points, or when one of them has no number. */
  double mean(ToDoubleFunction<Point> value) {
    return values(value).average().orElse(Double.NaN);
  }

  /** The standard error of the mean over points; NaN for fewer than two. */
  double standardError(ToDoubleFunction<Point> value) {
    return deviation(value) / Math.sqrt(points.size());
  }

  /** The standard deviation over points (n - 1); NaN for fewer than two. */
  double deviation(ToDoubleFunction<Point> value) {
    double mean = mean(value);
    double squares = values(value).map(v -> (v - mean) * (v - mean)).sum();
    return points.size() < 2 ? Double.NaN : Math.sqrt(squares / (points.size() - 1));
  }

  /** The middle one, or the mean of the two in the middle; NaN without points. */
  double median(ToDoubleFunction<Point> value) {
    double[] sorted = values(value).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** Entry by entry, the mean of a series over points; as long as the shortest. */
  double[] meanSeries(String name) {
    return fold(name, false);
  }

  /** Entry by entry, the standard deviation of a series over points; 0 for a single point. */
  double[] deviationSeries(String name) {
    return fold(name, true);
  }

  private double[] fold(String name, boolean deviation) {
    int length = points.stream().mapToInt(p -> p.series(name).length).min().orElse(0);
    double[] folded = new double[length];
    for (int i = 0; i < length; i++) {
      int at = i;
      double spread = deviation ? deviation(p -> p.series(name)[at]) : 0;
      folded[i] = deviation ? (Double.isNaN(spread) ? 0 : spread) : mean(p -> p.series(name)[at]);
    }
    return folded;
  }
}
