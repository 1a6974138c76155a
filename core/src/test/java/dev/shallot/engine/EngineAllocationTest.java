package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Activation;
import dev.shallot.numeric.Simd;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Loss;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSchedule;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * A local step allocates nothing: what a warm round allocates (its report, a few objects) is small
 * beside any array a step. Rounds are taken until one is small: until the compiler is done, vectors
 * are objects.
 */
// Forced narrow vectors are for checking results; they may be objects.
@DisabledIfSystemProperty(named = Simd.PROPERTY, matches = "128|256")
class EngineAllocationTest {
  private static final int SAMPLES = 160;
  private static final int FEATURES = 24;
  private static final int WIDTH = 500;
  private static final int SUBNETS = 2;
  private static final int LOCAL_STEPS = 30;
  private static final int STEPS = SUBNETS * LOCAL_STEPS;
  private static final int BATCH = 16;

  private static final int MOST_ROUNDS = 400;
  private static final int MASK_SETS = 8;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TestFactory
  Stream<DynamicTest> aWarmRoundAllocatesNextToNothing() {
    List<DynamicTest> tests = new ArrayList<>();
    for (EngineKind engine : List.of(EngineKind.DENSE, EngineKind.GRAM)) {
      for (Precision precision : Precision.values()) {
        for (int outputs : new int[] {1, 3}) {
          for (TrainedLayers trained : TrainedLayers.values()) {
            tests.add(test(engine, precision, outputs, trained, OptionalInt.empty(), 1));
          }
          TrainedLayers hidden = TrainedLayers.HIDDEN;
          tests.add(test(engine, precision, outputs, hidden, OptionalInt.of(BATCH), 1));
          tests.add(test(engine, precision, outputs, hidden, OptionalInt.empty(), 2));
          if (engine == EngineKind.DENSE) {
            tests.add(test(engine, precision, outputs, TrainedLayers.BOTH, Activation.GELU));
            if (outputs > 1) {
              tests.add(practice(precision, outputs));
            }
          }
        }
      }
    }
    return tests.stream();
  }

  /**
   * What a round may allocate, in bytes: some objects, the report's two numbers a step and a few
   * small objects of fixed size, an order of all samples an epoch, and in the gram engine some
   * numbers a neuron when it combines. One array of floats a sample and step would be 640 bytes a
   * step, one a held neuron 1,000.
   */
  private static long most(EngineKind engine, OptionalInt batch) {
    long epochs = batch.isPresent() ? SUBNETS + (long) STEPS * BATCH / SAMPLES : 0;
    long order = 24L * SAMPLES * epochs;
    return engine == EngineKind.GRAM
        ? 4_000 + 200L * STEPS + 24L * WIDTH + order
        : 4_000 + 100L * STEPS + order;
  }

  private DynamicTest test(
      EngineKind engine,
      Precision precision,
      int outputs,
      TrainedLayers trained,
      OptionalInt batch,
      int workers) {
    return test(engine, precision, outputs, trained, batch, workers, Activation.RELU);
  }

  private DynamicTest practice(Precision precision, int outputs) {
    TrainingPlan plan =
        TrainingPlan.builder(WIDTH, new MaskLaw.Bernoulli(SUBNETS, 0.5))
            .localSteps(LOCAL_STEPS)
            .rounds(MOST_ROUNDS)
            .engine(EngineKind.DENSE)
            .precision(precision)
            .trained(TrainedLayers.BOTH)
            .loss(Loss.CROSS_ENTROPY)
            .momentum(0.9)
            .schedule(new StepSchedule(new StepSchedule.Cosine(0), 1))
            .batch(OptionalInt.of(BATCH))
            .build();
    TrainingData data = Problems.weighted(Problems.classes(SAMPLES, FEATURES, outputs, 3), 5);
    String name = "%s, cross-entropy, momentum, schedule, weights".formatted(precision);
    return DynamicTest.dynamicTest(name, () -> check(name, plan, data));
  }

  private DynamicTest test(
      EngineKind engine,
      Precision precision,
      int outputs,
      TrainedLayers trained,
      Activation activation) {
    return test(engine, precision, outputs, trained, OptionalInt.empty(), 1, activation);
  }

  private DynamicTest test(
      EngineKind engine,
      Precision precision,
      int outputs,
      TrainedLayers trained,
      OptionalInt batch,
      int workers,
      Activation activation) {
    TrainingPlan plan =
        TrainingPlan.builder(WIDTH, new MaskLaw.Bernoulli(SUBNETS, 0.5))
            .localSteps(LOCAL_STEPS)
            .engine(engine)
            .precision(precision)
            .trained(trained)
            .activation(activation)
            .batch(batch)
            .threads(workers)
            .build();
    String name =
        "%s %s, %s, %d outputs, %s trained, batch %s, %d threads"
            .formatted(engine, precision, activation, outputs, trained, batch, workers);
    return DynamicTest.dynamicTest(
        name, () -> check(name, plan, Problems.gaussian(SAMPLES, FEATURES, outputs, 3)));
  }

  private void check(String name, TrainingPlan plan, TrainingData data) {
    long most = most(plan.engine(), plan.batch());
    Found found = leastBytes(plan, data, most);
    assertTrue(
        found.bytes() <= most,
        "%s: a warm round allocates %d bytes, %d are allowed%s"
            .formatted(name, found.bytes(), most, found.where()));
  }

  /**
   * What was found.
   *
   * @param bytes what the round that allocates least allocates, on all threads
   * @param where who allocates, if that is too much
   */
  private record Found(long bytes, String where) {}

  /** Takes rounds until one allocates no more than it may. */
  private Found leastBytes(TrainingPlan plan, TrainingData data, long most) {
    StepSizes steps = new StepSizes(0.01, 0.01, "");
    MaskSet[] masks = new MaskSet[MASK_SETS];
    for (int k = 0; k < MASK_SETS; k++) {
      masks[k] = plan.masks().draw(plan.seed(), k, WIDTH);
    }
    long least = Long.MAX_VALUE;
    try (TrainingEngine engine =
        Engines.open(new EngineSetup(plan, steps, Problems.network(plan, data), data))) {
      for (int k = 0; k < MOST_ROUNDS && least > most; k++) {
        RoundTask task = new RoundTask(k, masks[k % MASK_SETS], true, false);
        long before = threads.getTotalThreadAllocatedBytes();
        engine.round(task);
        least = Math.min(least, threads.getTotalThreadAllocatedBytes() - before);
      }
      if (least <= most) {
        return new Found(least, "");
      }
      return new Found(
          least,
          AllocationSites.during(
              () -> {
                for (int k = MOST_ROUNDS; k < MOST_ROUNDS + MASK_SETS; k++) {
                  engine.round(new RoundTask(k, masks[k % MASK_SETS], true, false));
                }
              }));
    }
  }
}
