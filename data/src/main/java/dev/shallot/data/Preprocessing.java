package dev.shallot.data;

import java.util.List;

/**
 * Everything that turns a table like the training table into arrays, and labels back. A tree of
 * records, enums, strings, lists and {@code double[]}, so that any record-aware JSON library writes
 * and reads it.
 *
 * @param inputs columns that features are made of
 * @param missing what became of missing cells
 * @param scaling of the encoded features, without the constant one
 * @param bias whether a constant feature 1 is appended
 * @param unitRows whether each row is divided by its norm at the end
 * @param targets columns that are predicted
 * @param labelScaling of the targets
 * @param tableColumns how many columns the training table had
 * @param named whether the training table had a header
 */
public record Preprocessing(
    List<InputColumn> inputs,
    MissingPolicy missing,
    Scaling scaling,
    boolean bias,
    boolean unitRows,
    List<TargetColumn> targets,
    Scaling labelScaling,
    int tableColumns,
    boolean named) {

  public Preprocessing {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
  }

  /** d: encoded features, and the constant one. */
  public int featureCount() {
    return scaling.columns() + (bias ? 1 : 0);
  }

  /** c. */
  public int outputCount() {
    return targets.size();
  }

  /** One name a feature. */
  public List<String> featureNames() {
    return Pending.value();
  }

  /** One name a target. */
  public List<String> targetNames() {
    return targets.stream().map(TargetColumn::name).toList();
  }

  /** X, rows x {@link #featureCount}, row-major, as trained on. */
  public double[] features(Table table) {
    return Pending.value();
  }

  /** Y, rows x {@link #outputCount}, row-major, scaled as trained on. */
  public double[] labels(Table table) {
    return Pending.value();
  }

  /** Y in the file's units, rows x {@link #outputCount}, row-major. */
  public double[] rawLabels(Table table) {
    return Pending.value();
  }

  /** Labels or predictions back in the file's units; a copy. */
  public double[] unscaleLabels(double[] scaled) {
    return Pending.value();
  }

  /**
   * The rows (0-based) without a missing cell in an input column that is not filled, and, when
   * asked, in a target.
   */
  public int[] completeRows(Table table, boolean withTargets) {
    return Pending.value();
  }
}
