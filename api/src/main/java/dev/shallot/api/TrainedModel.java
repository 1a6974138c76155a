package dev.shallot.api;

import dev.shallot.data.GivenRows;
import dev.shallot.data.Table;
import dev.shallot.network.Network;
import dev.shallot.onnx.OnnxExport;
import dev.shallot.plan.Precision;
import dev.shallot.run.Evaluation;
import dev.shallot.run.Model;
import dev.shallot.run.ModelFile;
import dev.shallot.run.ModelTensors;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Score;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model that predicts; an untrained one cannot exist. It takes features as the training table had
 * them and answers in the targets' units: scaling, one-hot encoding, fill values and their inverse
 * are part of it.
 */
public final class TrainedModel {
  private final Model model;
  private final Optional<TrainingSummary> summary;

  TrainedModel(Model model) {
    this(model, Optional.empty());
  }

  TrainedModel(Model model, Optional<TrainingSummary> summary) {
    this.model = model;
    this.summary = summary;
  }

  /** The names of the inputs, in the order in which {@link #predict(double...)} takes them. */
  public List<String> inputs() {
    return model.preprocessing().inputs().stream().map(input -> input.name()).toList();
  }

  /** The names of what is predicted. */
  public List<String> targets() {
    return model.preprocessing().targetNames();
  }

  /** How the training went; empty for a model that was loaded. */
  public Optional<TrainingSummary> summary() {
    return summary;
  }

  /**
   * Predicts the one target of one row.
   *
   * @param row a number for each of {@link #inputs}
   * @throws ShallotException if there are more or fewer, an input is text, or there are several
   *     targets
   */
  public double predict(double... row) {
    return one(numbers(row));
  }

  /**
   * Predicts the one target of one row, by the names of its inputs.
   *
   * @param row a number, text or boolean for each of {@link #inputs}; an empty text where missing.
   *     Other entries are not looked at
   */
  public double predict(Map<String, ?> row) {
    return one(ShallotException.guarded(() -> GivenRows.of(model.preprocessing(), List.of(row))));
  }

  private double one(Table row) {
    double[] answers = row(row);
    if (answers.length != 1) {
      throw new ShallotException(
          classes().isEmpty()
              ? "the model has %d targets: use predictAll".formatted(answers.length)
              : "the model tells classes apart: use classify or probabilities");
    }
    return answers[0];
  }

  private double[] row(Table row) {
    if (row.rows() != 1) {
      throw new ShallotException("one row is needed, but %d were given".formatted(row.rows()));
    }
    return answers(row);
  }

  /**
   * The classes that are told apart, in the order of {@link #probabilities}; empty: numbers are.
   */
  public List<String> classes() {
    return model.classes();
  }

  /**
   * The most probable class of one row.
   *
   * @param row a number for each of {@link #inputs}
   * @throws ShallotException if the model predicts numbers
   */
  public String classify(double... row) {
    return label(numbers(row));
  }

  /** The most probable class of one row, by the names of its inputs. */
  public String classify(Map<String, ?> row) {
    return label(named(row));
  }

  private String label(Table row) {
    return ShallotException.guarded(() -> model.labels(row(row)).getFirst());
  }

  /**
   * The probability of each of {@link #classes} for one row.
   *
   * @throws ShallotException if the model predicts numbers
   */
  public double[] probabilities(double... row) {
    if (classes().isEmpty()) {
      throw new ShallotException("the model predicts numbers, not classes: use predict");
    }
    return row(numbers(row));
  }

  /**
   * Predicts many rows.
   *
   * @param rows each with a number for each of {@link #inputs}
   * @return rows x targets, or rows x classes with their probabilities
   */
  public double[][] predictAll(double[][] rows) {
    int width = inputs().size();
    double[] flat = new double[Math.multiplyExact(rows.length, width)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] == null) {
        throw new ShallotException("row %d has no numbers: it is null".formatted(i + 1));
      }
      if (rows[i].length != width) {
        throw new ShallotException(
            "row %d has %d numbers, but the model has %d inputs: %s"
                .formatted(i + 1, rows[i].length, width, String.join(", ", inputs())));
      }
      System.arraycopy(rows[i], 0, flat, i * width, width);
    }
    return rows.length == 0 ? new double[0][] : split(answers(numbers(flat)));
  }

  /**
   * Predicts all rows of a table that has the training table's columns, with or without targets.
   *
   * @return rows x targets, or rows x classes with their probabilities
   * @throws ShallotException if a column is absent, or a cell does not fit
   */
  public double[][] predictAll(Path table) {
    return split(answers(read(table)));
  }

  private Table read(Path table) {
    return ShallotException.guarded(
        () -> Table.read(table, PlanDocument.of(model.plan(), "the model").tableFormat()));
  }

  private double[] answers(Table table) {
    return ShallotException.guarded(() -> model.predict(table));
  }

  private double[][] split(double[] answers) {
    int width = model.network().outputs();
    double[][] rows = new double[answers.length / width][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = java.util.Arrays.copyOfRange(answers, i * width, (i + 1) * width);
    }
    return rows;
  }

  /**
   * Scores of predictions beside the targets of a table, in the targets' units, one a target, as
   * {@code shallot evaluate} has them: rows count by the training's column of weights where the
   * table has it, else the same. Rows with missing cells are left out if the plan's {@code missing}
   * was {@code drop-rows}.
   *
   * @throws ShallotException if a column is absent, a cell does not fit, or no row is left
   */
  public List<Score> evaluate(Path table) {
    Table rows = read(table);
    return ShallotException.guarded(() -> Evaluation.of(model, rows)).scores();
  }

  /** Writes or replaces a model file, whole or not at all; {@link Shallot#load} reads it. */
  public void save(Path file) {
    ShallotException.guarded(
        () -> {
          ModelFile.write(file, model);
          return file;
        });
  }

  /**
   * Writes a new ONNX file that takes raw feature values and answers in the targets' units; see
   * {@link OnnxExport} for its inputs.
   */
  public void exportOnnx(Path file, Precision precision) {
    ShallotException.guarded(() -> OnnxExport.write(file, model, precision));
  }

  /** Writes a new safetensors file; in float64 it is the model to the last bit. */
  public void exportSafetensors(Path file, Precision precision) {
    ShallotException.guarded(
        () -> {
          ModelTensors.write(file, model, precision);
          return file;
        });
  }

  /** The network itself: weights and activation, for reading only. */
  public Network network() {
    return model.network();
  }

  @Override
  public String toString() {
    return "TrainedModel[%s -> %s, %s]"
        .formatted(String.join(", ", inputs()), String.join(", ", targets()), model.network());
  }

  private Table named(Map<String, ?> row) {
    return ShallotException.guarded(() -> GivenRows.of(model.preprocessing(), List.of(row)));
  }

  private Table numbers(double[] rows) {
    return ShallotException.guarded(() -> GivenRows.of(model.preprocessing(), rows));
  }
}
