package dev.shallot.bench.rival;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import dev.shallot.plan.TrainingData;

/**
 * L2-regularised logistic regression by LIBLINEAR (one against the rest), on z-scored features with
 * a constant one; its C is the one of 10^-3 .. 10^3 with the best log loss on a random fifth of the
 * training rows.
 */
public final class Logistic {
  private static final double TOLERANCE = 1e-4;

  private Logistic() {}

  /** Shares of the classes, rows x classes. */
  public static double[] predict(TrainingData train, TrainingData test) {
    Linear.disableDebugOutput();
    Holdout parts = Holdout.of(train);
    double best = Double.POSITIVE_INFINITY;
    double cost = 1.0;
    for (double candidate = 1e-3; candidate < 2e3; candidate *= 10) {
      double[] shares = shares(fit(parts.fit(), candidate), parts.judge());
      double loss = Holdout.logLoss(parts.judge(), shares);
      if (loss < best) {
        best = loss;
        cost = candidate;
      }
    }
    return shares(fit(train, cost), test);
  }

  private static Model fit(TrainingData data, double cost) {
    Problem problem = new Problem();
    problem.l = data.samples();
    problem.n = data.features();
    problem.x = new Feature[problem.l][];
    problem.y = new double[problem.l];
    for (int i = 0; i < problem.l; i++) {
      problem.x[i] = features(data, i);
      problem.y[i] = Holdout.label(data, i);
    }
    return Linear.train(problem, new Parameter(SolverType.L2R_LR, cost, TOLERANCE));
  }

  private static Feature[] features(TrainingData data, int row) {
    Feature[] features = new Feature[data.features()];
    for (int j = 0; j < features.length; j++) {
      features[j] = new FeatureNode(j + 1, data.x()[row * features.length + j]);
    }
    return features;
  }

  private static double[] shares(Model model, TrainingData data) {
    int c = data.outputs();
    double[] shares = new double[data.samples() * c];
    int[] labels = model.getLabels();
    double[] found = new double[labels.length];
    for (int i = 0; i < data.samples(); i++) {
      Linear.predictProbability(model, features(data, i), found);
      for (int k = 0; k < labels.length; k++) {
        shares[i * c + labels[k]] = found[k];
      }
    }
    return shares;
  }
}
