package dev.shallot.training;

import dev.shallot.mask.MaskSet;
import dev.shallot.plan.TrainingPlan;

/** What a run with its subnets on other machines would move. */
public final class ByteLedger {
  private ByteLedger() {}

  /**
   * Bytes of one round: {@code 2 * (sum of coverages) * row * bytes per number}. A held neuron's
   * row travels to the subnet and back; it is the d hidden weights, and the c output weights too
   * when they are trained; with momentum the velocity of each of these numbers travels too. Masks
   * travel nowhere: every machine draws them itself.
   */
  public static long roundBytes(MaskSet masks, TrainingPlan plan, int features, int outputs) {
    return 2 * masks.coverageSum() * rowBytes(plan, features, outputs);
  }

  /**
   * Bytes of one round of local SGD with p workers: {@code 2 p m * row * bytes per number}. Each
   * gets the whole model, and sends it back after its tau local steps; with momentum the velocities
   * go with it, as they do with the subnets.
   */
  public static long localSgdBytes(TrainingPlan plan, int features, int outputs) {
    return 2L * plan.masks().subnets() * plan.width() * rowBytes(plan, features, outputs);
  }

  /**
   * Bytes of one round of data parallelism with p workers: {@code 2 p m tau * row * bytes per
   * number}, for each step sends the gradient of the whole model and gets the sum. Velocities stay
   * where they are: every worker makes the same ones of the same gradients.
   */
  public static long dataParallelBytes(TrainingPlan plan, int features, int outputs) {
    return 2L
        * plan.masks().subnets()
        * plan.width()
        * plan.localSteps()
        * weightBytes(plan, features, outputs);
  }

  /** What of a neuron travels: its trained weights, and their velocities. */
  private static long rowBytes(TrainingPlan plan, int features, int outputs) {
    return (plan.momentum() > 0.0 ? 2 : 1) * weightBytes(plan, features, outputs);
  }

  private static long weightBytes(TrainingPlan plan, int features, int outputs) {
    long row = plan.trained().output() ? (long) features + outputs : features;
    return row * plan.precision().bytes();
  }
}
