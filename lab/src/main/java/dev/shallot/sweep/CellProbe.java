package dev.shallot.sweep;

import dev.shallot.data.PreparedData;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.training.TrainingListener;
import java.util.Map;

/** Measures more about a cell than its trace holds. */
public interface CellProbe {
  /** Measures nothing. */
  CellProbe NOTHING =
      new CellProbe() {
        @Override
        public String name() {
          return "";
        }

        @Override
        public Watch watch(TrainingPlan plan, PreparedData data, Network initial) {
          return Map::of;
        }
      };

  /** What is measured, in a word: a sweep with another probe is another sweep. */
  String name();

  /** Begins with a cell; called on any thread. */
  Watch watch(TrainingPlan plan, PreparedData data, Network initial);

  /** Watches one cell. */
  interface Watch extends TrainingListener {
    /** Named series, once the cell is done. */
    Map<String, double[]> measured();
  }
}
