package dev.shallot.data;

/** What becomes of missing cells. */
public enum MissingPolicy {
  /** They are refused, with the columns, the counts and these choices. */
  FAIL,
  /** Features with a missing cell anywhere in the file, whatever rows are used, are left out. */
  DROP_COLUMNS,
  /** Rows with a missing cell in a used feature or a target are left out. */
  DROP_ROWS,
  /** Filled with the mean of the training rows. */
  MEAN,
  /** Filled with the median of the training rows. */
  MEDIAN,
  /** Filled with 0. */
  ZERO;

  /** Whether missing cells get a value, in training and in prediction. */
  public boolean fills() {
    return this == MEAN || this == MEDIAN || this == ZERO;
  }
}
