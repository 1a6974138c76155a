package dev.shallot.bench.rival;

import dev.shallot.plan.TrainingData;
import java.util.LinkedHashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Gradient boosted trees by XGBoost: learning rate 0.1, 80 % of the rows a tree; the depth of 3, 5
 * and 8 and the number of trees up to 500 are those that do best on a random fifth of the training
 * rows. Then it learns from all of them.
 */
public final class BoostedTrees {
  private static final int MOST_TREES = 500;
  private static final int[] DEPTHS = {3, 5, 8};

  private BoostedTrees() {}

  /**
   * Predictions of one number, or shares of the classes, rows x outputs.
   *
   * @param classes whether the targets are 1 for the class of a row and 0 elsewhere
   */
  public static double[] predict(TrainingData train, TrainingData test, boolean classes) {
    try {
      Holdout parts = Holdout.of(train);
      double best = Double.POSITIVE_INFINITY;
      int depth = 0;
      int trees = 0;
      DMatrix fit = matrix(parts.fit(), classes);
      Map<String, DMatrix> judge = Map.of("judge", matrix(parts.judge(), classes));
      for (int candidate : DEPTHS) {
        float[][] losses = new float[1][MOST_TREES];
        XGBoost.train(
            fit, parameters(train, classes, candidate), MOST_TREES, judge, losses, null, null, 0);
        for (int k = 0; k < MOST_TREES; k++) {
          if (losses[0][k] < best) {
            best = losses[0][k];
            depth = candidate;
            trees = k + 1;
          }
        }
      }
      Booster booster =
          XGBoost.train(
              matrix(train, classes),
              parameters(train, classes, depth),
              trees,
              Map.of(),
              null,
              null);
      float[][] answers = booster.predict(matrix(test, classes));
      int c = test.outputs();
      double[] flat = new double[test.samples() * c];
      for (int i = 0; i < test.samples(); i++) {
        for (int o = 0; o < c; o++) {
          flat[i * c + o] = answers[i][o];
        }
      }
      return flat;
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> parameters(TrainingData data, boolean classes, int depth) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("eta", 0.1);
    parameters.put("max_depth", depth);
    parameters.put("subsample", 0.8);
    parameters.put("tree_method", "hist");
    // More threads wait for one another longer than they work, on tables of this size.
    parameters.put("nthread", 1);
    parameters.put("seed", 0);
    parameters.put("verbosity", 0);
    parameters.put("objective", classes ? "multi:softprob" : "reg:squarederror");
    parameters.put("eval_metric", classes ? "mlogloss" : "rmse");
    if (classes) {
      parameters.put("num_class", data.outputs());
    }
    return parameters;
  }

  private static DMatrix matrix(TrainingData data, boolean classes) throws XGBoostError {
    float[] x = new float[data.x().length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) data.x()[i];
    }
    float[] y = new float[data.samples()];
    for (int i = 0; i < y.length; i++) {
      y[i] = classes ? Holdout.label(data, i) : (float) data.y()[i];
    }
    DMatrix matrix = new DMatrix(x, data.samples(), data.features(), Float.NaN);
    matrix.setLabel(y);
    return matrix;
  }
}
