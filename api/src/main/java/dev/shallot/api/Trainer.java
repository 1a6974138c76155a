package dev.shallot.api;

import dev.shallot.data.Column;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Table;
import dev.shallot.engine.RoundReport;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.Run;
import dev.shallot.run.RunFolder;
import dev.shallot.run.RunRequest;
import dev.shallot.run.Trained;
import dev.shallot.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains models by a plan. Immutable: each method returns a trainer with one more choice.
 *
 * <pre>{@code
 * TrainedModel model =
 *     Shallot.trainer()
 *         .plan(Plan.defaults().heldOut(0.2))
 *         .onProgress((round, rounds, error) -> System.out.println(round + ": " + error))
 *         .runFolder(Path.of("runs/price"))
 *         .train(Path.of("houses.csv"), "price");
 * }</pre>
 */
public final class Trainer {
  private final Plan plan;
  private final Optional<ProgressListener> progress;
  private final Optional<Path> folder;

  Trainer(Plan plan) {
    this(plan, Optional.empty(), Optional.empty());
  }

  private Trainer(Plan plan, Optional<ProgressListener> progress, Optional<Path> folder) {
    this.plan = plan;
    this.progress = progress;
    this.folder = folder;
  }

  /** With a plan in place of the default one. */
  public Trainer plan(Plan other) {
    return new Trainer(other, progress, folder);
  }

  /** With somebody who hears of each round. */
  public Trainer onProgress(ProgressListener listener) {
    return new Trainer(plan, Optional.of(listener), folder);
  }

  /**
   * With a run folder as {@code shallot train} writes it: {@code run.json}, {@code events.jsonl},
   * {@code model.shallot}. Without one nothing is written.
   *
   * @param path must not exist
   */
  public Trainer runFolder(Path path) {
    return new Trainer(plan, progress, Optional.of(path));
  }

  /**
   * Trains on a table.
   *
   * @param table CSV or other text, Parquet or NPZ
   * @param target the columns to predict: names, positions from 1, ranges, with commas between
   * @throws ShallotException if the table cannot be read or prepared, the plan does not fit it, or
   *     the training diverges
   */
  public TrainedModel train(Path table, String target) {
    return ShallotException.guarded(
        () -> {
          PlanDocument document = targeting(target);
          return train(document, Table.read(table, document.tableFormat()));
        });
  }

  /**
   * Trains on arrays, which are copied. The features are called x1, x2 and so on, the target y.
   *
   * @param x samples x features; NaN where missing, see the plan's key {@code missing}
   * @param y the targets, one a sample
   * @throws ShallotException if lengths differ, the plan does not fit, or the training diverges
   */
  public TrainedModel train(double[][] x, double[] y) {
    return train(x, List.of(new Column.Numbers("y", y.clone())));
  }

  /**
   * Trains a classifier on arrays; the plan's loss is cross-entropy, whatever it was. The target is
   * called y.
   *
   * @param x samples x features
   * @param classes the class of each sample
   */
  public TrainedModel train(double[][] x, String[] classes) {
    String[] labels = classes.clone();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == null) {
        throw new ShallotException("sample %d has no class: it is null".formatted(i + 1));
      }
    }
    return plan(plan.classification()).train(x, List.of(new Column.Texts("y", labels)));
  }

  /**
   * Trains on arrays with several targets, called y1, y2 and so on.
   *
   * @param x samples x features
   * @param y samples x targets
   */
  public TrainedModel train(double[][] x, double[][] y) {
    return train(x, columns(y, "y"));
  }

  private TrainedModel train(double[][] x, List<? extends Column> targets) {
    return ShallotException.guarded(
        () -> {
          List<Column> columns = new ArrayList<>(columns(x, "x"));
          int features = columns.size();
          columns.addAll(targets);
          if (targets.getFirst().rows() != x.length) {
            throw new ShallotException(
                "there are %d samples, but %d targets"
                    .formatted(x.length, targets.getFirst().rows()));
          }
          List<Integer> declared = new ArrayList<>();
          for (int j = features; j < columns.size(); j++) {
            declared.add(j);
          }
          return train(plan.document(), Table.of("arrays", columns, declared));
        });
  }

  private static List<Column> columns(double[][] rows, String name) {
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] == null) {
        throw new ShallotException("sample %d has no numbers: it is null".formatted(i + 1));
      }
    }
    if (rows.length == 0 || rows[0].length == 0) {
      throw new ShallotException("at least one sample with one number is needed");
    }
    int width = rows[0].length;
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < width; j++) {
      double[] values = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        if (rows[i].length != width) {
          throw new ShallotException(
              "sample %d has %d numbers, but the first one has %d"
                  .formatted(i + 1, rows[i].length, width));
        }
        values[i] = rows[i][j];
      }
      columns.add(new Column.Numbers(name + (j + 1), values));
    }
    return columns;
  }

  private PlanDocument targeting(String target) {
    return plan.document().withEntries(Map.of(PlanKey.TARGET.key(), target), "the program");
  }

  private TrainedModel train(PlanDocument given, Table table) {
    folder.ifPresent(RunFolder::refuseExisting);
    PlanDocument document = Run.complete(given);
    document.checkNew();
    PreparedData data = PreparedData.prepare(table, document.dataPlan());
    List<TrainingListener> listeners = new ArrayList<>();
    long rounds = document.trainingPlan().rounds();
    progress.ifPresent(listener -> listeners.add(new Rounds(listener, rounds)));
    Trained trained =
        folder
            .map(path -> Run.execute(new RunRequest(document, data, path, "api", listeners)))
            .map(run -> new Trained(run.outcome(), run.model(), run.json()))
            .orElseGet(() -> Run.train(document, data, "api", listeners));
    return new TrainedModel(
        trained
            .model()
            .orElseThrow(
                () ->
                    new ShallotException(
                        "the training diverged in " + trained.outcome().reason().message())),
        Optional.of(TrainingSummary.of(trained.outcome())));
  }

  private record Rounds(ProgressListener listener, long rounds) implements TrainingListener {
    @Override
    public void roundDone(long round, RoundReport report) {
      double error = report.whole().map(whole -> whole.error()).orElse(Double.NaN);
      listener.roundDone(round + 1, rounds, error);
    }
  }
}
