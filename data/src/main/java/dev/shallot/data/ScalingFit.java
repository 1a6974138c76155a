package dev.shallot.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds scaling parameters in the training rows. */
final class ScalingFit {
  private ScalingFit() {}

  /**
   * The scaling of features. A constant column gets the factor 1; its name is noted.
   *
   * @param encoded n x columns, no NaN
   * @param names one a column
   */
  static Scaling features(
      FeatureScale scale, double[] encoded, List<String> names, int[] train, List<String> notes) {
    int width = names.size();
    double[] offsets = new double[width];
    double[] factors = new double[width];
    List<String> constant = new ArrayList<>();
    for (int j = 0; j < width; j++) {
      double[] column = column(encoded, width, j, train);
      boolean same = Moments.constant(column);
      if (same) {
        constant.add(names.get(j));
      }
      double min = Arrays.stream(column).min().orElseThrow();
      double max = Arrays.stream(column).max().orElseThrow();
      offsets[j] =
          switch (scale) {
            case NONE -> 0.0;
            case MINMAX -> min;
            case ZSCORE -> same ? min : Moments.mean(column);
          };
      factors[j] =
          switch (scale) {
            case NONE -> 1.0;
            case MINMAX -> same ? 1.0 : max - min;
            case ZSCORE -> same ? 1.0 : Moments.deviation(column);
          };
      check("feature", names.get(j), offsets[j], factors[j]);
    }
    if (!constant.isEmpty()) {
      notes.add(
          "%s %s constant in the training rows%s: %s"
              .formatted(
                  constant.size(),
                  constant.size() == 1 ? "feature is" : "features are",
                  scale == FeatureScale.NONE ? "" : " (scale factor 1)",
                  CloseNames.list(constant)));
    }
    return new Scaling(offsets, factors);
  }

  /**
   * No scaling for classes; when all training rows are of one class they are refused.
   *
   * @param labels n x classes, 1 for the right one
   */
  static Scaling classes(double[] labels, TargetColumn target, int[] train, List<String> notes) {
    int width = target.outputs();
    List<String> counts = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (int o = 0; o < width; o++) {
      long count = (long) Arrays.stream(column(labels, width, o, train)).sum();
      counts.add(target.classes().get(o) + " (" + count + ")");
      if (count == 0) {
        absent.add(target.classes().get(o));
      }
      if (count == train.length) {
        throw new DataException(
            "target '%s' is %s in all %s training rows: there is nothing to tell apart"
                .formatted(target.name(), target.classes().get(o), train.length));
      }
    }
    notes.add(
        "target '%s' has %s classes, with their training rows: %s"
            .formatted(target.name(), width, CloseNames.list(counts)));
    if (!absent.isEmpty()) {
      notes.add(
          "%s of these classes %s no training row and will hardly be predicted: %s"
              .formatted(
                  absent.size(), absent.size() == 1 ? "has" : "have", CloseNames.list(absent)));
    }
    return Scaling.identity(width);
  }

  /** The scaling of targets; a constant one is refused. */
  static Scaling labels(LabelScale scale, double[] labels, List<String> names, int[] train) {
    int width = names.size();
    double[] offsets = new double[width];
    double[] factors = new double[width];
    double largest = 0.0;
    for (int j = 0; j < width; j++) {
      double[] column = column(labels, width, j, train);
      if (Moments.constant(column)) {
        throw new DataException(
            "target '%s' is %s in all %s training rows: there is nothing to learn"
                .formatted(names.get(j), CsvWriter.number(column[0]), train.length));
      }
      for (double value : column) {
        largest = Math.max(largest, Math.abs(value));
      }
      offsets[j] = scale == LabelScale.ZSCORE ? Moments.mean(column) : 0.0;
      factors[j] = scale == LabelScale.ZSCORE ? Moments.deviation(column) : 1.0;
    }
    if (scale == LabelScale.MAX_ABS) {
      Arrays.fill(factors, largest);
    }
    for (int j = 0; j < width; j++) {
      check("target", names.get(j), offsets[j], factors[j]);
    }
    return new Scaling(offsets, factors);
  }

  private static void check(String what, String name, double offset, double factor) {
    if (!Double.isFinite(offset) || !Double.isFinite(factor) || factor == 0.0) {
      throw new DataException(
          "%s '%s' cannot be scaled: its numbers are too large or too close together for float64 (offset %s, factor %s)"
              .formatted(what, name, offset, factor));
    }
  }

  private static double[] column(double[] matrix, int width, int column, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> matrix[row * width + column]).toArray();
  }
}
