package dev.shallot.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

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
 * @param lists the columns of lists that inputs are numbers of
 * @param weights the column of sample weights, if there was one
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
    boolean named,
    List<ListColumn> lists,
    List<WeightColumn> weights) {

  public Preprocessing {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
    // Models of before these were recorded have none.
    lists = List.copyOf(Objects.requireNonNullElse(lists, List.of()));
    weights = List.copyOf(Objects.requireNonNullElse(weights, List.of()));
  }

  /** Without lists and weights. */
  public Preprocessing(
      List<InputColumn> inputs,
      MissingPolicy missing,
      Scaling scaling,
      boolean bias,
      boolean unitRows,
      List<TargetColumn> targets,
      Scaling labelScaling,
      int tableColumns,
      boolean named) {
    this(
        inputs,
        missing,
        scaling,
        bias,
        unitRows,
        targets,
        labelScaling,
        tableColumns,
        named,
        List.of(),
        List.of());
  }

  /** d: encoded features, and the constant one. */
  public int featureCount() {
    return scaling.columns() + (bias ? 1 : 0);
  }

  /** c: one a number that is predicted, or one a class. */
  public int outputCount() {
    return targets.stream().mapToInt(TargetColumn::outputs).sum();
  }

  /** The classes that outputs stand for, in order; empty where numbers are predicted. */
  public List<String> classes() {
    return targets.size() == 1 ? targets.getFirst().classes() : List.of();
  }

  /** One name a feature: the column's, {@code column=level}, {@code bias}. */
  public List<String> featureNames() {
    List<String> names = encodedNames(inputs);
    if (bias) {
      names.add("bias");
    }
    return names;
  }

  static List<String> encodedNames(List<InputColumn> inputs) {
    List<String> names = new ArrayList<>();
    for (InputColumn input : inputs) {
      if (input.numeric()) {
        names.add(input.name());
      }
      for (String level : input.levels()) {
        names.add(input.name() + "=" + level);
      }
    }
    return names;
  }

  /** One name a target. */
  public List<String> targetNames() {
    return targets.stream().map(TargetColumn::name).toList();
  }

  /**
   * X, rows x {@link #featureCount}, row-major, as trained on: encoded, filled, scaled, with the
   * constant feature, as unit rows, each as far as the training did it. The caller owns it.
   *
   * @throws DataException for an absent column, text or an infinite cell where a number was, a
   *     level that training had not, a missing cell without a fill value, a zero row that should
   *     become a unit row
   */
  public double[] features(Table table) {
    int[] positions = new ColumnLocator(this, table).inputs();
    double[] encoded = FeatureEncoder.encode(table, positions, inputs);
    FillValues.fill(table, encoded, inputs);
    return FeatureAssembly.assemble(table, encoded, scaling, bias, unitRows);
  }

  /** Y, rows x {@link #outputCount}, row-major, scaled as trained on. */
  public double[] labels(Table table) {
    return scaleLabels(rawLabels(table));
  }

  /**
   * Y in the file's units, rows x {@link #outputCount}, row-major; of classes 1 for the right one,
   * else 0.
   *
   * @throws DataException for an absent target, text or a missing cell in it, a class that training
   *     had not
   */
  public double[] rawLabels(Table table) {
    return LabelReader.read(table, new ColumnLocator(this, table).targets(), targets);
  }

  /** Whether a table holds all targets, so that predictions can be compared with them. */
  public boolean hasTargets(Table table) {
    return new ColumnLocator(this, table).hasTargets();
  }

  /**
   * What the rows of a table count, by the column of the training's weights: found as the other
   * columns are, by name or by position.
   *
   * @return one number a row; empty if training had no weights, or the column is not there
   * @throws DataException if a cell is missing, no number or below 0
   */
  public Optional<double[]> sampleWeights(Table table) {
    OptionalInt column = new ColumnLocator(this, table).weights();
    return column.isPresent()
        ? Optional.of(SampleWeights.read(table, column.getAsInt()))
        : Optional.empty();
  }

  /** Labels as trained on, from labels in the file's units; a copy. */
  public double[] scaleLabels(double[] raw) {
    double[] scaled = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      scaled[i] = labelScaling.scale(i % outputCount(), raw[i]);
    }
    return scaled;
  }

  /** Labels or predictions in the file's units, from those as trained on; a copy. */
  public double[] unscaleLabels(double[] scaled) {
    double[] raw = new double[scaled.length];
    for (int i = 0; i < scaled.length; i++) {
      raw[i] = labelScaling.unscale(i % outputCount(), scaled[i]);
    }
    return raw;
  }

  /**
   * What a network's outputs say, as a new array: predictions in the file's units, or, of classes,
   * their shares p = softmax(outputs), each row 1 in sum.
   *
   * @param outputs rows x {@link #outputCount}, as trained on
   */
  public double[] predictions(double[] outputs) {
    int c = outputCount();
    if (classes().isEmpty()) {
      return unscaleLabels(outputs);
    }
    double[] shares = new double[outputs.length];
    for (int at = 0; at < outputs.length; at += c) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int o = at; o < at + c; o++) {
        largest = Math.max(largest, outputs[o]);
      }
      double mass = 0.0;
      for (int o = at; o < at + c; o++) {
        shares[o] = StrictMath.exp(outputs[o] - largest);
        mass += shares[o];
      }
      for (int o = at; o < at + c; o++) {
        shares[o] /= mass;
      }
    }
    return shares;
  }

  /**
   * The rows (from 0) that can be used: without a missing cell in an input that has no fill value
   * nor, when asked, in a target.
   */
  public int[] completeRows(Table table, boolean withTargets) {
    ColumnLocator locator = new ColumnLocator(this, table);
    IntStream needed = withTargets ? Arrays.stream(locator.targets()) : IntStream.empty();
    if (!missing.fills()) {
      needed = IntStream.concat(needed, Arrays.stream(locator.inputs()));
    }
    int[] all = IntStream.range(0, table.rows()).toArray();
    return MissingCells.completeRows(table, needed.toArray(), all);
  }
}
