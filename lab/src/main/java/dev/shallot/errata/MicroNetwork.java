package dev.shallot.errata;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.reference.ReferenceEngine;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Two samples, three neurons, xi = 0.4: small enough to go through every mask. */
final class MicroNetwork {
  static final double XI = 0.4;
  static final int WIDTH = 3;

  static final double[] W = {0.5, -0.25, -0.3, 0.4, 0.2, 0.7};
  static final double[] A = {1, -1, 1};

  static final TrainingData DATA =
      new TrainingData(2, 2, 1, new double[] {1, 0, 0.6, 0.8}, new double[] {0.5, -0.25});

  private MicroNetwork() {}

  static Network network() {
    return new Network(WIDTH, 2, 1, W.clone(), A.clone(), 1 / Math.sqrt(WIDTH));
  }

  /** {@code <w_r, x_i>}. */
  static double z(double[] w, int r, int i) {
    return w[2 * r] * DATA.x()[2 * i] + w[2 * r + 1] * DATA.x()[2 * i + 1];
  }

  /** u_i = xi f(x_i) at weights W. */
  static double[] u(double[] w) {
    double[] u = new double[2];
    for (int i = 0; i < 2; i++) {
      for (int r = 0; r < WIDTH; r++) {
        u[i] += XI / Math.sqrt(WIDTH) * A[r] * Math.max(0, z(w, r, i));
      }
    }
    return u;
  }

  /** W after one round with one local step. */
  static double[] step(MaskSet masks, double eta, Aggregation aggregation) {
    TrainingPlan plan =
        TrainingPlan.builder(WIDTH, new MaskLaw.Bernoulli(masks.subnets(), XI))
            .aggregation(aggregation)
            .stepSize(eta)
            .build();
    try (ReferenceEngine engine =
        new ReferenceEngine(
            new EngineSetup(plan, new StepSizes(eta, eta, "given"), network(), DATA))) {
      engine.round(new RoundTask(0, masks, false, false));
      return engine.network().hiddenWeights();
    }
  }

  /** Every mask of p subnets with its probability. */
  static void everyMask(int p, BiConsumer<MaskSet, Double> use) {
    int bits = p * WIDTH;
    for (int code = 0; code < 1 << bits; code++) {
      int[][] rows = new int[p][];
      for (int l = 0; l < p; l++) {
        List<Integer> held = new ArrayList<>();
        for (int r = 0; r < WIDTH; r++) {
          if ((code >>> (l * WIDTH + r) & 1) != 0) {
            held.add(r);
          }
        }
        rows[l] = held.stream().mapToInt(Integer::intValue).toArray();
      }
      int ones = Integer.bitCount(code);
      use.accept(MaskSet.of(WIDTH, rows), Math.pow(XI, ones) * Math.pow(1 - XI, bits - ones));
    }
  }
}
