package dev.shallot.bench.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the curves say, in sentences that are written from the numbers. */
final class ScalingWords {
  private static final List<Who> WHO = List.of(Who.DENSE, Who.GRAM, Who.DJL_GATHERED);

  private ScalingWords() {}

  static String sentence(ScalingTable table, Axis axis) {
    List<String> parts = new ArrayList<>();
    for (String shape : table.shapes()) {
      double[] x = table.values(shape, axis);
      List<String> each = new ArrayList<>();
      for (Who who : WHO) {
        each.add("%s (%s)".formatted(figure(table, shape, axis, who, x), name(who)));
      }
      parts.add("%s at shape %s".formatted(String.join(", ", each), shape));
    }
    return lead(table, axis) + ": " + String.join("; ", parts) + ".";
  }

  private static String lead(ScalingTable table, Axis axis) {
    double[] x = table.values(table.shapes().getFirst(), axis);
    return switch (axis) {
      case WIDTH -> "From the smallest width to the largest the time grows as m to the power of";
      case SAMPLES -> "From the fewest samples to the most the time grows as n to the power of";
      case KEEP ->
          "Halving xi, from %s to %s, cuts the time by a factor of"
              .formatted(x[upper(x)], x[upper(x) - 1]);
      case LOCAL_STEPS ->
          "A step in rounds of tau = %.0f takes this share of one in rounds of a single step"
              .formatted(x[x.length - 1]);
      case SUBNETS ->
          "With p = %.0f subnets the second thread makes a round faster by a factor of"
              .formatted(x[1]);
    };
  }

  private static String figure(ScalingTable table, String shape, Axis axis, Who who, double[] x) {
    double value =
        switch (axis) {
          case WIDTH, SAMPLES ->
              Math.log(
                      table.millis(shape, axis, who, 2, x[x.length - 1])
                          / table.millis(shape, axis, who, 2, x[0]))
                  / Math.log(x[x.length - 1] / x[0]);
          case KEEP -> halving(table, shape, who, x, upper(x));
          case LOCAL_STEPS ->
              table.millis(shape, axis, who, 2, x[x.length - 1])
                  / table.millis(shape, axis, who, 2, x[0]);
          case SUBNETS ->
              table.millis(shape, axis, who, 1, x[1]) / table.millis(shape, axis, who, 2, x[1]);
        };
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Where xi = 0.5 stands among the points, or what comes nearest with a point below. */
  static int upper(double[] x) {
    for (int i = 1; i < x.length; i++) {
      if (x[i] == 0.5) {
        return i;
      }
    }
    return x.length - 1;
  }

  /** How much faster a step is at the point below. */
  static double halving(ScalingTable table, String shape, Who who, double[] x, int point) {
    return table.millis(shape, Axis.KEEP, who, 2, x[point])
        / table.millis(shape, Axis.KEEP, who, 2, x[point - 1]);
  }

  private static String name(Who who) {
    return switch (who) {
      case DENSE -> "dense";
      case GRAM -> "gram";
      default -> "libtorch";
    };
  }
}
