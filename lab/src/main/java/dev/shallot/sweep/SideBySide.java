package dev.shallot.sweep;

import dev.shallot.data.PreparedData;
import dev.shallot.engine.EngineChoice;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.MemoryEstimate;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Observation;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.Run;
import dev.shallot.run.RunException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How many cells run at once: not more than there are cores for, and not more than fit into the
 * memory, by the engines' own estimates.
 *
 * @param workers how many
 * @param remarks why not as many as were asked for
 */
record SideBySide(int workers, List<String> remarks) {
  /** What is left of the heap for all that is no engine's array. */
  private static final double USABLE = 0.9;

  /**
   * Decides.
   *
   * @param asked 0: as many as there are cores for
   * @param cores of the machine
   * @param heap bytes that the JVM may use
   * @param cells of the sweep, at least one
   * @param tracePoints how many points of each cell's trace are kept
   * @throws RunException if a cell does not fit on its own, or wants more threads than cores
   */
  static SideBySide of(
      int asked, int cores, long heap, List<Cell> cells, SweepData data, int tracePoints) {
    if (asked < 0) {
      throw new RunException(
          "a sweep needs at least 1 worker, but got %d; leave it out for all cores."
              .formatted(asked));
    }
    List<String> remarks = new ArrayList<>();
    int threads = cells.stream().mapToInt(c -> c.plan().trainingPlan().threads()).max().orElse(1);
    int room = Math.max(1, cores / threads);
    int workers = Math.min(asked == 0 ? room : asked, room);
    if (workers < asked) {
      remarks.add(
          "%d cells at once, not %d: %d %s, and a cell has %d %s"
              .formatted(
                  workers,
                  asked,
                  cores,
                  cores == 1 ? "core" : "cores",
                  threads,
                  threads == 1 ? "thread" : "threads"));
    }
    workers = Math.min(workers, cells.size());
    double[] bytes = bytes(cells, data);
    double largest = bytes[bytes.length - 1];
    double traces = traces(cells, tracePoints);
    double usable = USABLE * heap - traces;
    if (usable < largest && largest <= USABLE * heap) {
      throw new RunException(
          "the traces of all cells need %s beside the cells' own memory, but this JVM may use %s: keep fewer points a cell (traces), or take several sweeps."
              .formatted(size(traces), size((double) heap)));
    }
    int fitting = 0;
    double sum = 0.0;
    while (fitting < workers && sum + bytes[bytes.length - 1 - fitting] <= usable) {
      sum += bytes[bytes.length - 1 - fitting];
      fitting++;
    }
    if (fitting == 0) {
      throw new RunException(
          "the largest cell needs %s, but this JVM may use %s: take a smaller width or fewer rows, or set SHALLOT_JAVA_OPTIONS=-Xmx... for the launcher."
              .formatted(size(largest), size((double) heap)));
    }
    if (fitting < workers) {
      remarks.add(
          "%d cells at once, not %d: the largest need %s each, and the JVM may use %s (-Xmx)"
              .formatted(fitting, workers, size(largest), size((double) heap)));
    }
    return new SideBySide(fitting, remarks);
  }

  /** Bytes of all results: three numbers a point, tau more where local steps are measured. */
  private static double traces(List<Cell> cells, int tracePoints) {
    double bytes = 0.0;
    for (Cell cell : cells) {
      TrainingPlan plan = cell.plan().trainingPlan();
      double observed = 2.0 + (double) plan.rounds() / plan.observation().every();
      boolean steps = plan.observation().detail() == Observation.Detail.STEPS;
      double perPoint = 24.0 + (steps ? 8.0 * plan.localSteps() : 0.0);
      bytes += 500.0 + perPoint * Math.min(tracePoints, observed);
    }
    return bytes;
  }

  /** Of each cell, ascending. */
  private static double[] bytes(List<Cell> cells, SweepData data) {
    String seed = cells.getFirst().plan().show(PlanKey.SEED);
    Optional<Network> last = Optional.empty();
    double[] bytes = new double[cells.size()];
    for (int i = 0; i < bytes.length; i++) {
      Cell cell = cells.get(i);
      try {
        // The seed changes which rows are held out, but not how many.
        PlanDocument plan = Run.complete(cell.plan().withFlags(Map.of(PlanKey.SEED.key(), seed)));
        plan.checkNew();
        PreparedData prepared = data.prepare(plan);
        Network network = like(last, plan, prepared.train());
        last = Optional.of(network);
        EngineSetup setup =
            new EngineSetup(
                plan.trainingPlan(), new StepSizes(1.0, 1.0, ""), network, prepared.train());
        EngineKind kind = EngineChoice.of(setup).kind();
        bytes[i] = MemoryEstimate.of(setup, kind).bytes();
      } catch (RunException | dev.shallot.data.DataException | dev.shallot.TrainingException e) {
        throw new RunException("at %s: %s".formatted(cell.describe(), e.getMessage()), e);
      }
    }
    Arrays.sort(bytes);
    return bytes;
  }

  /**
   * A network of a plan's shape, to estimate by: its hidden weights are zero, its output weights
   * are of one size where the plan's are.
   */
  private static Network like(Optional<Network> last, PlanDocument document, TrainingData data) {
    TrainingPlan plan = document.trainingPlan();
    boolean signs =
        document.initialWeights().isPresent() || plan.initialization() == Initialization.NTK;
    double output = signs ? 1.0 : 0.5;
    if (last.isPresent()) {
      Network known = last.get();
      if (known.width() == plan.width()
          && known.features() == data.features()
          && known.outputs() == data.outputs()
          && known.outputWeights()[0] == output) {
        return known.withActivation(plan.activation());
      }
    }
    double[] outputWeights = new double[plan.width() * data.outputs()];
    Arrays.setAll(outputWeights, i -> signs || i % 2 == 0 ? output : 2.0 * output);
    return new Network(
            plan.width(),
            data.features(),
            data.outputs(),
            new double[Math.multiplyExact(plan.width(), data.features())],
            outputWeights,
            plan.initialization().scale(plan.width()))
        .withActivation(plan.activation());
  }

  private static String size(double bytes) {
    double mebibytes = bytes / (1 << 20);
    return mebibytes < 1024
        ? String.format(Locale.ROOT, "%.0f MiB", Math.max(1.0, mebibytes))
        : String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1024);
  }
}
