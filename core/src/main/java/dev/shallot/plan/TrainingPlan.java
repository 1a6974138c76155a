package dev.shallot.plan;

import dev.shallot.TrainingException;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.network.MaskScaling;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Everything that decides a run besides its data and, when they are given, its initial weights. Two
 * runs of equal plans on equal data are equal byte for byte; {@link #threads} changes nothing.
 *
 * @param width m
 * @param masks the mask law, with p and xi
 * @param scaling where xi enters the outputs
 * @param aggregation how subnets become one network again
 * @param activation of the hidden neurons
 * @param initialization law of the initial weights
 * @param initScale factor on the hidden weights' standard deviation; kappa for NTK
 * @param rounds K, at least 0
 * @param localSteps tau, at least 1
 * @param stepSize eta of the hidden layer; empty: chosen from the tangent kernel
 * @param outputStepSize step size of the output layer; empty: the same as the hidden layer's
 * @param loss what the answers cost
 * @param momentum mu of the local steps, v = mu v - gradient, w = w + eta v; 0: plain steps
 * @param schedule how the step sizes change from round to round
 * @param trained which layers move
 * @param split which samples a subnet learns from
 * @param batch samples of a minibatch; empty: every step sees all samples
 * @param precision number type
 * @param engine which engine
 * @param threads worker threads, at least 1
 * @param seed of all randomness
 * @param observation what is measured
 */
public record TrainingPlan(
    int width,
    MaskLaw masks,
    MaskScaling scaling,
    Aggregation aggregation,
    Activation activation,
    Initialization initialization,
    double initScale,
    long rounds,
    int localSteps,
    OptionalDouble stepSize,
    OptionalDouble outputStepSize,
    Loss loss,
    double momentum,
    StepSchedule schedule,
    TrainedLayers trained,
    DataSplit split,
    OptionalInt batch,
    Precision precision,
    EngineKind engine,
    int threads,
    long seed,
    Observation observation) {

  public TrainingPlan {
    masks.checkWidth(width);
    if (!(initScale >= 0.0 && Double.isFinite(initScale))) {
      throw new TrainingException("the init scale must be at least 0, but is " + initScale);
    }
    if (rounds < 0) {
      throw new TrainingException("the number of rounds must be at least 0, but is " + rounds);
    }
    if (localSteps < 1) {
      throw new TrainingException("local steps must be at least 1, but are " + localSteps);
    }
    checkStep("step size", stepSize);
    checkStep("output step size", outputStepSize);
    if (outputStepSize.isPresent() && !trained.output()) {
      throw new TrainingException(
          "an output step size was given, but the output layer is not trained: train output or"
              + " both");
    }
    if (!(momentum >= 0.0 && momentum < 1.0)) {
      throw new TrainingException(
          "the momentum must be at least 0 and below 1, but is " + momentum);
    }
    if (schedule.warmUp() > 0 && schedule.warmUp() >= rounds) {
      throw new TrainingException(
          "%d rounds of warm-up leave none of the %d rounds: choose fewer"
              .formatted(schedule.warmUp(), rounds));
    }
    if (batch.isPresent() && batch.getAsInt() < 1) {
      throw new TrainingException(
          "a minibatch needs at least 1 sample, but has " + batch.getAsInt());
    }
    if (threads < 1) {
      throw new TrainingException("threads must be at least 1, but are " + threads);
    }
    if (engine == EngineKind.REFERENCE && precision != Precision.FLOAT64) {
      throw new TrainingException(
          "the reference engine computes in float64 only, but float32 was asked for");
    }
    if (engine == EngineKind.GRAM && activation.smooth()) {
      throw new TrainingException(
          "the gram engine works with ReLU's gates, which are on or off; %s has none: use engine dense, reference or auto"
              .formatted(activation.name().toLowerCase(Locale.ROOT)));
    }
    if (engine == EngineKind.GRAM) {
      otherThanPlain(loss, momentum, schedule, split).ifPresent(TrainingPlan::refuseGram);
    }
  }

  private static void refuseGram(String what) {
    throw new TrainingException(
        "the gram engine takes plain gradient steps of one size on the squared loss of samples that count the same, but there is %s: use engine dense, reference or auto"
            .formatted(what));
  }

  private static Optional<String> otherThanPlain(
      Loss loss, double momentum, StepSchedule schedule, DataSplit split) {
    if (loss != Loss.SQUARED) {
      return Optional.of("the loss " + loss.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    if (momentum > 0.0) {
      return Optional.of("momentum " + momentum);
    }
    if (split != DataSplit.FULL) {
      return Optional.of("a share of the samples for each subnet");
    }
    return schedule.constant()
        ? Optional.empty()
        : Optional.of("the step size schedule " + schedule.describe());
  }

  /**
   * What makes local steps other than the papers', which are plain gradient steps of one size on
   * the squared loss of samples that count the same; empty if nothing does.
   *
   * @param weighted whether samples have weights
   */
  public Optional<String> otherThanPlain(boolean weighted) {
    return otherThanPlain(loss, momentum, schedule, split)
        .or(() -> weighted ? Optional.of("a weight for each sample") : Optional.empty());
  }

  /** The same of some data. */
  public Optional<String> otherThanPlain(TrainingData data) {
    return otherThanPlain(data.weighted());
  }

  /**
   * Refuses data that this plan cannot train on.
   *
   * @throws TrainingException if the targets are none of the loss, or the engine knows no weights
   */
  public void check(TrainingData data) {
    loss.check(data);
    if (samplesPerSubnet(data.samples()) < 1) {
      throw new TrainingException(
          "%d samples cannot be shared out to %d subnets: use fewer subnets, or data split full"
              .formatted(data.samples(), masks.subnets()));
    }
    if (engine == EngineKind.GRAM) {
      otherThanPlain(data).ifPresent(TrainingPlan::refuseGram);
    }
  }

  private static void checkStep(String name, OptionalDouble step) {
    if (step.isPresent() && !(step.getAsDouble() > 0.0 && Double.isFinite(step.getAsDouble()))) {
      throw new TrainingException(
          "the " + name + " must be a positive number, but is " + step.getAsDouble());
    }
  }

  /** xi. */
  public double keepProbability() {
    return masks.keepProbability();
  }

  /** The factor that multiplies f_m in a subnet's output: 1, or 1/xi when inverted. */
  public double subnetFactor() {
    return scaling.subnetFactor(keepProbability());
  }

  /** The factor that multiplies f in the monitored output: xi, or 1 when inverted. */
  public double wholeFactor() {
    return scaling.wholeFactor(keepProbability());
  }

  /** Samples that a subnet learns from: n, or floor(n/p). */
  public int samplesPerSubnet(int samples) {
    return split == DataSplit.SHARD ? samples / masks.subnets() : samples;
  }

  /** Samples that one local step sees. */
  public int samplesPerStep(int samples) {
    int own = samplesPerSubnet(samples);
    return batch.isPresent() ? Math.min(batch.getAsInt(), own) : own;
  }

  /** The papers' setting as a start: NTK, coverage mean, full batch, float64, everything seen. */
  public static TrainingPlanBuilder builder(int width, MaskLaw masks) {
    return new TrainingPlanBuilder(width, masks);
  }

  /** A builder that holds this plan with other masks. */
  public TrainingPlanBuilder toBuilder(MaskLaw otherMasks) {
    TrainingPlanBuilder builder =
        new TrainingPlanBuilder(width, otherMasks)
            .scaling(scaling)
            .aggregation(aggregation)
            .activation(activation)
            .initialization(initialization, initScale)
            .rounds(rounds)
            .localSteps(localSteps)
            .stepSize(stepSize)
            .outputStepSize(outputStepSize)
            .loss(loss)
            .momentum(momentum)
            .schedule(schedule)
            .trained(trained)
            .split(split)
            .batch(batch)
            .precision(precision)
            .engine(engine);
    return builder.threads(threads).seed(seed).observation(observation);
  }
}
