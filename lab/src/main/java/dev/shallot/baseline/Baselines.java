package dev.shallot.baseline;

import dev.shallot.TheoryException;
import dev.shallot.TrainingException;
import dev.shallot.data.PreparedData;
import dev.shallot.engine.WorkerPool;
import dev.shallot.engine.dense.Forward;
import dev.shallot.kernel.HiddenLayer;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Network;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Loss;
import dev.shallot.plan.Observation;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import dev.shallot.run.Score;
import dev.shallot.training.DivergenceGuard;
import dev.shallot.training.MaskedTraining;
import dev.shallot.training.TrainingOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Four baselines from the same data, the same initial network and the same number T of gradient
 * steps, rounds times local steps:
 *
 * <ul>
 *   <li>the whole network without masks (dense gradient descent; minibatches where the run has
 *       them);
 *   <li>the linearised model f0 + J0 (theta - theta0), T full-batch steps, in closed form;
 *   <li>regression with the kernel of infinite width, where training ends in the limit of width and
 *       time, from f0 = 0;
 *   <li>random features: the hidden layer stays, the output layer starts at 0 and takes T
 *       full-batch steps, in closed form.
 * </ul>
 *
 * The closed forms are those of plain steps on the squared loss, whatever momentum and schedule the
 * run has; under another loss, or with sample weights, they are left out. Each takes the step size
 * 1/lambda_max of its own kernel, half of its stability limit.
 */
public final class Baselines {
  /** Training rows times outputs: their kernel is decomposed, (20/3) q^3 flops. */
  static final int MOST_TRAINED = 2_500;

  /** All rows times outputs: their kernel stands in memory. */
  static final int MOST_ROWS = 6_000;

  private final PlanDocument document;
  private final TrainingPlan plan;
  private final PreparedData data;
  private final TrainingData train;
  private final Network initial;
  private final double outputRate;
  private final double steps;
  private final Samples all;
  private final int c;

  private Baselines(PlanDocument document, PreparedData data, StepSizes used, long rounds) {
    this.document = document;
    this.plan = document.trainingPlan();
    this.data = data;
    this.train = data.train();
    this.initial = Run.initialNetwork(document, train);
    this.outputRate = used.output() / used.hidden();
    this.steps = (double) rounds * plan.localSteps();
    this.c = train.outputs();
    double[] x = train.x();
    int rows = train.samples();
    if (data.heldOut().isPresent()) {
      TrainingData more = data.heldOut().get();
      x = Arrays.copyOf(x, x.length + more.x().length);
      System.arraycopy(more.x(), 0, x, train.x().length, more.x().length);
      rows += more.samples();
    }
    this.all = new Samples(x, rows, train.features());
  }

  /**
   * Computes them.
   *
   * @param document the run's plan
   * @param data the run's data
   * @param used the run's step sizes; their ratio counts where both layers are trained
   * @param rounds rounds that the run took
   */
  public static List<Baseline> of(
      PlanDocument document, PreparedData data, StepSizes used, long rounds) {
    Baselines baselines = new Baselines(document, data, used, rounds);
    List<Baseline> found = new ArrayList<>();
    found.add(baselines.timed("dense, no masks", () -> baselines.dense(rounds)));
    String tooLarge = baselines.noClosedForm();
    for (String name : List.of("linearised", "infinite kernel", "random features")) {
      found.add(
          tooLarge.isEmpty()
              ? baselines.timed(name, () -> baselines.closedForm(name))
              : Baseline.skipped(name, tooLarge));
    }
    return found;
  }

  /** Why there is none; empty if there is. */
  private String noClosedForm() {
    boolean squared = plan.loss() == Loss.SQUARED && !train.weighted();
    return squared
        ? tooLarge()
        : "not computed: its closed form is that of the squared loss of samples that count the"
            + " same";
  }

  private String tooLarge() {
    long q = (long) train.samples() * c;
    long rows = (long) all.count() * c;
    if (q > MOST_TRAINED) {
      return String.format(
          Locale.ROOT,
          "not computed: rows times outputs are %,d, and their kernel is decomposed up to %,d; use"
              + " --rows",
          q,
          MOST_TRAINED);
    }
    return rows > MOST_ROWS
        ? String.format(
            Locale.ROOT,
            "not computed: training and held-out rows times outputs are %,d, and kernels are formed"
                + " up to %,d",
            rows,
            MOST_ROWS)
        : "";
  }

  /** What a method answers on all rows, and a note. */
  private record Answer(double[] outputs, String note) {}

