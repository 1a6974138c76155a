package dev.shallot.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What missing cells become: per encoded feature, from the training rows. */
final class FillValues {
  private FillValues() {}

  /**
   * The inputs with their fill values.
   *
   * @param encoded n x width, NaN where missing
   * @param train the training rows
   */
  static List<InputColumn> fit(
      List<InputColumn> inputs, MissingPolicy policy, double[] encoded, int[] train) {
    int width = FeatureEncoder.width(inputs);
    List<InputColumn> filled = new ArrayList<>();
    int offset = 0;
    for (InputColumn input : inputs) {
      double[] fill = new double[input.width()];
      for (int j = 0; j < fill.length && policy != MissingPolicy.ZERO; j++) {
        double[] present = present(encoded, width, offset + j, train);
        if (present.length == 0) {
          throw new DataException(
              "column '%s' has no cell in the %s training rows, so there is no %s to fill it with: leave it out with --exclude, or fill with zero"
                  .formatted(
                      input.name(),
                      train.length,
                      policy == MissingPolicy.MEAN ? "mean" : "median"));
        }
        fill[j] = policy == MissingPolicy.MEAN ? Moments.mean(present) : Moments.median(present);
      }
      filled.add(new InputColumn(input.name(), input.position(), input.levels(), fill));
      offset += input.width();
    }
    return filled;
  }

  private static double[] present(double[] encoded, int width, int column, int[] rows) {
    return Arrays.stream(rows)
        .mapToDouble(row -> encoded[row * width + column])
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /**
   * Fills missing cells in place.
   *
   * @param table whose rows these are
   * @return how many cells there were
   */
  static long fill(Table table, double[] encoded, List<InputColumn> inputs) {
    int width = FeatureEncoder.width(inputs);
    long filled = 0;
    int offset = 0;
    for (InputColumn input : inputs) {
      for (int at = offset; at < encoded.length; at += width) {
        boolean missing = Double.isNaN(encoded[at]);
        if (missing && input.fill().length == 0) {
          throw new DataException(
              "column '%s', row %s: the cell is missing, and this model was trained without a value for missing cells; leave the row out, or train with --missing mean, median or zero"
                  .formatted(input.name(), table.rowNumber(at / width)));
        }
        if (missing) {
          System.arraycopy(input.fill(), 0, encoded, at, input.fill().length);
          filled++;
        }
      }
      offset += input.width();
    }
    return filled;
  }
}
