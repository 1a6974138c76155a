package dev.shallot.plan;

import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.network.MaskScaling;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Collects the parts of a {@link TrainingPlan}; each method sets the part of its name. */
public final class TrainingPlanBuilder {
  private final int width;
  private final MaskLaw masks;
  private MaskScaling scaling = MaskScaling.PAPER;
  private Aggregation aggregation = Aggregation.COVERAGE_MEAN;
  private Activation activation = Activation.RELU;
  private Initialization initialization = Initialization.NTK;
  private double initScale = 1.0;
  private long rounds = 1;
  private int localSteps = 1;
  private OptionalDouble stepSize = OptionalDouble.empty();
  private OptionalDouble outputStepSize = OptionalDouble.empty();
  private Loss loss = Loss.SQUARED;
  private double momentum;
  private StepSchedule schedule = StepSchedule.CONSTANT;
  private TrainedLayers trained = TrainedLayers.HIDDEN;
  private DataSplit split = DataSplit.FULL;
  private OptionalInt batch = OptionalInt.empty();
  private Precision precision = Precision.FLOAT64;
  private EngineKind engine = EngineKind.AUTO;
  private int threads = 1;
  private long seed;
  private Observation observation = Observation.everything();

  TrainingPlanBuilder(int width, MaskLaw masks) {
    this.width = width;
    this.masks = masks;
  }

  public TrainingPlanBuilder scaling(MaskScaling value) {
    scaling = value;
    return this;
  }

  public TrainingPlanBuilder aggregation(Aggregation value) {
    aggregation = value;
    return this;
  }

  public TrainingPlanBuilder activation(Activation value) {
    activation = value;
    return this;
  }

  public TrainingPlanBuilder initialization(Initialization value, double scale) {
    initialization = value;
    initScale = scale;
    return this;
  }

  public TrainingPlanBuilder rounds(long value) {
    rounds = value;
    return this;
  }

  public TrainingPlanBuilder localSteps(int value) {
    localSteps = value;
    return this;
  }

  public TrainingPlanBuilder stepSize(double value) {
    stepSize = OptionalDouble.of(value);
    return this;
  }

  public TrainingPlanBuilder stepSize(OptionalDouble value) {
    stepSize = value;
    return this;
  }

  public TrainingPlanBuilder outputStepSize(OptionalDouble value) {
    outputStepSize = value;
    return this;
  }

  public TrainingPlanBuilder loss(Loss value) {
    loss = value;
    return this;
  }

  public TrainingPlanBuilder momentum(double value) {
    momentum = value;
    return this;
  }

  public TrainingPlanBuilder schedule(StepSchedule value) {
    schedule = value;
    return this;
  }

  public TrainingPlanBuilder trained(TrainedLayers value) {
    trained = value;
    return this;
  }

  public TrainingPlanBuilder split(DataSplit value) {
    split = value;
    return this;
  }

  public TrainingPlanBuilder batch(OptionalInt value) {
    batch = value;
    return this;
  }

  public TrainingPlanBuilder precision(Precision value) {
    precision = value;
    return this;
  }

  public TrainingPlanBuilder engine(EngineKind value) {
    engine = value;
    return this;
  }

  public TrainingPlanBuilder threads(int value) {
    threads = value;
    return this;
  }

  public TrainingPlanBuilder seed(long value) {
    seed = value;
    return this;
  }

  public TrainingPlanBuilder observation(Observation value) {
    observation = value;
    return this;
  }

  /** The plan; refused if a part is out of range. */
  public TrainingPlan build() {
    return new TrainingPlan(
        width,
        masks,
        scaling,
        aggregation,
        activation,
        initialization,
        initScale,
        rounds,
        localSteps,
        stepSize,
        outputStepSize,
        loss,
        momentum,
        schedule,
        trained,
        split,
        batch,
        precision,
        engine,
        threads,
        seed,
        observation);
  }
}
