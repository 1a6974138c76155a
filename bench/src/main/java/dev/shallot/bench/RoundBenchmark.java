package dev.shallot.bench;

import dev.shallot.mask.MaskSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One round of training; masks are drawn beforehand, for all alike. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 2500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class RoundBenchmark {
  private static final int MASK_SETS = 16;

  @Param({"A", "B"})
  private String shape = "A";

  @Param({"step", "round"})
  private String work = "step";

  @Param({"SHALLOT_DENSE_1", "DJL_GATHERED_1", "DJL_MASKED_1"})
  private String rival = "SHALLOT_DENSE_1";

  private Trainer trainer = new JavaTrainer(Shape.A, Work.STEP);
  private final MaskSet[] masks = new MaskSet[MASK_SETS];
  private final CpuTimes cpu = new CpuTimes();
  private int round;

  /** Checks the rival against our float64 engine, then opens it. */
  @Setup
  public void open() {
    Shape sizes = Shape.valueOf(shape);
    Work load = Work.of(work);
    Rival who = Rival.valueOf(rival);
    if (!who.slow()) {
      Agreement.check(sizes, who, Rival.SHALLOT_DENSE_F64_1);
    }
    for (int k = 0; k < MASK_SETS; k++) {
      masks[k] = sizes.masks(load.subnets(), k);
    }
    trainer = who.open(sizes, load);
  }

  /** The measured call. */
  @Benchmark
  public void round() {
    cpu.before();
    trainer.round(round, masks[round % MASK_SETS]);
    cpu.after();
    round++;
  }

  /** Lets go of threads and native memory. */
  @TearDown
  public void close() {
    trainer.close();
    cpu.write();
  }
}
