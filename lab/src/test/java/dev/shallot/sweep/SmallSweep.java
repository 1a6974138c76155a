package dev.shallot.sweep;

import dev.shallot.run.PlanDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A sweep of a second: two axes and two seeds, for tests of what shows sweeps. */
public final class SmallSweep {
  /** Six places, twelve cells. */
  public static final List<Axis> AXES =
      List.of(
          Axis.of("keep", List.of("0.5", "0.8", "1")),
          Axis.of("subnets", List.of("1", "2")),
          Axis.seeds(0, 2));

  private SmallSweep() {}

  /** Runs one. */
  public static SweepResult run(Path folder, List<Axis> axes) {
    PlanDocument base =
        PlanDocument.practitioner()
            .withFlags(
                Map.of("width", "16", "rounds", "3", "mask", "bernoulli", "local-steps", "2"));
    return Sweep.run(
        SweepSpec.of(base, axes),
        SweepData.of(DataSource.of("synthetic:sphere,rows=20,features=5")),
        folder,
        SweepSettings.usual(),
        SweepWatch.NOTHING);
  }
}
