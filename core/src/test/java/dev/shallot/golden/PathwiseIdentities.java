package dev.shallot.golden;

import static dev.shallot.golden.EngineGoldens.squaredDistance;
import static dev.shallot.golden.EngineGoldens.withTargets;

import dev.shallot.engine.RoundReport;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Initialization;
import dev.shallot.network.MaskScaling;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Identities that hold on every path, without a mean, on random networks. */
interface PathwiseIdentities extends EngineGoldens {

  private static TrainingData data(long seed, int samples, int features, int outputs) {
    CounterRandom xs = new CounterRandom(seed, RandomStream.SYNTHETIC_FEATURES);
    CounterRandom ys = new CounterRandom(seed, RandomStream.SYNTHETIC_LABELS);
    double[] x = new double[samples * features];
    double[] y = new double[samples * outputs];
    Arrays.setAll(x, i -> xs.gaussian(i) / Math.sqrt(features));
    Arrays.setAll(y, ys::gaussian);
    return new TrainingData(samples, features, outputs, x, y);
  }

  @Test
  default void invertedMasksAreThePapersSystemInOtherUnits() {
    double eta = 0.1;
    for (MaskLaw law :
        List.of(
            new MaskLaw.Bernoulli(3, 0.4),
            new MaskLaw.Categorical(3),
            new MaskLaw.EqualPartition(3))) {
      for (TrainedLayers trained : TrainedLayers.values()) {
        double xi = law.keepProbability();
        TrainingData data = data(5, 7, 4, 2);
        Network network = Initialization.NTK.draw(1.0, 12, 4, 2, 5);
        TrainingPlan inverted =
            plan(network, law)
                .scaling(MaskScaling.INVERTED)
                .trained(trained)
                .localSteps(3)
                .stepSize(eta)
                .build();
        TrainingPlan paper =
            plan(network, law).trained(trained).localSteps(3).stepSize(eta / (xi * xi)).build();
        TrainingData paperData =
            withTargets(data, Arrays.stream(data.y()).map(y -> xi * y).toArray());
        try (TrainingEngine left = open(inverted, network, data);
            TrainingEngine right = open(paper, network, paperData)) {
          assertClose(left.measure().error(), right.measure().error() / (xi * xi), "start");
          for (long k = 0; k < 4; k++) {
            RoundTask task = new RoundTask(k, law.draw(5, k, 12), true, true);
            RoundReport leftReport = left.round(task);
            RoundReport rightReport = right.round(task);
            String where = law + ", " + trained + ", round " + k;
            assertClose(
                leftReport.subnetErrors(),
                Arrays.stream(rightReport.subnetErrors()).map(e -> e / (xi * xi)).toArray(),
                where);
            assertClose(
                leftReport.whole().orElseThrow().error(),
                rightReport.whole().orElseThrow().error() / (xi * xi),
                where);
          }
          assertClose(
              left.network().hiddenWeights(), right.network().hiddenWeights(), "hidden weights");
          assertClose(
              left.network().outputWeights(), right.network().outputWeights(), "output weights");
        }
      }
    }
  }

  @Test
  default void disjointSubnetsAverageToTheWhole() { // L-15, L-16
    for (long seed = 1; seed <= 3; seed++) {
      for (TrainedLayers trained : TrainedLayers.values()) {
        for (MaskLaw law : List.of(new MaskLaw.Categorical(3), new MaskLaw.EqualPartition(4))) {
          TrainingData data = data(seed, 5, 3, 2);
          Network before = Initialization.NTK.draw(1.0, 12, 3, 2, seed);
          TrainingPlan plan =
              plan(before, law)
                  .trained(trained)
                  .localSteps(4)
                  .stepSize(0.2)
                  .outputStepSize(
                      trained.output() ? OptionalDouble.of(0.1) : OptionalDouble.empty())
                  .build();
          MaskSet masks = law.draw(seed, 9, 12);
          Taken taken = take(plan, before, data, masks);
          String where = law + ", " + trained + ", seed " + seed;
          jump(plan, before, data, masks, taken.report(), where);
          drop(plan, taken.network(), data, masks, taken.report(), where);
        }
      }
    }
  }

  /** Sampling: the mean of subnets is u_k, and errors rise by what the subnets differ. */
  private void jump(
      TrainingPlan plan,
      Network network,
      TrainingData data,
      MaskSet masks,
      RoundReport report,
      String where) {
    int p = masks.subnets();
    double[] whole = wholeOutputs(plan, network, data);
    double[][] outputs = allOutputs(plan, network, data, masks);
    assertClose(whole, mean(outputs), "L-15 before training, " + where);
    double fromWhole = 0.0;
    double sampled = 0.0;
    for (int l = 0; l < p; l++) {
      fromWhole += squaredDistance(whole, outputs[l]);
      sampled += report.subnetErrors()[l * (plan.localSteps() + 1)] / p;
    }
    assertClose(pairs(outputs) / p, fromWhole, "L-16, distances from the mean, " + where);
    assertClose(squaredDistance(whole, data.y()) + fromWhole / p, sampled, "L-16, jump, " + where);
  }

  /** Aggregation: with one owner a neuron, the new network's subnets are the trained ones. */
  private void drop(
      TrainingPlan plan,
      Network network,
      TrainingData data,
      MaskSet masks,
      RoundReport report,
      String where) {
    int p = masks.subnets();
    double[][] outputs = allOutputs(plan, network, data, masks);
    assertClose(wholeOutputs(plan, network, data), mean(outputs), "L-15 after, " + where);
    double local = 0.0;
    for (int l = 0; l < p; l++) {
      double error = report.subnetErrors()[(l + 1) * (plan.localSteps() + 1) - 1];
      assertClose(error, squaredDistance(outputs[l], data.y()), "last local step, " + where);
      local += error / p;
    }
    assertClose(
        local - pairs(outputs) / (p * p),
        report.whole().orElseThrow().error(),
        "L-16, drop, " + where);
  }

  private double[][] allOutputs(
      TrainingPlan plan, Network network, TrainingData data, MaskSet masks) {
    double[][] outputs = new double[masks.subnets()][];
    for (int l = 0; l < outputs.length; l++) {
      outputs[l] = subnetOutputs(plan, network, data, masks, l);
    }
    return outputs;
  }

  private static double[] mean(double[][] vectors) {
    double[] mean = new double[vectors[0].length];
    for (double[] vector : vectors) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += vector[i] / vectors.length;
      }
    }
    return mean;
  }

  /** The sum over pairs of their squared distance. */
  private static double pairs(double[][] vectors) {
    double sum = 0.0;
    for (int l = 0; l < vectors.length; l++) {
      for (int other = 0; other < l; other++) {
        sum += squaredDistance(vectors[l], vectors[other]);
      }
    }
    return sum;
  }
}
