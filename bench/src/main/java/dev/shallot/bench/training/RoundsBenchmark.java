package dev.shallot.bench.training;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * The first rounds of a run: masks drawn, gathered, trained, aggregated. Each call starts anew from
 * the initial network, so that nobody is measured on a network that has stopped moving.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 1, time = 1500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class RoundsBenchmark {
  @Param("sphere-n100-d122-m4000-c1-xi0.5-p4-tau5-mean")
  private String sizes = "";

  @Param("DENSE")
  private String who = "";

  @Param("1")
  private int threads = 1;

  @Param("20")
  private int rounds = 1;

  /** Whether opening the engine, and taking the weights at the end, count too. */
  @Param("false")
  private boolean wholeRun;

  private final Stopwatch watch = new Stopwatch();
  private Problem problem = Problem.of(Case.A.samples(2).width(2));
  private Trainer trainer = new JavaTrainer(problem);
  private boolean measured;

  /** The numbers of the case. */
  @Setup(Level.Trial)
  public void draw() {
    problem = Problem.of(Case.parse(sizes));
  }

  /** Calls for warming up are not kept. */
  @Setup(Level.Iteration)
  public void note(IterationParams iteration) {
    measured = iteration.getType() == IterationType.MEASUREMENT;
  }

  /** A fresh start. */
  @Setup(Level.Invocation)
  public void open() {
    if (!wholeRun) {
      trainer = Who.valueOf(who).open(problem, threads);
    }
  }

  /** The measured call. */
  @Benchmark
  public double train() {
    watch.start();
    if (wholeRun) {
      trainer = Who.valueOf(who).open(problem, threads);
    }
    for (int k = 0; k < rounds; k++) {
      trainer.round(k, problem.masks(k));
    }
    double weight = wholeRun ? trainer.hiddenWeights()[0] : 0.0;
    watch.stop(measured);
    return weight;
  }

  /** Lets go of threads and native memory. */
  @TearDown(Level.Invocation)
  public void close() {
    trainer.close();
  }

  /** Hands over what was measured. */
  @TearDown(Level.Trial)
  public void write() {
    watch.write();
  }
}
