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
   * gets the whole model, and sends it back after its tau local steps.
   */
  public static long localSgdBytes(TrainingPlan plan, int features, int outputs) {
    return 2L * plan.masks().subnets() * plan.width() * rowBytes(plan, features, outputs);
  }

  /**
   * Bytes of one round of data parallelism with p workers: tau times that of {@link
   * #localSgdBytes}, for each step sends the gradient of the whole model and gets the sum.
   */
  public static long dataParallelBytes(TrainingPlan plan, int features, int outputs) {
    return plan.localSteps() * localSgdBytes(plan, features, outputs);
  }

  private static long rowBytes(TrainingPlan plan, int features, int outputs) {
    long row = plan.trained().output() ? (long) features + outputs : features;
    row *= plan.momentum() > 0.0 ? 2 : 1;
    return row * plan.precision().bytes();
  }
}
