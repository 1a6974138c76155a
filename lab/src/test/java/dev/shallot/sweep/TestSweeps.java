package dev.shallot.sweep;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shallot.run.PlanDocument;
import dev.shallot.run.RunException;
import dev.shallot.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** Small sweeps on a built-in table, for tests. */
final class TestSweeps {
  static final DataSource DATA = DataSource.of("synthetic:tabular,rows=20,features=5,seed=3");

  private TestSweeps() {}

  /** Keys and values in turn over a small plan. */
  static PlanDocument plan(String... flags) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("width", "24");
    all.put("rounds", "6");
    all.put("subnets", "3");
    all.put("local-steps", "2");
    all.put("batch", "full");
    all.put("train", "hidden");
    all.put("precision", "float64");
    all.put("seed", "5");
    for (int i = 0; i < flags.length; i += 2) {
      all.put(flags[i], flags[i + 1]);
    }
    return PlanDocument.practitioner().withFlags(all);
  }

  /** A grid of two axes and two seeds: 2 x 3 x 2 cells. */
  static SweepSpec grid(String... flags) {
    return SweepSpec.of(
        plan(flags),
        List.of(GridText.axis("keep=0.5,1"), GridText.axis("subnets=1:3"), Axis.seeds(5, 2)));
  }

  static SweepSettings settings(int workers) {
    return new SweepSettings(workers, false, false, new TrainingListener() {});
  }

  /** Runs with as many cores as there are workers. */
  static SweepResult run(SweepSpec spec, Path folder, int workers) {
    return Sweep.run(
        spec, SweepData.of(DATA), folder, settings(workers), SweepWatch.NOTHING, workers);
  }

  /** What was run, in the order in which it was finished. */
  static class Seen implements SweepWatch {
    final List<String> hashes = new ArrayList<>();
    final List<String> remarks = new ArrayList<>();
    int workers;
    int before;

    @Override
    public void started(int cells, int runs, int done, int at, List<String> told) {
      workers = at;
      before = done;
      remarks.addAll(told);
    }

    @Override
    public void finished(CellResult result, int done, int runs) {
      hashes.add(result.hash());
    }
  }

  /** The message with which something is refused. */
  static String refusal(Executable executable) {
    return String.valueOf(assertThrows(RunException.class, executable).getMessage());
  }
}
