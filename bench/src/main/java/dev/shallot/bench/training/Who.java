package dev.shallot.bench.training;

import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Precision;

/** Who is measured: our engines and their rivals. */
enum Who {
  AUTO("Shallot auto"),
  DENSE("Shallot dense"),
  GRAM("Shallot gram"),
  DENSE_F64("Shallot dense, float64"),
  GRAM_F64("Shallot gram, float64"),
  REFERENCE("Shallot reference, float64"),
  DJL_GATHERED("libtorch, rows gathered"),
  DJL_MASKED("libtorch, masked"),
  DJL_MULTI("libtorch, multi-sample"),
  DJL_GATHERED_AUTOGRAD("libtorch, rows gathered, autograd"),
  DJL_MASKED_AUTOGRAD("libtorch, masked, autograd"),
  DJL_MULTI_AUTOGRAD("libtorch, multi-sample, autograd"),
  JAVA_STRAIGHT("Java loops, masked");

  final String label;

  Who(String label) {
    this.label = label;
  }

  /** libtorch is compiled already, ours while it runs. */
  boolean libtorch() {
    return name().startsWith("DJL");
  }

  /** Takes seconds a step at the larger shape. */
  boolean slow() {
    return this == REFERENCE || this == JAVA_STRAIGHT;
  }

  /** Whether it computes only rounds of one local step with the losses averaged. */
  boolean multiSampleOnly() {
    return this == DJL_MULTI || this == DJL_MULTI_AUTOGRAD;
  }

  /**
   * Starts from the problem's network.
   *
   * @param threads how many; libtorch's is that of the first trainer of a JVM
   */
  Trainer open(Problem problem, int threads) {
    return switch (this) {
      case AUTO -> new ShallotTrainer(problem, EngineKind.AUTO, Precision.FLOAT32, threads);
      case DENSE -> new ShallotTrainer(problem, EngineKind.DENSE, Precision.FLOAT32, threads);
      case GRAM -> new ShallotTrainer(problem, EngineKind.GRAM, Precision.FLOAT32, threads);
      case DENSE_F64 -> new ShallotTrainer(problem, EngineKind.DENSE, Precision.FLOAT64, threads);
      case GRAM_F64 -> new ShallotTrainer(problem, EngineKind.GRAM, Precision.FLOAT64, threads);
      case REFERENCE ->
          new ShallotTrainer(problem, EngineKind.REFERENCE, Precision.FLOAT64, threads);
      case JAVA_STRAIGHT -> new JavaTrainer(problem);
      case DJL_GATHERED -> DjlTrainer.gathered(problem, DjlStep.BY_HAND_ROWS, threads);
      case DJL_MASKED -> DjlTrainer.masked(problem, DjlStep.BY_HAND, threads);
      case DJL_MULTI -> new DjlMultiSample(problem, false, threads);
      case DJL_GATHERED_AUTOGRAD -> DjlTrainer.gathered(problem, DjlStep.AUTOGRAD, threads);
      case DJL_MASKED_AUTOGRAD -> DjlTrainer.masked(problem, DjlStep.AUTOGRAD, threads);
      case DJL_MULTI_AUTOGRAD -> new DjlMultiSample(problem, true, threads);
    };
  }
}
