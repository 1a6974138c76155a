package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.DataSplit;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Subnets with samples of their own. */
class DataShardTest {
  private static final int SAMPLES = 23;
  private static final int FEATURES = 5;
  private static final int WIDTH = 90;
  private static final int SUBNETS = 3;
  private static final double ETA = 0.02;

  private static TrainingPlanBuilder plan(MaskLaw masks) {
    return TrainingPlan.builder(WIDTH, masks).localSteps(4).seed(9).stepSize(ETA);
  }

  private static TrainingData data() {
    CounterRandom random = new CounterRandom(4, RandomStream.SYNTHETIC_FEATURES);
    double[] x = new double[SAMPLES * FEATURES];
    Arrays.setAll(x, i -> random.gaussian(i));
    double[] y = new double[SAMPLES];
    Arrays.setAll(y, i -> random.gaussian(x.length + i));
    return new TrainingData(SAMPLES, FEATURES, 1, x, y);
  }

  private static Network start(TrainingPlan plan) {
    return plan.initialization().draw(1.0, WIDTH, FEATURES, 1, plan.seed());
  }

  private static TrainingEngine open(TrainingPlan plan, TrainingData data, double eta) {
    return Engines.open(new EngineSetup(plan, new StepSizes(eta, eta, ""), start(plan), data));
  }

  /** The samples of a subnet, worked out anew. */
  private static int[] shard(int subnet) {
    int size = SAMPLES / SUBNETS;
    int[] order = new CounterRandom(9, RandomStream.SHARDS).permutation(SAMPLES);
    int[] shard = Arrays.copyOfRange(order, subnet * size, (subnet + 1) * size);
    Arrays.sort(shard);
    return shard;
  }

  @Test
  void aSubnetLearnsAsIfItsShareWereAllThereIs() {
    TrainingData all = data();
    MaskLaw law = new MaskLaw.EqualPartition(SUBNETS);
    for (EngineKind kind : new EngineKind[] {EngineKind.REFERENCE, EngineKind.DENSE}) {
      TrainingPlan sharded = plan(law).split(DataSplit.SHARD).engine(kind).build();
      MaskSet masks = law.draw(9, 0, WIDTH);
      Network together;
      RoundReport report;
      try (TrainingEngine engine = open(sharded, all, ETA)) {
        report = engine.round(new RoundTask(0, masks, true, false));
        together = engine.network();
      }
      for (int l = 0; l < SUBNETS; l++) {
        int[] samples = shard(l);
        double[] x = new double[samples.length * FEATURES];
        double[] y = new double[samples.length];
        for (int i = 0; i < samples.length; i++) {
          System.arraycopy(all.x(), samples[i] * FEATURES, x, i * FEATURES, FEATURES);
          y[i] = all.y()[samples[i]];
        }
        double times = (double) SAMPLES / samples.length;
        int[] held = new int[masks.held(l)];
        masks.heldNeurons(l, held);
        TrainingPlan alone = plan(new MaskLaw.Full(1)).engine(kind).build();
        TrainingData own = new TrainingData(samples.length, FEATURES, 1, x, y);
        try (TrainingEngine engine = open(alone, own, times * ETA)) {
          RoundReport one =
              engine.round(new RoundTask(0, MaskSet.of(WIDTH, new int[][] {held}), false, false));
          Network network = engine.network();
          for (int r : held) {
            assertArrayEquals(
                Arrays.copyOfRange(network.hiddenWeights(), r * FEATURES, (r + 1) * FEATURES),
                Arrays.copyOfRange(together.hiddenWeights(), r * FEATURES, (r + 1) * FEATURES),
                1e-12);
          }
          for (int t = 0; t < 4; t++) {
            assertEquals(
                times * one.stepErrors()[t], report.stepErrors()[l * 4 + t], 1e-9, "step " + t);
          }
        }
      }
    }
  }

  @Test
  void sharesAreDisjointAndBatchesStayInside() {
    BatchSchedule schedule = new BatchSchedule(9, SAMPLES, 3, 4, SUBNETS, true);
    BitSet seen = new BitSet();
    for (int l = 0; l < SUBNETS; l++) {
      BitSet own = new BitSet();
      int[] batch = new int[3];
      for (int round = 0; round < 5; round++) {
        for (int t = 0; t < 4; t++) {
          schedule.fill(round, l, t, batch);
          Arrays.stream(batch).forEach(own::set);
        }
      }
      int[] shard = shard(l);
      assertTrue(own.stream().allMatch(i -> Arrays.binarySearch(shard, i) >= 0));
      assertEquals(shard.length, own.cardinality(), "every sample has its turn");
      assertTrue(!seen.intersects(own));
      seen.or(own);
    }
  }

  @Test
  void whoCannotIsTold() {
    TrainingPlanBuilder gram =
        plan(new MaskLaw.Full(SUBNETS)).split(DataSplit.SHARD).engine(EngineKind.GRAM);
    assertTrue(
        String.valueOf(assertThrows(TrainingException.class, gram::build).getMessage())
            .contains("a share of the samples for each subnet"));
    TrainingPlan many =
        plan(new MaskLaw.Full(SAMPLES + 1)).split(DataSplit.SHARD).batch(OptionalInt.of(2)).build();
    assertEquals(
        "23 samples cannot be shared out to 24 subnets: use fewer subnets, or data split full",
        assertThrows(TrainingException.class, () -> open(many, data(), ETA)).getMessage());
  }
}
