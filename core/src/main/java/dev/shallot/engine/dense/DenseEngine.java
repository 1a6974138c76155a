package dev.shallot.engine.dense;

import dev.shallot.engine.BatchSchedule;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.StateExchange;
import dev.shallot.engine.SubnetShares;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.engine.WorkerPool;
import dev.shallot.network.Network;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainingPlan;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Weight-space training of held neurons, vectorised, on several threads.
 *
 * <p>As long as there are at least as many subnets left as workers, each worker trains a subnet of
 * its own; the rest are trained one after another by all workers together, block by block. Either
 * way the same numbers are added in the same order, so the result does not depend on the number of
 * threads.
 *
 * @param <A> array type
 */
public final class DenseEngine<A> implements TrainingEngine {
  private final EngineSetup setup;
  private final TrainingPlan plan;
  private final Kernels<A> kernels;
  private final WorkerPool pool;
  private final Neurons<A> whole;
  private final WholeNetwork<A> meter;
  private final Combiner<A> combiner;
  private final SubnetTrainer<A>[] trainers;

  private DenseEngine(EngineSetup setup, Kernels<A> kernels) {
    this.setup = setup;
    this.plan = setup.plan();
    this.kernels = kernels;
    this.pool = new WorkerPool(plan.threads());
    int features = setup.data().features();
    int outputs = setup.data().outputs();
    this.whole = Neurons.of(kernels, setup.initial(), plan.momentum() > 0.0);
    Samples<A> samples = Samples.of(kernels, setup.data());
    Batch<A> all = Batch.all(kernels, setup.data(), samples);
    this.meter =
        new WholeNetwork<>(
            setup, kernels, all, Neurons.of(kernels, setup.initial()), plan.width(), pool);
    this.combiner = new Combiner<>(kernels, plan, plan.width(), features, outputs);
    BatchSchedule schedule = setup.batches(plan.localSteps());
    this.trainers = trainers(SubnetShares.trainers(plan));
    for (int i = 0; i < trainers.length; i++) {
      trainers[i] =
          new SubnetTrainer<>(setup, kernels, samples, all, schedule, plan.threads(), plan.width());
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <A> SubnetTrainer<A>[] trainers(int count) {
    return new SubnetTrainer[count];
  }

  /** An engine on given kernels; the plan must ask for their precision. */
  public static <A> TrainingEngine open(EngineSetup setup, Kernels<A> kernels) {
    return new DenseEngine<>(setup, kernels);
  }

  /** An engine in the precision of the plan. */
  public static TrainingEngine open(EngineSetup setup) {
    return setup.plan().precision() == Precision.FLOAT32
        ? new DenseEngine<>(setup, Simd.float32())
        : new DenseEngine<>(setup, Simd.float64());
  }

  @Override
  public String description() {
    return "dense, %s, %s, %d %s"
        .formatted(
            plan.precision().name().toLowerCase(Locale.ROOT),
            kernels.description(),
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
    SubnetShares.round(
        p,
        trainers.length,
        pool,
        (i, subnet, helpers) ->
            trainers[i].train(whole, task, subnet, helpers, stepErrors, subnetErrors),
        together -> combiner.add(trainers, together, pool));
    combiner.finish(p, whole, pool);
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
    int m = plan.width();
    int d = setup.data().features();
    int c = setup.data().outputs();
    double[] hidden = new double[m * d];
    for (int r = 0; r < m; r++) {
      kernels.store(whole.hidden(), r * whole.stride(), hidden, r * d, d);
    }
    double[] output = new double[m * c];
    kernels.store(whole.output(), 0, output, 0, m * c);
    return new Network(m, d, c, hidden, output, setup.initial().scale(), plan.activation());
  }

  /** Padding is zero in every engine, so only what is inside has to travel. */
  @Override
  public void exchange(StateExchange state) throws IOException {
    int outputs = whole.outputs();
    state.numbers("W", whole.hidden(), plan.width(), setup.data().features(), whole.stride());
    state.numbers("a", whole.output(), plan.width(), outputs, outputs);
    if (whole.moving()) {
      state.numbers(
          "vW", whole.hiddenVelocity(), plan.width(), setup.data().features(), whole.stride());
      state.numbers("va", whole.outputVelocity(), plan.width(), outputs, outputs);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
