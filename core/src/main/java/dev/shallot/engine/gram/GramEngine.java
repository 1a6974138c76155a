package dev.shallot.engine.gram;

import dev.shallot.engine.BatchSchedule;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.Team;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.engine.WorkerPool;
import dev.shallot.network.Network;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
import dev.shallot.numeric.Simd;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainingPlan;
import java.util.Locale;
import java.util.Optional;

/**
 * Sample-space training: exact, and cheaper than weight space when n &lt; 2 d, by far when n is
 * much smaller. A local step costs 2 n B flops a held neuron in place of 4 B d; with one frozen +-1
 * output in float32 it is done by table look-up.
 *
 * <p>Subnets are shared out as in the dense engine, and the result is the same for any number of
 * threads. The weights are recovered from their coefficients when somebody asks for them.
 *
 * @param <A> array type
 */
public final class GramEngine<A> implements TrainingEngine {
  private final TrainingPlan plan;
  private final SampleSpace<A> space;
  private final WorkerPool pool;
  private final GramState<A> whole;
  private final GramMeter<A> meter;
  private final GramCombiner<A> combiner;
  private final GramTrainer<A>[] trainers;

  private GramEngine(SampleSpace<A> space) {
    this.space = space;
    EngineSetup setup = space.setup();
    this.plan = setup.plan();
    this.pool = new WorkerPool(plan.threads());
    this.whole = GramState.initial(space.kernels(), setup);
    this.meter = new GramMeter<>(space, whole, plan.threads());
    this.combiner = new GramCombiner<>(space, plan.threads());
    int subnets = plan.masks().subnets();
    BatchSchedule schedule =
        new BatchSchedule(
            plan.seed(),
            setup.data().samples(),
            setup.samplesPerStep(),
            plan.localSteps(),
            subnets);
    this.trainers = trainers(subnets >= plan.threads() ? plan.threads() : 1);
    for (int i = 0; i < trainers.length; i++) {
      trainers[i] = new GramTrainer<>(space, schedule, plan.threads());
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <A> GramTrainer<A>[] trainers(int count) {
    return new GramTrainer[count];
  }

  /** An engine in the precision of the plan. */
  public static TrainingEngine open(EngineSetup setup) {
    return setup.plan().precision() == Precision.FLOAT32
        ? open(setup, Simd.float32(), Simd.lanes32())
        : open(setup, Simd.float64(), Simd.lanes64());
  }

  /** An engine on given kernels; the plan must ask for their precision. */
  public static <A> TrainingEngine open(
      EngineSetup setup, Kernels<A> kernels, LaneKernels<A> lanes) {
    return new GramEngine<>(SampleSpace.of(setup, kernels, lanes, SampleSpace.canLookUp(setup)));
  }

  @Override
  public String description() {
    return "gram%s, %s, %s, %d %s"
        .formatted(
            space.tables() ? " by table look-up" : "",
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
    combiner.start();
    int next = 0;
    while (next < p) {
      int first = next;
      int together = p - next >= trainers.length ? trainers.length : 1;
      if (together > 1) {
        pool.run(
            together,
            (i, worker) ->
                trainers[i].train(whole, task, first + i, Team.ALONE, stepErrors, subnetErrors));
      } else {
        trainers[0].train(whole, task, first, pool, stepErrors, subnetErrors);
      }
      combiner.add(trainers, together, pool);
      next += together;
    }
    combiner.finish(task.masks(), whole, pool);
    return new RoundReport(
        p,
        tau,
        stepErrors,
        subnetErrors,
        task.measure() ? Optional.of(measure()) : Optional.empty());
  }

  @Override
  public Measurement measure() {
    return meter.measure(whole, pool);
  }

  @Override
  public Network network() {
    return whole.network(space.kernels(), space.setup());
  }

  @Override
  public void close() {
    pool.close();
  }
}
