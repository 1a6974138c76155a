package dev.shallot.api;

import dev.shallot.run.ModelSource;
import java.nio.file.Path;

/** Where a program starts: train a model, or load one. */
public final class Shallot {
  private Shallot() {}

  /** A trainer with the default plan, for more choices than {@code train} gives. */
  public static Trainer trainer() {
    return new Trainer(Plan.defaults());
  }

  /**
   * Trains on a table by the default plan.
   *
   * @param table CSV or other text, Parquet or NPZ; everything about its layout is detected
   * @param target the column to predict: its name, or its position from 1
   * @throws ShallotException if the table cannot be read or prepared
   */
  public static TrainedModel train(Path table, String target) {
    return trainer().train(table, target);
  }

  /** Trains on a table by a plan; see {@link Trainer#train(Path, String)}. */
  public static TrainedModel train(Path table, String target, Plan plan) {
    return trainer().plan(plan).train(table, target);
  }

  /** Trains on arrays by the default plan; see {@link Trainer#train(double[][], double[])}. */
  public static TrainedModel train(double[][] x, double[] y) {
    return trainer().train(x, y);
  }

  /** Trains on arrays by a plan; see {@link Trainer#train(double[][], double[])}. */
  public static TrainedModel train(double[][] x, double[] y, Plan plan) {
    return trainer().plan(plan).train(x, y);
  }

  /** Trains a classifier on arrays; see {@link Trainer#train(double[][], String[])}. */
  public static TrainedModel train(double[][] x, String[] classes, Plan plan) {
    return trainer().plan(plan).train(x, classes);
  }

  /**
   * Loads a model.
   *
   * @param path a file that {@link TrainedModel#save} or {@link TrainedModel#exportSafetensors}
   *     wrote, or a run folder
   * @throws ShallotException if there is none, it is damaged, or of a newer version
   */
  public static TrainedModel load(Path path) {
    return ShallotException.guarded(() -> new TrainedModel(ModelSource.open(path)));
  }
}
