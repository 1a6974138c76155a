package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.DataSplit;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Loss;
import dev.shallot.plan.Observation;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSchedule;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import dev.shallot.training.TrainingEvent;
import java.util.List;
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

  private static final SmallData DATA = new SmallData(70, 9, 2, 3);

  private static void same(TrainingPlanBuilder plan) {
    same(plan, DATA);
  }

  private static void same(TrainingPlanBuilder plan, SmallData data) {
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

  @Test
  void soDoVelocitiesThatTravelClassesAndAFallingStepSize() {
    same(
        plan(new MaskLaw.Bernoulli(4, 0.5))
            .loss(Loss.CROSS_ENTROPY)
            .momentum(0.8)
            .split(DataSplit.SHARD)
            .schedule(new StepSchedule(new StepSchedule.Cosine(0.1), 2))
            .trained(TrainedLayers.BOTH)
            .aggregation(Aggregation.COVERAGE_MEAN)
            .stepSize(0.002),
        new SmallData(70, 9, 3, 3, true));
  }

  @Test
  void aStateThatIsRestoredGoesOnToTheSameBits() {
    TrainingPlanBuilder plan =
        plan(new MaskLaw.Categorical(3)).momentum(0.5).stepSize(0.01).engine(EngineKind.SPARK);
    Kept kept = new Kept();
    Trial whole = Trial.spark(plan, DATA, "local[2]", kept.saver(5));
    Trial rest = Trial.resumed(plan, DATA, "local[2]", kept);
    assertArrayEquals(
        whole.outcome().network().hiddenWeights(), rest.outcome().network().hiddenWeights());
    int events = whole.events().size();
    List<TrainingEvent> last = whole.events().subList(events - rest.events().size(), events);
    assertEquals(Events.text(last), Events.text(rest.events()));
  }
}
