package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.engine.Cluster;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.DrawnNetwork;
import dev.shallot.network.Network;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import dev.shallot.training.MaskedTraining;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** What a run told and gave. */
  private record Told(List<TrainingEvent> events, TrainingOutcome outcome) {}

  private static Told run(TrainingPlan plan, Optional<Cluster> cluster) {
    SmallData origin = new SmallData(70, 9, 2, 3);
    List<TrainingEvent> events = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void event(TrainingEvent event) {
            events.add(event);
          }
        };
    DrawnNetwork law =
        new DrawnNetwork(
            plan.initialization(),
            plan.initScale(),
            plan.width(),
            9,
            2,
            plan.seed(),
            plan.activation());
    TrainingOutcome outcome =
        MaskedTraining.run(plan, origin.read(), law, List.of(listener), Optional.empty(), cluster);
    return new Told(events, outcome);
  }

  private static void same(TrainingPlanBuilder plan) {
    Told dense = run(plan.engine(EngineKind.DENSE).build(), Optional.empty());
    Cluster cluster =
        new Cluster(Optional.of("local[2]"), Optional.empty(), new SmallData(70, 9, 2, 3));
    Told spark = run(plan.engine(EngineKind.SPARK).build(), Optional.of(cluster));
    assertEquals(Events.text(dense.events), Events.text(spark.events));
    Network expected = dense.outcome.network();
    Network found = spark.outcome.network();
    assertArrayEquals(expected.hiddenWeights(), found.hiddenWeights());
    assertArrayEquals(expected.outputWeights(), found.outputWeights());
    assertEquals(dense.outcome.last(), spark.outcome.last());
  }

  @Test
  void overlappingMasksGiveTheDenseEnginesBits() {
    same(plan(new MaskLaw.Bernoulli(5, 0.4)));
  }
}
