package dev.shallot.bound;

import dev.shallot.engine.Team;
import dev.shallot.mask.MaskLaw;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.Optional;
import java.util.OptionalDouble;

/** Settings to judge: of made-up numbers, or of data. */
final class Settings {
  private Settings() {}

  /** Unit rows, C = 2, and a lambda_0 as given; nothing else is known of the data. */
  static Setting of(
      int n,
      int d,
      int m,
      MaskLaw masks,
      int tau,
      long rounds,
      double kappa,
      double lambda0,
      double eta) {
    DataProfile data =
        new DataProfile(
            n,
            d,
            1,
            1,
            1,
            Optional.empty(),
            1,
            n / 4.0,
            Interval.of(lambda0 / masks.keepProbability()),
            1,
            OptionalDouble.empty(),
            Optional.empty(),
            false);
    TrainingPlan plan =
        TrainingPlan.builder(m, masks).localSteps(tau).rounds(rounds).stepSize(eta).build();
    return Setting.of(data, plan, true, kappa, eta);
  }

  /** Data of a plan in the papers' setting. */
  static Setting of(TrainingData data, TrainingPlan plan, double kappa) {
    return Setting.of(
        DataProfile.of(data, Team.ALONE), plan, true, kappa, plan.stepSize().orElseThrow());
  }

  /** One target. */
  static TrainingData data(int features, double[] x, double... y) {
    return new TrainingData(y.length, features, 1, x, y);
  }

  /** Directions drawn evenly, targets in [0, 1). */
  static TrainingData sphere(int n, int d, long seed) {
    CounterRandom random = new CounterRandom(seed, RandomStream.SYNTHETIC_FEATURES);
    double[] x = new double[n * d];
    for (int i = 0; i < n; i++) {
      double square = 0.0;
      for (int k = 0; k < d; k++) {
        x[i * d + k] = random.gaussian((long) i * d + k);
        square += x[i * d + k] * x[i * d + k];
      }
      for (int k = 0; k < d; k++) {
        x[i * d + k] /= Math.sqrt(square);
      }
    }
    CounterRandom labels = new CounterRandom(seed, RandomStream.SYNTHETIC_LABELS);
    double[] y = new double[n];
    java.util.Arrays.setAll(y, labels::uniform);
    return new TrainingData(n, d, 1, x, y);
  }
}
