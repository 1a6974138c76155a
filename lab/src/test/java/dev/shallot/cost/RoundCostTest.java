package dev.shallot.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shallot.run.RunException;
import org.junit.jupiter.api.Test;

class RoundCostTest {
  private static final Work WORK = new Work(1000, 50, 2, 100, 5, true, 4);

  private static RoundCost cost(Method method, double workers) {
    return RoundCost.of(method, WORK, new Cluster(workers, 1e9, 1e6, 0.25));
  }

  /** By hand: h = 250, row = 52 x 4 = 208 bytes, 5 steps of 250 x 100 x (200 + 12) flops. */
  @Test
  void independentSubnetsByHand() {
    RoundCost cost = cost(new Method.IndependentSubnets(), 4);
    assertEquals(250, cost.held());
    assertEquals(5 * 250 * 100 * 212 / 1e9, cost.computeSeconds(), 1e-15);
    assertEquals(2 * 250 * 208 * 0.75, cost.bytes(), 1e-9);
    assertEquals(0.078, cost.transferSeconds(), 1e-12);
    assertEquals(0.25, cost.latencySeconds());
    assertEquals(0.0265 * 5 / 5 + 0.078 + 0.25, cost.seconds(), 1e-12);
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

  @Test
  void oneWorkerExchangesNothing() {
    RoundCost alone = cost(new Method.DataParallel(), 1);
    assertEquals(alone.computeSeconds(), alone.seconds());
  }

  /** At p* what is divided equals the latency, up to the part at home. */
  @Test
  void moreWorkersPayUntilTheLatencyIsHalfOfARound() {
    Cluster cluster = new Cluster(1, 1e9, 1e6, 0.01);
    double workers = RoundCost.worthwhileWorkers(WORK, cluster);
    RoundCost there =
        RoundCost.of(new Method.IndependentSubnets(), WORK, new Cluster(workers, 1e9, 1e6, 0.01));
    assertEquals(2 * 0.01, there.seconds(), 2e-3);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThrows(RunException.class, () -> new Method.Bernoulli(0));
    assertThrows(RunException.class, () -> new Cluster(0, 1, 1, 1));
    assertThrows(RunException.class, () -> new Work(0, 1, 1, 1, 1, false, 4));
  }
}
