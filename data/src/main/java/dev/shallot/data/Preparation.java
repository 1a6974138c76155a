package dev.shallot.data;

import dev.shallot.plan.Loss;
import dev.shallot.plan.TrainingData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** One preparation: what {@link PreparedData#prepare} does, step by step. */
final class Preparation {
  private final Table whole;
  private final DataPlan plan;
  private final List<String> notes;

  Preparation(Table table, DataPlan plan) {
    this.whole = table;
    this.plan = plan;
    this.notes = new ArrayList<>(table.notes());
  }

  PreparedData prepare() {
    ColumnChoice choice = ColumnChoice.of(whole, plan);
    int[] features = choice.features();
    int[] targets = choice.targets();
    if (plan.missing() == MissingPolicy.DROP_COLUMNS) {
      features = MissingCells.completeColumns(whole, features, notes);
    }
    int[] rows = chooseRows(features, targets, choice.weights());
    List<InputColumn> inputs = inputs(features, rows);
    Table table = whole.selectRows(rows);

    double[] encoded = FeatureEncoder.encode(table, features, inputs);
    List<TargetColumn> targetColumns = targetColumns(table, targets);
    double[] labels = LabelReader.read(table, targets, targetColumns);
    Splitter split = Splitter.split(table.rows(), plan.split(), plan.seed());
    Splitter rest = Splitter.validation(split.train(), plan.validation(), plan.seed());
    int[] heldOutRows = split.heldOut();
    int[] validationRows = rest.heldOut();
    int[] train = rest.train();
    if (plan.missing().fills()) {
      inputs = FillValues.fit(inputs, plan.missing(), encoded, train);
      noteFilled(FillValues.fill(table, encoded, inputs), table, features);
    }
    List<String> names = Preprocessing.encodedNames(inputs);
    Scaling scaling = ScalingFit.features(plan.scale(), encoded, names, train, notes);
    Scaling labelScaling =
        plan.classes()
            ? ScalingFit.classes(labels, targetColumns.getFirst(), train, notes)
            : ScalingFit.labels(
                plan.labelScale(),
                labels,
                targetColumns.stream().map(TargetColumn::name).toList(),
                train);
    double[] weights = weights(table, choice.weights(), train, heldOutRows, validationRows);
    if (validationRows.length > 0) {
      notes.add(
          "%s of the training rows are kept apart for early stopping"
              .formatted(validationRows.length));
    }
    Preprocessing preprocessing =
        new Preprocessing(
            inputs,
            plan.missing(),
            scaling,
            plan.bias(),
            plan.unitRows(),
            targetColumns,
            labelScaling,
            whole.columns(),
            whole.named(),
            ListColumn.of(inputs, whole.names()),
            choice.weights().isPresent()
                ? List.of(weightColumn(choice.weights().getAsInt()))
                : List.of());
    double[] x = FeatureAssembly.assemble(table, encoded, scaling, plan.bias(), plan.unitRows());
    double[] y = preprocessing.scaleLabels(labels);
    Part part = new Part(preprocessing, x, y, weights);
    TrainingData data = part.of(train);
    return new PreparedData(
        data,
        part.unlessEmpty(heldOutRows),
        part.unlessEmpty(validationRows),
        preprocessing,
        facts(preprocessing, data, heldOutRows.length),
        Arrays.stream(train).map(i -> rows[i]).toArray());
  }

  private List<TargetColumn> targetColumns(Table table, int[] targets) {
    return Arrays.stream(targets)
        .mapToObj(
            j ->
                new TargetColumn(
                    table.column(j).name(),
                    j + 1,
                    plan.classes() ? Classes.of(table, table.column(j)) : List.of()))
        .toList();
  }

  private WeightColumn weightColumn(int index) {
    return new WeightColumn(whole.column(index).name(), index + 1);
  }

  /** What each row counts, 1 in the mean of the training rows; empty without weights. */
  private double[] weights(
      Table table, OptionalInt column, int[] train, int[] heldOut, int[] validation) {
    if (column.isEmpty()) {
      return new double[0];
    }
    String name = table.column(column.getAsInt()).name();
    double[] weights = SampleWeights.read(table, column.getAsInt());
    SampleWeights.normalise(weights, train, name);
    SampleWeights.refuseNothing(weights, heldOut, name, "rows that split holds out");
    SampleWeights.refuseNothing(weights, validation, name, "rows that validation keeps apart");
    notes.add("samples count by '%s', 1 in the mean of the training rows".formatted(name));
    return weights;
  }

  /** The rows of the plan, less those that the missing policy drops. */
  private int[] chooseRows(int[] features, int[] targets, OptionalInt weights) {
    int[] rows =
        plan.rows()
            .map(text -> RowSelection.parse(text, whole.rows()))
            .orElse(new RowSelection(0, whole.rows()))
            .toArray();
    if (plan.missing() == MissingPolicy.DROP_ROWS) {
      int[] used = Arrays.copyOf(features, features.length + targets.length);
      System.arraycopy(targets, 0, used, features.length, targets.length);
      IntStream needed = IntStream.concat(Arrays.stream(used), weights.stream());
      int[] complete = MissingCells.completeRows(whole, needed.toArray(), rows);
      if (complete.length == 0) {
        throw new DataException(
            "no row is left: each of the "
                + rows.length
                + " rows has a missing cell; leave columns out with --exclude or --missing"
                + " drop-columns, or fill them with --missing mean, median or zero");
      }
      if (complete.length < rows.length) {
        notes.add(
            "left out %s of %s rows, which have missing cells"
                .formatted(rows.length - complete.length, rows.length));
      }
      return complete;
    }
    Table part = whole.selectRows(rows);
    MissingCells.refuseInTargets(part, targets);
    if (plan.missing() == MissingPolicy.FAIL) {
      MissingCells.refuse(part, features);
    }
    return rows;
  }

  private List<InputColumn> inputs(int[] features, int[] rows) {
    List<InputColumn> inputs = new ArrayList<>();
    for (int j : features) {
      Column column = whole.column(j);
      if (column instanceof Column.Unusable unusable) {
        throw FeatureEncoder.unusable(unusable);
      }
      List<String> levels = TextCells.levels(whole, j, rows);
      if (!levels.isEmpty()) {
        notes.add(
            "text column '%s' is one-hot encoded: %s"
                .formatted(column.name(), CloseNames.list(levels)));
      }
      inputs.add(new InputColumn(column.name(), j + 1, levels, new double[0]));
    }
    return inputs;
  }

  private void noteFilled(long cells, Table table, int[] features) {
    if (cells > 0) {
      int[] incomplete =
          Arrays.stream(features).filter(j -> table.column(j).missing() > 0).toArray();
      String value =
          switch (plan.missing()) {
            case MEAN -> "the mean of the training rows";
            case MEDIAN -> "the median of the training rows";
            default -> "zero";
          };
      notes.add(
          "filled %s missing cells in %s feature columns with %s: %s"
              .formatted(
                  cells,
                  incomplete.length,
                  value,
                  CloseNames.list(ColumnChoice.names(table, incomplete))));
    }
  }

  /** Takes rows out of what all rows became. */
  private record Part(Preprocessing preprocessing, double[] x, double[] y, double[] weights) {
    TrainingData of(int[] rows) {
      int features = preprocessing.featureCount();
      int outputs = preprocessing.outputCount();
      return new TrainingData(
          rows.length,
          features,
          outputs,
          rows(x, features, rows),
          rows(y, outputs, rows),
          weights.length == 0 ? weights : rows(weights, 1, rows));
    }

    Optional<TrainingData> unlessEmpty(int[] rows) {
      return rows.length == 0 ? Optional.empty() : Optional.of(of(rows));
    }

    private static double[] rows(double[] matrix, int width, int[] rows) {
      double[] part = new double[rows.length * width];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(matrix, rows[i] * width, part, i * width, width);
      }
      return part;
    }
  }

  private DataFacts facts(Preprocessing preprocessing, TrainingData train, int heldOut) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0.0;
    for (int i = 0; i < train.samples(); i++) {
      double norm = FeatureAssembly.norm(train.x(), i * train.features(), train.features());
      smallest = Math.min(smallest, norm);
      largest = Math.max(largest, norm);
    }
    int looked = NearestParallel.rowsLookedAt(train.samples(), train.features());
    if (looked < train.samples()) {
      notes.add(
          "the nearest parallel is that of the first %s of %s training rows"
              .formatted(looked, train.samples()));
    }
    return new DataFacts(
        whole.source().toString(),
        whole.sha256(),
        whole.rows(),
        whole.columns(),
        train.samples(),
        heldOut,
        train.features(),
        train.outputs(),
        preprocessing.featureNames(),
        preprocessing.targetNames(),
        (plan.classes() ? Loss.CROSS_ENTROPY : Loss.SQUARED).ofZero(train),
        smallest,
        largest,
        NearestParallel.of(train.x(), train.samples(), train.features()),
        notes);
  }
}
