package dev.shallot.spark;

import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.Observation;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The engine gives the bits of the dense engine. */
class SparkEngineTest {

  private static TrainingPlanBuilder plan(MaskLaw masks) {
    return TrainingPlan.builder(1000, masks)
        .rounds(12)
        .localSteps(3)
        .stepSize(0.05)
        .seed(7)
        .precision(Precision.FLOAT64);
  }

  private static void same(TrainingPlanBuilder plan) {
    SmallData data = new SmallData(70, 9, 2, 3);
    Trial.dense(plan, data).assertSame(Trial.spark(plan, data, "local[2]"));
  }

  @Test
  void overlappingMasksGiveTheDenseEnginesBits() {
    same(plan(new MaskLaw.Bernoulli(5, 0.4)));
  }

  @Test
  void soDoMinibatchesInFloat32WithOutputWeightsThatTravel() {
    same(
        plan(new MaskLaw.EqualPartition(4))
            .precision(Precision.FLOAT32)
            .trained(TrainedLayers.BOTH)
            .initialization(Initialization.HE, 1.0)
            .batch(OptionalInt.of(16))
            .stepSize(0.001)
            .observation(new Observation(Observation.Detail.ROUNDS, 3)));
  }

  @Test
  void soDoFewNeuronsManySubnetsAndSmoothActivations() {
    // Some subnets hold nothing of a part, some nothing at all; the last part is a short one.
    same(
        TrainingPlan.builder(150, new MaskLaw.Bernoulli(9, 0.02))
            .activation(Activation.TANH)
            .aggregation(Aggregation.SUBNET_MEAN)
            .trained(TrainedLayers.OUTPUT)
            .rounds(5)
            .localSteps(2)
            .stepSize(0.05));
  }
}
