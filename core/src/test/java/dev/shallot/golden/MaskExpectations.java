package dev.shallot.golden;

import static dev.shallot.golden.EngineGoldens.scaledDifference;
import static dev.shallot.golden.EngineGoldens.squaredDistance;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Network;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Means over all masks of the micro-network, by enumeration. The goldens, and what L-1 to L-6 are:
 * {@code src/test/python/micro_network_goldens.py}.
 */
interface MaskExpectations extends EngineGoldens {

  /** Names, per law, the golden of E||u - uhat||^2 (L-2). */
  record Spread(MaskLaw law, List<Enumeration> all, double golden) {}

  private static List<Spread> spreads() {
    return List.of(
        new Spread(new MaskLaw.Bernoulli(1, 0.4), Enumeration.bernoulli(1, 3, 0.4), 0.06256),
        new Spread(new MaskLaw.Bernoulli(2, 0.4), Enumeration.bernoulli(2, 3, 0.4), 0.06256),
        new Spread(new MaskLaw.Categorical(2), Enumeration.categorical(2, 3), 0.0651666666666667),
        new Spread(new MaskLaw.Categorical(3), Enumeration.categorical(3, 3), 0.0579259259259259),
        new Spread(
            new MaskLaw.EqualPartition(3), Enumeration.equalPartition(3, 3), 0.05357037037037037));
  }

  @Test
  default void theMeanSubnetOutputIsTheMonitoredOutput() { // L-1
    Network network = MicroNetwork.network();
    TrainingData data = MicroNetwork.data();
    for (Spread spread : spreads()) {
      TrainingPlan plan = plan(network, spread.law()).build();
      double[] whole = wholeOutputs(plan, network, data);
      for (int l = 0; l < spread.law().subnets(); l++) {
        double[] mean = new double[2];
        for (Enumeration one : spread.all()) {
          double[] outputs = subnetOutputs(plan, network, data, one.masks(), l);
          mean[0] += one.probability() * outputs[0];
          mean[1] += one.probability() * outputs[1];
        }
        assertClose(whole, mean, spread.law() + ", subnet " + l);
      }
    }
  }

  @Test
  default void theMeanSubnetErrorIsTheWholeErrorPlusTheSpreadOfTheMasks() { // L-2
    Network network = MicroNetwork.network();
    TrainingData data = MicroNetwork.data();
    for (Spread spread : spreads()) {
      TrainingPlan plan = plan(network, spread.law()).build();
      double[] whole = wholeOutputs(plan, network, data);
      double wholeError = squaredDistance(whole, data.y());
      for (int l = 0; l < spread.law().subnets(); l++) {
        double meanError = 0.0;
        double meanDistance = 0.0;
        for (Enumeration one : spread.all()) {
          Taken taken = take(plan, network, data, one.masks());
          meanError += one.probability() * taken.report().subnetErrors()[l * 2];
          double[] outputs = subnetOutputs(plan, network, data, one.masks(), l);
          meanDistance += one.probability() * squaredDistance(whole, outputs);
        }
        assertClose(spread.golden(), meanDistance, spread.law() + ", subnet " + l);
        assertClose(wholeError + spread.golden(), meanError, spread.law() + ", subnet " + l);
      }
    }
  }

  @Test
  default void theChanceOfCoverageIsTheta() { // L-3, and it needs no engine
    double[] goldens = {0.4, 0.64, 0.784};
    for (int p = 1; p <= 3; p++) {
      double mean = 0.0;
      double total = 0.0;
      for (Enumeration one : Enumeration.bernoulli(p, 3, MicroNetwork.XI)) {
        total += one.probability();
        mean += one.probability() * (3 - one.masks().uncovered()) / 3.0;
      }
      assertEquals(1.0, total, 1e-12);
      assertEquals(goldens[p - 1], mean, 1e-12);
      assertEquals(mean, new MaskLaw.Bernoulli(p, MicroNetwork.XI).coverageProbability(), 1e-12);
    }
  }

  /** E[g_r] (six numbers) and E||g_r||^2 (three) of one aggregated step with p subnets. */
  private double[][] firstStep(int p, Aggregation aggregation) {
    Network network = MicroNetwork.network();
    TrainingPlan plan =
        plan(network, new MaskLaw.Bernoulli(p, MicroNetwork.XI)).aggregation(aggregation).build();
    double[] mean = new double[6];
    double[] squares = new double[3];
    for (Enumeration one : Enumeration.bernoulli(p, 3, MicroNetwork.XI)) {
      Network moved = take(plan, network, MicroNetwork.data(), one.masks()).network();
      double[] g =
          scaledDifference(network.hiddenWeights(), moved.hiddenWeights(), 1 / 0.5); // eta = 0.5
      for (int r = 0; r < 3; r++) {
        mean[2 * r] += one.probability() * g[2 * r];
        mean[2 * r + 1] += one.probability() * g[2 * r + 1];
        squares[r] += one.probability() * (g[2 * r] * g[2 * r] + g[2 * r + 1] * g[2 * r + 1]);
      }
    }
    return new double[][] {mean, squares};
  }

  @Test
  default void theMeanFirstStepIsTheDropoutGradient() { // L-5
    double[][] means = {
      {
        0.02178429564678573, 0.07989468820183673, -0.04840101615137754,
        -0.06453468820183673, 0.025624295646785734, 0.11701468820183673
      },
      {
        0.03485487303485717, 0.12783150112293876, -0.0774416258422041,
        -0.10325550112293876, 0.04099887303485718, 0.18722350112293884
      },
      {
        0.04269721946770003, 0.15659358887559982, -0.09486599165669987,
        -0.1264879888755998, 0.050223619467699945, 0.22934878887559987
      }
    };
    double[][] squares = {
      {0.024453091849238197, 0.021307394197818824, 0.03949500445591738},
      {0.03766318695878113, 0.03308404404984344, 0.0624675271294678},
      {0.044517286691173615, 0.0394109904055028, 0.07571975540026459}
    };
    for (int p = 1; p <= 3; p++) {
      double[][] step = firstStep(p, Aggregation.COVERAGE_MEAN);
      assertClose(means[p - 1], step[0], "E[g], p = " + p);
      assertClose(squares[p - 1], step[1], "E||g||^2, p = " + p);
    }
  }

  @Test
  default void theMeanOverSubnetsDescendsTheDropoutObjectiveWhateverP() { // L-6
    double[] gradient = firstStep(1, Aggregation.COVERAGE_MEAN)[0]; // theta = xi at p = 1
    for (int p = 1; p <= 3; p++) {
      assertClose(gradient, firstStep(p, Aggregation.SUBNET_MEAN)[0], "p = " + p);
    }
  }

  @Test
  default void theMeanLossIsTheDropoutObjective() { // L-6
    Network network = MicroNetwork.network();
    TrainingPlan plan = plan(network, new MaskLaw.Bernoulli(1, MicroNetwork.XI)).build();
    double mean = 0.0;
    for (Enumeration one : Enumeration.bernoulli(1, 3, MicroNetwork.XI)) {
      Taken taken = take(plan, network, MicroNetwork.data(), one.masks());
      mean += one.probability() * taken.report().stepErrors()[0] / 2;
    }
    assertClose(0.16764071287492177, mean, "J");
  }
}
