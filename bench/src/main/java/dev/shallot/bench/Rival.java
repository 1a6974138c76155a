package dev.shallot.bench;

import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Precision;

/** Who is measured: ours and the rivals, each with its number of threads. */
enum Rival {
  SHALLOT_DENSE_1(1, "Shallot dense, float32"),
  SHALLOT_DENSE_2(2, "Shallot dense, float32"),
  SHALLOT_DENSE_F64_1(1, "Shallot dense, float64"),
  SHALLOT_DENSE_F64_2(2, "Shallot dense, float64"),
  SHALLOT_GRAM_1(1, "Shallot gram, float32"),
  SHALLOT_GRAM_2(2, "Shallot gram, float32"),
  SHALLOT_REFERENCE(1, "Shallot reference, float64"),
  DJL_GATHERED_1(1, "DJL, rows gathered"),
  DJL_GATHERED_2(2, "DJL, rows gathered"),
  DJL_MASKED_1(1, "DJL, masked"),
  DJL_MASKED_2(2, "DJL, masked"),
  DJL_GATHERED_AUTOGRAD_1(1, "DJL, rows gathered, autograd"),
  DJL_MASKED_AUTOGRAD_1(1, "DJL, masked, autograd"),
  JAVA_STRAIGHT(1, "Java loops, masked");

  final int threads;
  final String label;

  Rival(int threads, String label) {
    this.threads = threads;
    this.label = label;
  }

  /** Seconds a step, too slow for a whole round of the larger shape. */
  boolean slow() {
    return this == SHALLOT_REFERENCE || this == JAVA_STRAIGHT;
  }

  /** Compiled at run time, ours needs a while; libtorch is compiled already. */
  int warmupMillis() {
    if (slow()) {
      return 1;
    }
    return label.startsWith("DJL") ? 700 : 2500;
  }

  /** Whether whole rounds are measured too; the others only have to show that they are slower. */
  boolean inRounds() {
    return central() || this == SHALLOT_DENSE_F64_1 || this == SHALLOT_DENSE_F64_2;
  }

  /** What the ratios are about; measured twice, minutes apart, since machines are shared. */
  boolean central() {
    return switch (this) {
      case SHALLOT_DENSE_1,
          SHALLOT_DENSE_2,
          SHALLOT_GRAM_1,
          SHALLOT_GRAM_2,
          DJL_GATHERED_1,
          DJL_GATHERED_2,
          DJL_MASKED_1,
          DJL_MASKED_2 ->
          true;
      default -> false;
    };
  }

  /** Ours of the same number of threads, which a rival's time is divided by. */
  Rival yardstick() {
    return threads == 1 ? SHALLOT_DENSE_1 : SHALLOT_DENSE_2;
  }

  Trainer open(Shape shape, Work work) {
    return switch (this) {
      case SHALLOT_DENSE_1, SHALLOT_DENSE_2 ->
          new ShallotTrainer(shape, work, EngineKind.DENSE, Precision.FLOAT32, threads);
      case SHALLOT_DENSE_F64_1, SHALLOT_DENSE_F64_2 ->
          new ShallotTrainer(shape, work, EngineKind.DENSE, Precision.FLOAT64, threads);
      case SHALLOT_GRAM_1, SHALLOT_GRAM_2 ->
          new ShallotTrainer(shape, work, EngineKind.GRAM, Precision.FLOAT32, threads);
      case SHALLOT_REFERENCE ->
          new ShallotTrainer(shape, work, EngineKind.REFERENCE, Precision.FLOAT64, threads);
      case JAVA_STRAIGHT -> new JavaTrainer(shape, work);
      case DJL_GATHERED_1, DJL_GATHERED_2 ->
          djl(shape, work, DjlTrainer.Rows.GATHERED, DjlStep.BY_HAND_ROWS);
      case DJL_MASKED_1, DJL_MASKED_2 -> djl(shape, work, DjlTrainer.Rows.MASKED, DjlStep.BY_HAND);
      case DJL_GATHERED_AUTOGRAD_1 -> djl(shape, work, DjlTrainer.Rows.GATHERED, DjlStep.AUTOGRAD);
      case DJL_MASKED_AUTOGRAD_1 -> djl(shape, work, DjlTrainer.Rows.MASKED, DjlStep.AUTOGRAD);
    };
  }

  private Trainer djl(Shape shape, Work work, DjlTrainer.Rows rows, DjlStep step) {
    return new DjlTrainer(shape, work, rows, step, threads);
  }
}
