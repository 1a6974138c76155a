package dev.shallot.cli;

import dev.shallot.engine.Measurement;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Collects the three phases of the first rounds: sampling, local steps, aggregation. */
final class Phases implements TrainingListener {
  private static final int ROUNDS = 5;

  private final List<String> rows = new ArrayList<>();
  private int localSteps;
  private int subnets;
  private double before;
  private double sampled;
  private double local;

  @Override
  public void started(TrainingPlan plan, StepSizes steps, String engine, Measurement initial) {
    localSteps = plan.localSteps();
    subnets = plan.masks().subnets();
    before = initial.error();
  }

  @Override
  public void event(TrainingEvent event) {
    if (event.round() >= ROUNDS) {
      return;
    }
    switch (event) {
      case TrainingEvent.Sampled now -> {
        sampled = Arrays.stream(now.errors()).average().orElse(Double.NaN);
        local = 0.0;
      }
      case TrainingEvent.LocalSteps now -> local += now.errors()[now.errors().length - 1] / subnets;
      case TrainingEvent.Aggregated now -> {
        rows.add(
            String.format(
                Locale.ROOT,
                "  %5d  %12.6f  %12.6f  %12.6f  %12.6f",
                now.round(),
                before,
                sampled,
                local,
                now.whole().error()));
        before = now.whole().error();
      }
    }
  }

  /** A heading and one line a round. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "  the three phases of a round: masks are sampled, %d subnets take %d local steps each,"
                .formatted(subnets, localSteps)
            + " they are aggregated");
    lines.add("  round  before (G_k)  sampled (S_k)  local (L_tau)  aggregated (A_k)");
    lines.addAll(rows);
    lines.add("");
    return lines;
  }
}
