package dev.shallot.spark;

import dev.shallot.engine.DataOrigin;
import dev.shallot.engine.EngineSetup;
import dev.shallot.network.DrawnNetwork;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import java.io.Serializable;

/**
 * What every executor must know of a run; sent to each once. Neither weights nor samples nor masks
 * are in it: all of them are functions of it.
 *
 * @param run tells the runs of a JVM apart
 * @param versions of the driver, see {@link Versions}
 * @param partSize neurons of every part but the last
 * @param tree the run itself
 */
record RunBrief(String run, Versions versions, int partSize, RecordTree tree)
    implements Serializable {

  /** What an engine is opened with, with the data's origin in place of the data. */
  private record Run(TrainingPlan plan, StepSizes steps, DrawnNetwork start, DataOrigin origin) {}

  static RunBrief of(String run, int partSize, EngineSetup setup, DataOrigin origin) {
    Run what = new Run(setup.plan(), setup.steps(), (DrawnNetwork) setup.start(), origin);
    return new RunBrief(run, Versions.here(), partSize, RecordTree.of(what));
  }

  /** Reads the data, and gives what an engine is opened with here. */
  EngineSetup setup() {
    Run what = tree.as(Run.class);
    return new EngineSetup(what.plan, what.steps, what.start, what.origin.read());
  }

  TrainingPlan plan() {
    return tree.as(Run.class).plan;
  }
}