  private Baseline timed(String name, Supplier<Answer> method) {
    long start = System.nanoTime();
    Answer answer;
    try {
      answer = method.get();
    } catch (TrainingException | TheoryException e) {
      return Baseline.skipped(name, "not computed: " + e.getMessage());
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    double[] outputs = answer.outputs();
    int trained = train.samples() * c;
    double error = plan.loss().error(train, Arrays.copyOf(outputs, trained));
    if (!Double.isFinite(error)) {
      return Baseline.skipped(name, "diverged: its error is not finite (" + answer.note() + ")");
    }
    Optional<List<Score>> heldOut =
        data.heldOut()
            .map(rows -> scores(Arrays.copyOfRange(outputs, trained, outputs.length), rows));
    return new Baseline(
        name,
        error,
        scores(Arrays.copyOf(outputs, trained), train),
        heldOut,
        seconds,
        answer.note());
  }

  private List<Score> scores(double[] outputs, TrainingData rows) {
    var preprocessing = data.preprocessing();
    return Score.of(
        preprocessing,
        preprocessing.predictions(outputs),
        preprocessing.unscaleLabels(rows.y()),
        rows.weights());
  }

  private Answer dense(long rounds) {
    EngineKind engine =
        plan.engine() == EngineKind.REFERENCE ? EngineKind.REFERENCE : EngineKind.AUTO;
    TrainingPlan full =
        plan.toBuilder(new MaskLaw.Full(1))
            .rounds(rounds)
            .stepSize(OptionalDouble.empty())
            .engine(engine)
            .observation(new Observation(Observation.Detail.ROUNDS, 10))
            .build();
    DivergenceGuard guard = new DivergenceGuard(plan.loss().ofZero(train));
    TrainingOutcome outcome = MaskedTraining.run(full, train, initial, List.of(guard));
    if (guard.stop().isPresent()) {
      throw new TrainingException("it diverged in " + guard.stop().get().message());
    }
    return new Answer(
        forward(outcome.network()),
        String.format(
            Locale.ROOT,
            "%,.0f %s steps, eta = %.4g",
            steps,
            plan.batch().isPresent() ? "minibatch" : "full-batch",
            outcome.steps().hidden()));
  }

  private double[] forward(Network network) {
    return Forward.outputs(network, all.x(), all.count(), plan.threads());
  }

  private Answer closedForm(String name) {
    try (WorkerPool pool = new WorkerPool(plan.threads())) {
      boolean hidden = plan.trained().hidden();
      double output = !plan.trained().output() ? 0.0 : hidden ? outputRate : 1.0;
      return switch (name) {
        case "linearised" -> {
          HiddenLayer layer = layer(pool);
          double[] kernel =
              TangentKernel.twoRate(all, layer, hidden ? 1.0 : 0.0, output, 1.0).form(pool);
          yield descended(kernel, forward(initial), "first-order model at W_0");
        }
        case "random features" -> {
          double[] kernel = TangentKernel.twoRate(all, layer(pool), 0.0, 1.0, 1.0).form(pool);
          yield descended(kernel, zeros(), "output layer only, W_0 stays");
        }
        default -> infinite(pool, hidden, output);
      };
    }
  }

  private HiddenLayer layer(WorkerPool pool) {
    return HiddenLayer.of(all, initial, plan.aggregation().activeAtZero(), pool);
  }

  private double[] zeros() {
    return new double[all.count() * c];
  }

  private Answer descended(double[] kernel, double[] start, String what) {
    KernelFlow flow = new KernelFlow(kernel, all.count(), train.samples(), c);
    double eta = 1.0 / flow.largest();
    double[] outputs = flow.after(start, train.y(), eta, steps);
    return new Answer(
        outputs,
        String.format(Locale.ROOT, "%s, %,.0f full-batch steps, eta = %.4g", what, steps, eta));
  }

  private Answer infinite(WorkerPool pool, boolean hidden, double output) {
    if (document.initialWeights().isPresent()) {
      throw new TrainingException(
          "initial weights from a file have no law, so there is no infinite width");
    }
    var law = plan.initialization();
    double deviation = plan.initScale() * law.hiddenDeviation(plan.width(), train.features());
    double scale = law.scale(plan.width());
    double mass = plan.width() * scale * scale;
    double hiddenFactor = hidden ? TangentKernel.limitFactor(law, plan.width(), c) : 0.0;
    // The kernel of each output by itself: one output's regression serves them all.
    double[] kernel =
        TangentKernel.infinite(
                all, 1, plan.activation(), deviation, hiddenFactor, mass * output, pool)
            .form(pool);
    KernelFlow flow = new KernelFlow(kernel, all.count(), train.samples(), 1);
    double[] outputs = zeros();
    for (int o = 0; o < c; o++) {
      double[] targets = new double[train.samples()];
      for (int i = 0; i < targets.length; i++) {
        targets[i] = train.y()[i * c + o];
      }
      double[] answers = flow.limit(new double[all.count()], targets);
      for (int i = 0; i < answers.length; i++) {
        outputs[i * c + o] = answers[i];
      }
    }
    int singular = flow.singular();
    return new Answer(
        outputs,
        "the limit of width and time"
            + (singular == 0
                ? ""
                : ", %d of %d eigenvalues taken as 0".formatted(singular, train.samples())));
  }
}
