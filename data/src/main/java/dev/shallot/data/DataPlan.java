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
 * @param seed of the splits
 * @param classes whether the target is one of classes
 * @param weights the column that says what each sample counts; it is no feature
 * @param validation share of the training rows that is kept apart for early stopping, in [0, 1); 0:
 *     none
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
    long seed,
    boolean classes,
    Optional<String> weights,
    double validation) {

  /** Numbers to predict, samples that all count the same, no rows for early stopping. */
  public DataPlan(
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
    this(
        target,
        features,
        exclude,
        rows,
        format,
        missing,
        scale,
        unitRows,
        labelScale,
        bias,
        split,
        seed,
        false,
        Optional.empty(),
        0.0);
  }

  public DataPlan {
    if (!(validation >= 0.0 && validation < 1.0)) {
      throw new DataException(
          "the share of rows for early stopping must be at least 0 and below 1, but is "
              + validation);
    }
    if (!(split >= 0.0 && split < 1.0)) {
      throw new DataException("the held-out share must be at least 0 and below 1, but is " + split);
    }
  }

  /** The same with the seed that stands where it decides nothing: without rows kept apart, 0. */
  public DataPlan normal() {
    return split > 0.0 || validation > 0.0
        ? this
        : new DataPlan(
            target,
            features,
            exclude,
            rows,
            format,
            missing,
            scale,
            unitRows,
            labelScale,
            bias,
            0.0,
            0L,
            classes,
            weights,
            0.0);
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
