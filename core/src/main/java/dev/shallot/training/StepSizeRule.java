package dev.shallot.training;

import dev.shallot.TrainingException;
import dev.shallot.engine.BatchSchedule;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Team;
import dev.shallot.engine.WorkerPool;
import dev.shallot.engine.dense.TangentKernel;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.Loss;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.util.Locale;

/**
 * The step size that a run uses when none is given.
 *
 * <p>To first order a local step multiplies a subnet's residual by I - eta K with K its masked
 * tangent kernel, so it is stable for eta &lt; 2 / lambda_max(K). The rule takes half of that, 1 /
 * lambda_max(K): the step at which the stiffest direction is done at once, and which leaves a
 * factor of two for the kernel to grow in training. Sample weights D make it D^1/2 K D^1/2. Under
 * cross-entropy the answers' curvature is at most 1/2 where that of the squared loss is 1, so steps
 * are twice as long. Momentum mu would allow 2 (1 + mu) / lambda_max; the rule does not use it.
 * lambda_max is measured on the first round's masks (of the first few subnets) and, with
 * minibatches, on the first few batches, the largest one counting.
 */
public final class StepSizeRule {
  /** The part of the stability limit that is used. */
  public static final double SAFETY = 0.5;

  private static final int MOST_SUBNETS = 3;
  private static final int MOST_BATCHES = 4;

  private StepSizeRule() {}

  /** The step sizes that a plan gives or leaves open. */
  public static StepSizes resolve(TrainingPlan plan, NetworkRows initial, TrainingData data) {
    if (plan.stepSize().isPresent()) {
      double hidden = plan.stepSize().getAsDouble();
      return new StepSizes(hidden, plan.outputStepSize().orElse(hidden), "given");
    }
    if (plan.outputStepSize().isEmpty()) {
      double largest =
          largestEigenvalue(
              plan,
              initial,
              data,
              plan.trained().hidden() ? 1.0 : 0.0,
              plan.trained().output() ? 1.0 : 0.0);
      double step = positive(SAFETY * 2.0 / largest);
      return new StepSizes(
          step,
          step,
          String.format(
              Locale.ROOT,
              "half of the stability limit 2/lambda_max, lambda_max = %.4g of the subnets' tangent"
                  + " kernel%s",
              largest,
              plan.loss() == Loss.CROSS_ENTROPY ? " times the loss's curvature 1/2" : ""));
    }
    double output = plan.outputStepSize().getAsDouble();
    double used = output * largestEigenvalue(plan, initial, data, 0.0, 1.0);
    if (!plan.trained().hidden()) {
      return new StepSizes(output, output, "given");
    }
    if (!(used < SAFETY * 2.0)) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "the output step size %.4g alone is at or beyond half of its stability limit (%.4g),"
                  + " so no hidden step size can be chosen: lower it, or give both",
              output,
              2.0 * output / used));
    }
    double largest = largestEigenvalue(plan, initial, data, 1.0, 0.0);
    return new StepSizes(
        positive((SAFETY * 2.0 - used) / largest),
        output,
        String.format(
            Locale.ROOT,
            "half of the stability limit, less what the output layer uses: (1 - %.4g)/lambda_max,"
                + " lambda_max = %.4g",
            used,
            largest));
  }

  /**
   * The hidden step size from which local steps are unstable at initialisation, 2 / lambda_max, the
   * output step size keeping its ratio to it.
   *
   * @param steps the step sizes of the run; only their ratio counts
   */
  public static double stableLimit(
      TrainingPlan plan, NetworkRows initial, TrainingData data, StepSizes steps) {
    double ratio = steps.output() / steps.hidden();
    return 2.0
        / largestEigenvalue(
            plan,
            initial,
            data,
            plan.trained().hidden() ? 1.0 : 0.0,
            plan.trained().output() ? ratio : 0.0);
  }

  private static double positive(double step) {
    if (!(step > 0.0 && Double.isFinite(step))) {
      throw new TrainingException(
          "no step size can be chosen: the tangent kernel of the first subnets is zero, so nothing"
              + " would train; give a step size, more neurons, or other features");
    }
    return step;
  }

  /** Of the subnets' tangent kernel, times the loss's curvature. */
  private static double largestEigenvalue(
      TrainingPlan plan,
      NetworkRows initial,
      TrainingData data,
      double hiddenWeight,
      double outputWeight) {
    EngineSetup setup = new EngineSetup(plan, new StepSizes(1.0, 1.0, ""), initial, data);
    MaskSet masks = plan.masks().draw(plan.seed(), 0, plan.width());
    int perStep = setup.samplesPerStep();
    int batches =
        plan.batch().isPresent()
            ? Math.min(MOST_BATCHES, plan.samplesPerSubnet(data.samples()) / perStep)
            : 1;
    BatchSchedule schedule = setup.batches(batches);
    double largest = 0.0;
    try (WorkerPool pool = new WorkerPool(plan.threads())) {
      Team team = pool;
      for (int l = 0; l < Math.min(MOST_SUBNETS, masks.subnets()); l++) {
        int[] neurons = new int[masks.held(l)];
        masks.heldNeurons(l, neurons);
        for (int t = 0; t < batches; t++) {
          int[] samples = new int[perStep];
          if (setup.someSamples()) {
            schedule.fill(0, l, t, samples);
          } else {
            java.util.Arrays.setAll(samples, i -> i);
          }
          largest =
              Math.max(
                  largest,
                  TangentKernel.largestEigenvalue(
                      setup, neurons, samples, hiddenWeight, outputWeight, team));
        }
      }
    }
    return plan.loss().curvature() * largest;
  }
}
