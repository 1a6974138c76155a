package dev.shallot.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.mask.MaskLaw;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.run.RunException;
import dev.shallot.training.ByteLedger;
import org.junit.jupiter.api.Test;

class RoundCostTest {
  private static final Work WORK = new Work(1000, 50, 2, 100, 5, true, 4);

  private static RoundCost cost(Method method, double workers) {
    return RoundCost.of(method, WORK, new Cluster(workers, 1e9, 1e6, 0.21, 0.01));
  }

  /** By hand: h = 250, row = 52 x 4 = 208 bytes, 5 steps of 250 x 100 x (200 + 12) flops. */
  @Test
  void independentSubnetsByHand() {
    RoundCost cost = cost(new Method.IndependentSubnets(), 4);
    assertEquals(250, cost.held());
    assertEquals(5 * 250 * 100 * 212 / 1e9, cost.computeSeconds(), 1e-15);
    assertEquals(104_000, cost.bytes(), 1e-9);
    assertEquals(0.104, cost.transferSeconds(), 1e-12);
    assertEquals(0.25, cost.latencySeconds(), 1e-15);
    assertEquals(0.0265 + 0.104 + 0.25, cost.seconds(), 1e-12);
  }

  @Test
  void independentSubnetsMoveOnePthOfLocalSgd() {
    for (double workers : new double[] {2, 3, 16, 1000}) {
      assertEquals(
          cost(new Method.LocalSgd(), workers).bytes() / workers,
          cost(new Method.IndependentSubnets(), workers).bytes(),
          1e-6);
    }
  }

  @Test
  void gradientsAfterEachStepCostTauExchanges() {
    RoundCost local = cost(new Method.LocalSgd(), 4);
    RoundCost parallel = cost(new Method.DataParallel(), 4);
    assertEquals(5 * local.bytes(), parallel.bytes(), 1e-9);
    assertEquals(5 * local.latencySeconds(), parallel.latencySeconds(), 1e-12);
    assertEquals(local.computeSeconds(), parallel.computeSeconds(), 1e-15);
  }

  @Test
  void bernoulliMasksOfAllNeuronsAreLocalSgd() {
    assertEquals(
        cost(new Method.LocalSgd(), 8).bytes(), cost(new Method.Bernoulli(1), 8).bytes(), 1e-9);
    assertEquals(
        cost(new Method.LocalSgd(), 8).bytes() / 4,
        cost(new Method.Bernoulli(0.25), 8).bytes(),
        1e-9);
  }

  /** The ledger of runs and this model count the same bytes. */
  @Test
  void bytesAreThoseOfTheLedger() {
    TrainingPlan plan =
        TrainingPlan.builder(1000, new MaskLaw.EqualPartition(4))
            .trained(TrainedLayers.BOTH)
            .localSteps(5)
            .stepSize(0.1)
            .precision(Precision.FLOAT32)
            .build();
    double all =
        ByteLedger.roundBytes(plan.masks().draw(plan.seed(), 0, plan.width()), plan, 50, 2);
    assertEquals(all, 4 * cost(new Method.IndependentSubnets(), 4).bytes());
    assertEquals(
        (double) ByteLedger.localSgdBytes(plan, 50, 2), 4 * cost(new Method.LocalSgd(), 4).bytes());
    assertEquals(
        (double) ByteLedger.dataParallelBytes(plan, 50, 2),
        4 * cost(new Method.DataParallel(), 4).bytes());
  }

  /** There, latency is half of a round; with and without a part for each worker. */
  @Test
  void moreWorkersPayUntilTheLatencyIsHalfOfARound() {
    for (double each : new double[] {0, 0.001}) {
      double workers = RoundCost.waitingWorkers(WORK, new Cluster(1, 1e9, 1e6, 0.01, each));
      RoundCost there =
          RoundCost.of(
              new Method.IndependentSubnets(), WORK, new Cluster(workers, 1e9, 1e6, 0.01, each));
      assertEquals(there.seconds() / 2, there.latencySeconds(), 1e-12);
    }
  }

  /** One worker less and one more are slower; without a part for each worker there is no end. */
  @Test
  void aRoundIsQuickestWhereAWorkerMoreAddsWhatItTakesOff() {
    Cluster cluster = new Cluster(1, 1e9, 1e6, 0.01, 0.001);
    double best = Math.rint(RoundCost.quickestWorkers(WORK, cluster));
    for (double other : new double[] {best - 1, best + 1}) {
      assertTrue(round(best) < round(other));
    }
    assertEquals(
        Double.POSITIVE_INFINITY, RoundCost.quickestWorkers(WORK, new Cluster(1, 1, 1, 1, 0)));
  }

  private static double round(double workers) {
    Cluster cluster = new Cluster(workers, 1e9, 1e6, 0.01, 0.001);
    return RoundCost.of(new Method.IndependentSubnets(), WORK, cluster).seconds();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThrows(RunException.class, () -> new Method.Bernoulli(0));
    assertThrows(RunException.class, () -> new Cluster(0, 1, 1, 1, 0));
    assertThrows(RunException.class, () -> new Work(0, 1, 1, 1, 1, false, 4));
  }
}
