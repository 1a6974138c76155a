package dev.shallot.spark;

import dev.shallot.TrainingException;
import dev.shallot.engine.DataOrigin;
import dev.shallot.engine.EngineSetup;
import dev.shallot.network.DrawnNetwork;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * What every executor must know of a run; sent to each once. Neither weights nor samples nor masks
 * are in it: all of them are functions of it.
 *
 * @param run tells the runs of a JVM apart
 * @param versions of the driver, see {@link Versions}
 * @param partSize neurons of every part but the last
 * @param data a hash of X, Y and weights as the driver prepared them
 * @param tree the run itself
 */
record RunBrief(String run, Versions versions, int partSize, int data, RecordTree tree)
    implements Serializable {

  /** What an engine is opened with, with the data's origin in place of the data. */
  private record Run(TrainingPlan plan, StepSizes steps, DrawnNetwork start, DataOrigin origin) {}

  static RunBrief of(String run, int partSize, EngineSetup setup, DataOrigin origin) {
    Run what = new Run(setup.plan(), setup.steps(), (DrawnNetwork) setup.start(), origin);
    return new RunBrief(run, Versions.here(), partSize, hash(setup.data()), RecordTree.of(what));
  }

  /** Reads the data, and gives what an engine is opened with here. */
  EngineSetup setup() {
    Run what = tree.as(Run.class);
    TrainingData here = what.origin.read();
    if (hash(here) != data) {
      throw new TrainingException(
          "the data came out different from the driver's, of the same origin (%s)"
              .formatted(what.origin));
    }
    return new EngineSetup(what.plan, what.steps, what.start, here);
  }

  private static int hash(TrainingData data) {
    return Objects.hash(
        Arrays.hashCode(data.x()), Arrays.hashCode(data.y()), Arrays.hashCode(data.weights()));
  }

  TrainingPlan plan() {
    return tree.as(Run.class).plan;
  }
}
