package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.baseline.Baseline;
import dev.shallot.baseline.Baselines;
import dev.shallot.data.PreparedData;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Baselines against runs that are the same thing. */
class BaselinesTest {
  @TempDir private Path folder = Path.of("");

  private record Beside(RunResult run, List<Baseline> baselines) {
    Baseline named(String name) {
      return baselines.stream().filter(b -> b.name().equals(name)).findFirst().orElseThrow();
    }
  }

  private Beside beside(String name, String... flags) {
    PlanDocument plan = TestRuns.plan(flags).withFlags(java.util.Map.of("target", "y"));
    RunResult run = TestRuns.run(folder, name, TestRuns.plan(flags));
    PreparedData data = Run.prepare(plan, folder.resolve("table.csv"));
    return new Beside(run, Baselines.of(plan, data, run.outcome().steps(), run.outcome().rounds()));
  }

  @Test
  void withoutMasksTheRunIsItsOwnDenseBaseline() {
    Beside full = beside("full", "mask", "full", "subnets", "1", "split", "0.25", "rounds", "30");
    Baseline dense = full.named("dense, no masks");
    assertEquals(full.run().outcome().last().error(), dense.error(), 1e-9 * dense.error());
    assertEquals(
        full.run().outcome().heldOutScores().orElseThrow().getFirst().number().rmse(),
        dense.heldOut().orElseThrow().getFirst().number().rmse(),
        1e-9);
  }

  /** Output weights alone make a linear model: its linearisation is itself. */
  @Test
  void anOutputLayerAloneIsItsOwnLinearisation() {
    for (String activation : List.of("relu", "tanh")) {
      Beside output =
          beside(
              "output-" + activation,
              "mask",
              "full",
              "subnets",
              "1",
              "train",
              "output",
              "activation",
              activation,
              "split",
              "0.25",
              "rounds",
              "30");
      Baseline dense = output.named("dense, no masks");
      Baseline linear = output.named("linearised");
      // The step size of the run is found by power iteration, to 3e-4.
      assertEquals(dense.error(), linear.error(), 1e-2 * dense.error());
      double held = dense.heldOut().orElseThrow().getFirst().number().rmse();
      assertEquals(held, linear.heldOut().orElseThrow().getFirst().number().rmse(), 1e-2 * held);
    }
  }

  /** The gap falls like 1/sqrt(m): 0.42, 0.28, 0.13 of the error for m = 1500, 6000, 24000. */
  @Test
  void theWiderTheNetworkTheCloserToItsLinearisation() {
    assertTrue(gap("24000") < 0.5 * gap("1500"));
  }

  private double gap(String width) {
    Beside run =
        beside("wide" + width, "mask", "full", "subnets", "1", "width", width, "rounds", "20");
    double linear = run.named("linearised").error();
    return Math.abs(run.named("dense, no masks").error() - linear) / linear;
  }

  @Test
  void theInfiniteKernelInterpolates() {
    for (String train : List.of("hidden", "both", "output")) {
      Beside run = beside("run-" + train, "train", train, "activation", "gelu", "init", "lecun");
      Baseline infinite = run.named("infinite kernel");
      assertTrue(infinite.computed(), infinite.note());
      assertTrue(infinite.error() < 1e-6, train + " " + infinite);
      assertTrue(run.named("random features").computed());
      assertTrue(infinite.heldOut().isEmpty());
    }
  }

  @Test
  void whatCannotBeComputedSaysWhy() {
    Beside run = beside("run", "init-scale", "0");
    Baseline infinite = run.named("infinite kernel");
    assertFalse(infinite.computed());
    assertTrue(infinite.note().contains("must be positive"), infinite.note());
  }
}
