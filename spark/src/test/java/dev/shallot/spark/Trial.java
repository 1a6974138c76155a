package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.engine.Cluster;
import dev.shallot.engine.DataOrigin;
import dev.shallot.network.DrawnNetwork;
import dev.shallot.network.Network;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import dev.shallot.training.MaskedTraining;
import dev.shallot.training.Resumption;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run for tests: what it told and what it gave.
 *
 * @param events all of them
 * @param outcome with the network
 */
record Trial(List<TrainingEvent> events, TrainingOutcome outcome) {

  /** On this machine alone. */
  static Trial dense(TrainingPlanBuilder plan, SmallData data, TrainingListener... listeners) {
    return run(
        plan.engine(EngineKind.DENSE).build(),
        data,
        Optional.empty(),
        List.of(listeners),
        Optional.empty());
  }

  /** On a cluster; the listeners hear of it. */
  static Trial spark(
      TrainingPlanBuilder plan, SmallData data, String master, TrainingListener... listeners) {
    return spark(plan, data, data, master, listeners);
  }

  /** The same, with executors that get the data from elsewhere. */
  static Trial spark(
      TrainingPlanBuilder plan,
      SmallData data,
      DataOrigin origin,
      String master,
      TrainingListener... listeners) {
    return spark(plan, data, new Cluster(Optional.of(master), Optional.empty(), origin), listeners);
  }

  /** The same, wherever the cluster is. */
  static Trial spark(
      TrainingPlanBuilder plan, SmallData data, Cluster cluster, TrainingListener... listeners) {
    return run(
        plan.engine(EngineKind.SPARK).build(),
        data,
        Optional.of(cluster),
        List.of(listeners),
        Optional.empty());
  }

  /** The rest of a run on a cluster. */
  static Trial resumed(
      TrainingPlanBuilder plan,
      SmallData data,
      String master,
      Kept kept,
      TrainingListener... listeners) {
    Cluster cluster = new Cluster(Optional.of(master), Optional.empty(), data);
    return run(
        plan.engine(EngineKind.SPARK).build(),
        data,
        Optional.of(cluster),
        List.of(listeners),
        Optional.of(kept.resumption()));
  }

  private static Trial run(
      TrainingPlan plan,
      SmallData data,
      Optional<Cluster> cluster,
      List<TrainingListener> listeners,
      Optional<Resumption> from) {
    List<TrainingEvent> events = new ArrayList<>();
    List<TrainingListener> all = new ArrayList<>(listeners);
    all.add(
        new TrainingListener() {
          @Override
          public void event(TrainingEvent event) {
            events.add(event);
          }
        });
    DrawnNetwork law =
        new DrawnNetwork(
            plan.initialization(),
            plan.initScale(),
            plan.width(),
            data.features(),
            data.outputs(),
            plan.seed(),
            plan.activation());
    return new Trial(events, MaskedTraining.run(plan, data.read(), law, all, from, cluster));
  }

  /** Every bit of every event and weight is the same. */
  void assertSame(Trial other) {
    assertEquals(Events.text(events), Events.text(other.events));
    Network expected = outcome.network();
    Network found = other.outcome.network();
    assertArrayEquals(expected.hiddenWeights(), found.hiddenWeights());
    assertArrayEquals(expected.outputWeights(), found.outputWeights());
    assertEquals(outcome.last(), other.outcome.last());
    assertEquals(outcome.initial(), other.outcome.initial());
  }
}
