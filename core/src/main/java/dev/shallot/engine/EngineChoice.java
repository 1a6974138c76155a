package dev.shallot.engine;

import dev.shallot.engine.gram.GramEngine;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainingPlan;
import java.util.Locale;

/**
 * Which engine suits a run, by an estimate of the work of one local step.
 *
 * <p>With B samples a step, n samples in all, d features and c outputs, a held neuron costs the
 * dense engine 4 B (d + c) flops, the gram engine 2 n B + 4 n c by products, or about n^2 / 4 table
 * entries in place of 2 n^2 flops when steps can be looked up. The gram engine keeps n numbers a
 * neuron where the dense one keeps d, so it is left out when its state would not fit.
 *
 * @param kind the engine
 * @param reason why, for people
 */
public record EngineChoice(EngineKind kind, String reason) {
  /** Flops of a product that take as long as looking up one entry of a table. */
  private static final double FLOPS_PER_ENTRY = 3.0;

  /**
   * What the gram engine must save at least to be taken: rounds cost it a little more to combine.
   */
  private static final double MARGIN = 1.2;

  /** The engine of a plan; the plan's own word unless that is "auto". */
  public static EngineChoice of(EngineSetup setup) {
    TrainingPlan plan = setup.plan();
    if (plan.engine() != EngineKind.AUTO) {
      return new EngineChoice(plan.engine(), "asked for");
    }
    double n = setup.data().samples();
    double c = setup.data().outputs();
    double dense = 4.0 * setup.samplesPerStep() * (setup.data().features() + c);
    double gram =
        GramEngine.looksUp(setup)
            ? FLOPS_PER_ENTRY * n * n / 4.0 + 8.0 * n
            : 2.0 * n * setup.samplesPerStep() + 8.0 * n * c;
    double ratio = dense / gram;
    if (ratio < MARGIN) {
      return new EngineChoice(
          EngineKind.DENSE,
          String.format(
              Locale.ROOT,
              "a step in sample space would cost %.2g times one in weight space",
              1.0 / ratio));
    }
    double bytes = gramBytes(setup);
    double heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap / 2) {
      return new EngineChoice(
          EngineKind.DENSE,
          String.format(
              Locale.ROOT,
              "sample space would be %.2g times cheaper, but needs %.1f GiB of a heap of %.1f GiB",
              ratio,
              bytes / (1L << 30),
              heap / (1L << 30)));
    }
    return new EngineChoice(
        EngineKind.GRAM,
        String.format(
            Locale.ROOT,
            "a step in sample space costs about 1/%.2g of one in weight space",
            ratio));
  }

  /** State, sums, and a private copy a worker: two arrays of n x m each; and K. */
  private static double gramBytes(EngineSetup setup) {
    TrainingPlan plan = setup.plan();
    double n = setup.data().samples();
    int bytes = plan.precision() == Precision.FLOAT32 ? 4 : 8;
    int copies = 2 + 2 + 2 * Math.min(plan.threads(), plan.masks().subnets());
    // The start, Z = X W^T, is computed in float64.
    return n * plan.width() * (bytes * copies + 8.0) + n * n * (bytes + 8.0);
  }
}
