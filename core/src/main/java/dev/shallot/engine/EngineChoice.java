package dev.shallot.engine;

import dev.shallot.plan.EngineKind;
import dev.shallot.plan.TrainingPlan;
import java.util.Locale;

/**
 * Which engine suits a run, by an estimate of the work of one local step. It is a function of the
 * plan and the shape of the data alone, never of the machine, so that a run is the same run
 * elsewhere.
 *
 * <p>With B samples a step, n samples in all, d features and c outputs, a held neuron costs the
 * dense engine 4 B (d + c) flops and the gram engine 2 n B + 8 n c, and some 300 n a round to
 * gather a subnet and put it back, shared by its tau steps. The gram engine keeps n numbers a
 * neuron where the dense one keeps d, so it is left out when its state would be large.
 *
 * @param kind the engine
 * @param reason why, for people
 */
public record EngineChoice(EngineKind kind, String reason) {
  /**
   * What the gram engine must save at least to be taken: rounds cost it a little more to combine.
   */
  private static final double MARGIN = 1.2;

  /** Flops a sample and held neuron that pass in a gram round beside its steps; measured. */
  private static final double ROUND = 300.0;

  /** The largest state that auto gives the gram engine, in bytes, before private copies. */
  private static final double MOST_STATE = 1L << 30;

  /** The engine of a plan; the plan's own word unless that is "auto". */
  public static EngineChoice of(EngineSetup setup) {
    TrainingPlan plan = setup.plan();
    if (plan.engine() != EngineKind.AUTO) {
      return new EngineChoice(plan.engine(), "asked for");
    }
    double n = setup.data().samples();
    double c = setup.data().outputs();
    double dense = 4.0 * setup.samplesPerStep() * (setup.data().features() + c);
    double gram = 2.0 * n * setup.samplesPerStep() + 8.0 * n * c + ROUND * n / plan.localSteps();
    double ratio = dense / gram;
    if (ratio < MARGIN) {
      return new EngineChoice(
          EngineKind.DENSE,
          String.format(
              Locale.ROOT,
              "a step in sample space would cost %.2g times one in weight space",
              1.0 / ratio));
    }
    // Pre-activations, coefficients and the sums of both; K; the start in float64.
    double bytes =
        plan.precision().bytes() * (4.0 * n * plan.width() + n * n) + 8.0 * n * plan.width();
    if (bytes > MOST_STATE) {
      return new EngineChoice(
          EngineKind.DENSE,
          String.format(
              Locale.ROOT,
              "sample space would be %.2g times cheaper, but its state would take %.1f GiB; ask for"
                  + " gram to have it all the same",
              ratio,
              bytes / (1L << 30)));
    }
    return new EngineChoice(
        EngineKind.GRAM,
        String.format(
            Locale.ROOT,
            "a step in sample space costs about 1/%.2g of one in weight space",
            ratio));
  }
}
