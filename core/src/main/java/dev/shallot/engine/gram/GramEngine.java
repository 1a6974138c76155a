package dev.shallot.engine.gram;

import dev.shallot.TrainingException;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.StateExchange;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.engine.WorkerPool;
import dev.shallot.network.Network;
import dev.shallot.numeric.ChosenSums;
import dev.shallot.numeric.CountedKernels;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
import dev.shallot.numeric.Simd;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainingPlan;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Sample-space training: exact, and cheaper than weight space when there are fewer samples than
 * features, or when local steps can be counted.
 *
 * <p>{@link CountedRounds} are for one frozen output of +-1 and full batches, and take the local
 * steps of a round almost for nothing. All other plans, and rounds that counting gives up, go step
 * by step ({@link SteppedRounds}): 2 n B flops a held neuron and step in place of 4 B d. The
 * weights are recovered from their coefficients when somebody asks for them.
 *
 * @param <A> array type
 */
public final class GramEngine<A> implements TrainingEngine {
  private final TrainingPlan plan;
  private final SampleSpace<A> space;
  private final WorkerPool pool;
  private final GramState<A> whole;
  private final GramMeter<A> meter;
  private final Optional<CountedRounds<A>> counted;
  private Optional<SteppedRounds<A>> stepped = Optional.empty();

  private GramEngine(SampleSpace<A> space, boolean count) {
    this.space = space;
    this.plan = space.setup().plan();
    this.pool = new WorkerPool(plan.threads());
    this.whole = GramState.initial(space.kernels(), space.setup());
    this.meter = new GramMeter<>(space, whole, plan.threads());
    this.counted =
        count ? Optional.of(new CountedRounds<>(space, whole, plan.threads())) : Optional.empty();
    if (!count) {
      stepped();
    }
  }

  /** An engine in the precision of the plan, by the fastest way that the plan allows. */
  public static TrainingEngine open(EngineSetup setup) {
    return open(setup, CountedRounds.suit(setup));
  }

  /** An engine that takes every local step one by one, to compare with. */
  public static TrainingEngine stepByStep(EngineSetup setup) {
    return open(setup, false);
  }

  /** Whether the rounds of a plan can be counted. */
  public static boolean counts(EngineSetup setup) {
    return CountedRounds.suit(setup);
  }

  /** Whether the steps of a plan can be looked up in tables, on this machine. */
  public static boolean tabulates(EngineSetup setup) {
    return SampleSpace.canLookUp(setup);
  }

  private static TrainingEngine open(EngineSetup setup, boolean count) {
    return setup.plan().precision() == Precision.FLOAT32
        ? open(setup, Simd.float32(), Simd.lanes32(), Simd.counted32(), Simd.chosen32(), count)
        : open(setup, Simd.float64(), Simd.lanes64(), Simd.counted64(), Simd.chosen64(), count);
  }

  private static <A> TrainingEngine open(
      EngineSetup setup,
      Kernels<A> kernels,
      LaneKernels<A> lanes,
      CountedKernels<A> counted,
      ChosenSums<A> chosen,
      boolean count) {
    boolean tables = SampleSpace.canLookUp(setup);
    return new GramEngine<>(SampleSpace.of(setup, kernels, lanes, counted, chosen, tables), count);
  }

  @Override
  public String description() {
    return "gram%s, %s, %s, %d %s"
        .formatted(
            counted.isPresent() ? " by counting" : space.tables() ? " by table look-up" : "",
            plan.precision().name().toLowerCase(Locale.ROOT),
            space.kernels().description(),
            plan.threads(),
            plan.threads() == 1 ? "thread" : "threads");
  }

  @Override
  public RoundReport round(RoundTask task) {
    int p = task.masks().subnets();
    int tau = plan.localSteps();
    double[] stepErrors = new double[p * tau];
    double[] subnetErrors = new double[task.subnetErrors() ? p * (tau + 1) : 0];
    boolean done =
        counted.isPresent() && counted.get().round(task, stepErrors, subnetErrors, meter, pool);
    if (!done) {
      stepped().round(task, stepErrors, subnetErrors, pool);
      meter.forgetSquares();
    }
    return new RoundReport(
        p,
        tau,
        stepErrors,
        subnetErrors,
        task.measure() ? Optional.of(measure()) : Optional.empty());
  }

  private SteppedRounds<A> stepped() {
    SteppedRounds<A> rounds = stepped.orElseGet(() -> new SteppedRounds<>(space, whole));
    stepped = Optional.of(rounds);
    return rounds;
  }

  @Override
  public Measurement measure() {
    return meter.measure(whole, pool);
  }

  @Override
  public Optional<long[]> activations() {
    requireFinite();
    return Optional.of(meter.activations(whole));
  }

  @Override
  public Optional<double[]> squaredDisplacements() {
    requireFinite();
    return Optional.of(meter.squares(whole, pool).clone());
  }

  /** A weight that is not finite makes its neuron's displacement so. */
  private void requireFinite() {
    for (double square : meter.squares(whole, pool)) {
      if (!Double.isFinite(square)) {
        throw new TrainingException("the hidden weights are not finite");
      }
    }
  }

  @Override
  public Network network() {
    return whole.network(space.kernels(), space.setup());
  }

  /**
   * The network in sample space and not its weights: from those, pre-activations would come out
   * with other last bits. What the counted rounds remember of one another only to be faster stays
   * here.
   */
  @Override
  public void exchange(StateExchange state) throws IOException {
    whole.exchange(state);
    meter.exchange(state);
    if (counted.isPresent()) {
      counted.get().exchange(state);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
