package dev.shallot.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;

/** An engine under test, and how the goldens drive it with masks of their own. */
interface EngineGoldens {

  /** Opens the engine; the caller closes it. */
  TrainingEngine open(EngineSetup setup);

  /** How far a number may be from its golden, relative to the larger of the golden and 1. */
  double tolerance();

  /** The number type to ask the engine for. */
  default Precision precision() {
    return Precision.FLOAT64;
  }

  /** Equal within the tolerance. */
  default void assertClose(double expected, double actual, String what) {
    assertEquals(expected, actual, tolerance() * Math.max(1.0, Math.abs(expected)), what);
  }

  /** Equal entry by entry within the tolerance. */
  default void assertClose(double[] expected, double[] actual, String what) {
    assertEquals(expected.length, actual.length, what);
    for (int i = 0; i < expected.length; i++) {
      assertClose(expected[i], actual[i], what + ", entry " + i);
    }
  }

  /** What one engine call gave. */
  record Taken(RoundReport report, Network network) {}

  /** A plan for this engine; the caller adds what it needs. */
  default TrainingPlanBuilder plan(Network network, MaskLaw law) {
    return TrainingPlan.builder(network.width(), law).precision(precision()).stepSize(0.5);
  }

  /** The engine of this plan, network and data. */
  default TrainingEngine open(TrainingPlan plan, Network network, TrainingData data) {
    double hidden = plan.stepSize().orElseThrow();
    StepSizes steps = new StepSizes(hidden, plan.outputStepSize().orElse(hidden), "given");
    return open(new EngineSetup(plan, steps, network, data));
  }

  /** Takes one round with these masks, everything measured. */
  default Taken take(TrainingPlan plan, Network network, TrainingData data, MaskSet masks) {
    try (TrainingEngine engine = open(plan, network, data)) {
      RoundReport report = engine.round(new RoundTask(0, masks, true, true));
      return new Taken(report, engine.network());
    }
  }

  /**
   * The monitored outputs of the whole network, n x c. An engine tells errors, not outputs, so they
   * are taken from three errors each: u_i = (||u||^2 + 1 - ||u - e_i||^2) / 2.
   */
  default double[] wholeOutputs(TrainingPlan plan, Network network, TrainingData data) {
    return polarize(
        data,
        targets -> {
          try (TrainingEngine engine = open(plan, network, targets)) {
            return engine.measure().error();
          }
        });
  }

  /** The outputs of one subnet before it trains, n x c; see {@link #wholeOutputs}. */
  default double[] subnetOutputs(
      TrainingPlan plan, Network network, TrainingData data, MaskSet masks, int subnet) {
    return polarize(
        data,
        targets ->
            take(plan, network, targets, masks)
                .report()
                .subnetErrors()[subnet * (plan.localSteps() + 1)]);
  }

  private static double[] polarize(
      TrainingData data, java.util.function.ToDoubleFunction<TrainingData> error) {
    double[] outputs = new double[data.y().length];
    double norm = error.applyAsDouble(withTargets(data, new double[outputs.length]));
    for (int i = 0; i < outputs.length; i++) {
      double[] unit = new double[outputs.length];
      unit[i] = 1.0;
      outputs[i] = (norm + 1.0 - error.applyAsDouble(withTargets(data, unit))) / 2.0;
    }
    return outputs;
  }

  /** The same features with other targets. */
  static TrainingData withTargets(TrainingData data, double[] targets) {
    return new TrainingData(data.samples(), data.features(), data.outputs(), data.x(), targets);
  }

  /** ||v - w||^2. */
  static double squaredDistance(double[] v, double[] w) {
    double sum = 0.0;
    for (int i = 0; i < v.length; i++) {
      sum += (v[i] - w[i]) * (v[i] - w[i]);
    }
    return sum;
  }

  /** (v - w) * factor. */
  static double[] scaledDifference(double[] v, double[] w, double factor) {
    double[] difference = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      difference[i] = (v[i] - w[i]) * factor;
    }
    return difference;
  }
}
