package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.mask.MaskLaw;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A model that no executor's heap could hold. */
@Tag("slow")
class LargeModelTest {
  private static final int WIDTH = 32_768;
  private static final int FEATURES = 2_048;
  private static final int HEAP_MIB = 200;
  private static final SmallData DATA = new SmallData(8, FEATURES, 1, 5);

  private static TrainingPlanBuilder plan() {
    return TrainingPlan.builder(WIDTH, new MaskLaw.EqualPartition(32))
        .precision(Precision.FLOAT32)
        .rounds(2)
        .localSteps(2)
        .stepSize(0.01)
        .seed(3);
  }

  @Test
  void isTrainedByExecutorsThatHoldAThirdOfItEach() {
    long model = 4L * WIDTH * FEATURES;
    assertTrue(model > (long) HEAP_MIB << 20, "the model is larger than a heap");
    Trial spark;
    try (LocalCluster cluster = LocalCluster.of(3, 1)) {
      Map<String, String> small = new HashMap<>();
      small.put("spark.executor.memory", HEAP_MIB + "m");
      // Spark keeps 300 MiB of a heap for itself; so small a one has to make do with less.
      small.put("spark.testing.reservedMemory", String.valueOf(64L << 20));
      small.put("spark.network.maxRemoteBlockSizeFetchToMem", "48m");
      small.put("spark.shallot.partBytes", "2m");
      spark =
          Settings.with(cluster.settings(3, small), () -> Trial.spark(plan(), DATA, cluster.url()));
    }
    Trial dense = Trial.dense(plan(), DATA);
    assertEquals(Events.text(dense.events()), Events.text(spark.events()));
    assertRows(dense.outcome().rows(), spark.outcome().rows());
  }

  /** Compares two networks without having the second as a whole. */
  private static void assertRows(NetworkRows expected, NetworkRows found) {
    int count = 1024;
    double[] hidden = new double[count * FEATURES];
    double[] others = new double[count * FEATURES];
    double[] output = new double[count];
    double[] otherOutput = new double[count];
    for (int first = 0; first < WIDTH; first += count) {
      expected.copyRows(first, count, hidden, output);
      found.copyRows(first, count, others, otherOutput);
      assertArrayEquals(hidden, others);
      assertArrayEquals(output, otherOutput);
    }
  }
}
