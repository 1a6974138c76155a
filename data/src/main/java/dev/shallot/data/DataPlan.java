package dev.shallot.data;

import java.util.Optional;

/**
 * Which part of a table is trained on, and how it is prepared.
 *
 * @param target the target columns, see {@link ColumnSelection}; empty: those that the file itself
 *     declares (Y of an NPZ, a built-in set)
 * @param features the feature columns; empty: all but targets and excluded ones
 * @param exclude columns that are no features
 * @param rows {@code 100} (the first 100) or {@code 101:200} (1-based, inclusive); empty: all
 * @param format layout of a text file
 * @param missing what becomes of missing cells
 * @param scale of features
 * @param unitRows whether each row is divided by its Euclidean norm, after everything else
 * @param labelScale of targets
 * @param bias whether a constant feature 1 is appended, before rows are normalised
 * @param split share of the rows that is held out, in [0, 1); 0: none
 * @param seed of the split
 */
public record DataPlan(
    Optional<String> target,
    Optional<String> features,
    Optional<String> exclude,
    Optional<String> rows,
    TableFormat format,
    MissingPolicy missing,
    FeatureScale scale,
    boolean unitRows,
    LabelScale labelScale,
    boolean bias,
    double split,
    long seed) {

  public DataPlan {
    if (!(split >= 0.0 && split < 1.0)) {
      throw new DataException("the held-out share must be at least 0 and below 1, but is " + split);
    }
  }

  /** The practitioner's defaults: z-scores, constant feature, unit rows, z-scored labels. */
  public static DataPlan practitioner(Optional<String> target) {
    return new DataPlan(
        target,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        TableFormat.detect(),
        MissingPolicy.FAIL,
        FeatureScale.ZSCORE,
        true,
        LabelScale.ZSCORE,
        true,
        0.0,
        0L);
  }

  /** The papers' setting: unit rows and nothing else. */
  public static DataPlan paper(Optional<String> target) {
    return new DataPlan(
        target,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        TableFormat.detect(),
        MissingPolicy.FAIL,
        FeatureScale.NONE,
        true,
        LabelScale.NONE,
        false,
        0.0,
        0L);
  }
}
