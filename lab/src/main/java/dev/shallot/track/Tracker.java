package dev.shallot.track;

import dev.shallot.TheoryException;
import dev.shallot.TrainingException;
import dev.shallot.bound.LayerSpectrum;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.NetworkView;
import dev.shallot.engine.Team;
import dev.shallot.engine.WorkerPool;
import dev.shallot.engine.dense.Forward;
import dev.shallot.kernel.Activations;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.Loss;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.spectrum.Eigensystem;
import dev.shallot.spectrum.Eigenvalues;
import dev.shallot.spectrum.ExtremeEigenvalues;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingMoment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Measures diagnostics of the network W_k that a round starts from, and of the one that the last
 * round leaves. It changes nothing of the run; what cannot be measured is NaN and told in {@link
 * TrackSummary}.
 *
 * <p>Of n samples, p subnets of h neurons and order q = n c, a round with everything costs 4 n m d
 * flops for activations and outputs, q^2 h/64 word steps a subnet for its counted kernel (2 q^2 h
 * flops for any other), and q^3/3 flops and some solves a subnet for its smallest eigenvalue.
 */
public final class Tracker implements TrainingListener, AutoCloseable {
  /** Matrices of a larger order take too long to be formed every round. */
  public static final int MOST_ORDER = 4_000;

  /** Up to this order a matrix is a worker's own; above it workers share each. */
  private static final int SIDE_BY_SIDE = 1_000;

  /** Up to this order every coefficient of the residual is in the log. */
  private static final int EVERY_COEFFICIENT = 200;

  private final Tracking tracking;
  private final TrainingPlan plan;
  private final TrainingData data;
  private final boolean papersLaw;
  private final Samples samples;
  private final Consumer<Tracked> sink;
  private final WorkerPool pool;
  private final int order;
  private final TrackSummary.Collector summary;
  private double outputRate = 1.0;
  private OptionalDouble radius = OptionalDouble.empty();
  private Optional<double[]> firstKernel = Optional.empty();
  private Optional<Eigensystem> basis = Optional.empty();
  private Optional<Activations> firstActivations = Optional.empty();
  private double[] buffer = new double[0];
  private final List<double[]> matrices = new ArrayList<>();
  private Optional<Network> start = Optional.empty();
  private double startSquare;
  private long nanos;
  private long nanosBetweenRounds;

  /**
   * A tracker of a run.
   *
   * @param tracking what to track
   * @param plan of the run
   * @param data X and Y
   * @param papersLaw whether the weights are drawn by the plan's law, not read from a file
   * @param sink takes what is measured
   * @throws TrainingException if the kernels would be too large
   */
  public Tracker(
      Tracking tracking,
      TrainingPlan plan,
      TrainingData data,
      boolean papersLaw,
      Consumer<Tracked> sink) {
    if (tracking.has(TrackItem.RESIDUAL) && plan.loss() != Loss.SQUARED) {
      throw new TrainingException(
          "tracking the residual in the kernel's eigenbasis is for the squared loss, whose residual"
              + " the kernel moves; leave residual out");
    }
    long q = (long) data.samples() * data.outputs();
    if (q > MOST_ORDER && needsKernel(tracking)) {
      throw new TrainingException(
          "tracking kernels takes matrices of order samples times outputs, at most %,d, but here it is %,d: take fewer rows (--rows), or track flips and displacement alone"
              .formatted(MOST_ORDER, q));
    }
    this.tracking = tracking;
    this.plan = plan;
    this.data = data;
    this.papersLaw =
        papersLaw && plan.initialization() == Initialization.NTK && KernelView.counted(plan);
    this.sink = sink;
    this.order = (int) q;
    this.pool = new WorkerPool(plan.threads());
    Samples plain = Samples.of(data);
    this.samples = needsKernel(tracking) ? plain.keepingProducts(pool) : plain;
    this.summary = new TrackSummary.Collector(plan.width());
  }

  private static boolean needsKernel(Tracking tracking) {
    return tracking.has(TrackItem.KERNEL)
        || tracking.has(TrackItem.SPECTRUM)
        || tracking.has(TrackItem.RESIDUAL)
        || tracking.has(TrackItem.PL);
  }

  @Override
  public void started(TrainingPlan used, StepSizes steps, String engine, Measurement measured) {
    outputRate = steps.output() / steps.hidden();
  }

  @Override
  public void resumed(TrainingPlan used, TrainingMoment moment, String engine, NetworkRows opened) {
    outputRate = moment.steps().output() / moment.steps().hidden();
    try {
      begin(opened.whole());
    } catch (TrainingException | TheoryException e) {
      // As at the first start, and told then.
      return;
    }
  }

  /** Takes in what the log of a run that goes on holds. */
  public void recall(Tracked tracked) {
    summary.take(tracked);
  }

  private void tell(Tracked tracked) {
    summary.take(tracked);
    sink.accept(tracked);
  }

  /**
   * Takes the network as the engine holds it, rounded to its number type, for the start.
   *
   * @return what is known before training
   */
  private Tracked begin(Network initial) {
    start = Optional.of(initial);
    startSquare = 0.0;
    for (double weight : initial.hiddenWeights()) {
      startSquare += weight * weight;
    }
    List<Tracked.Entry> numbers = new ArrayList<>();
    if (papersLaw && (tracking.has(TrackItem.SPECTRUM) || tracking.has(TrackItem.DISPLACEMENT))) {
      if (order <= MOST_ORDER) {
        double[] limit =
            TangentKernel.infinite(samples, data.outputs(), plan.keepProbability()).form(pool);
        double lambda0 = smallest(limit, pool);
        radius = OptionalDouble.of(plan.initScale() * lambda0 / (192.0 * data.samples()));
        numbers.add(Tracked.Entry.of("lambda0", lambda0));
        numbers.add(Tracked.Entry.of("radius", radius.getAsDouble()));
      }
    }
    KernelView view = new KernelView(plan, samples, initial, () -> initial, outputRate, pool);
    if (tracking.has(TrackItem.FLIPS)) {
      firstActivations = Optional.of(view.activations());
    }
    if (tracking.has(TrackItem.KERNEL) || tracking.has(TrackItem.RESIDUAL)) {
      double[] kernel = new double[order * order];
      view.whole(kernel);
      firstKernel = Optional.of(kernel);
      if (tracking.has(TrackItem.RESIDUAL)) {
        Eigensystem system = Eigenvalues.withVectors(kernel, order);
        basis = Optional.of(system);
        numbers.add(Tracked.Entry.of("eigenvalues", reversed(system.values())));
      }
    }
    return Tracked.of(-1, numbers);
  }

  @Override
  public void standing(long round, Optional<MaskSet> masks, NetworkView network) {
    if (masks.isPresent() && round % tracking.every() != 0) {
      return;
    }
    long begin = System.nanoTime();
    Tracked found;
    try {
      if (start.isEmpty()) {
        tell(begin(network.network()));
      }
      found = Tracked.of(round, measure(network, masks));
    } catch (TrainingException | TheoryException e) {
      found = Tracked.failed(round, String.valueOf(e.getMessage()));
    }
    long taken = System.nanoTime() - begin;
    nanos += taken;
    nanosBetweenRounds += masks.isPresent() ? taken : 0;
    tell(found);
  }

  private List<Tracked.Entry> measure(NetworkView network, Optional<MaskSet> masks) {
    List<Tracked.Entry> numbers = new ArrayList<>();
    KernelView view = new KernelView(plan, samples, start.orElseThrow(), network, outputRate, pool);
    if (tracking.has(TrackItem.KERNEL) || tracking.has(TrackItem.SPECTRUM)) {
      buffer = buffer.length == 0 ? new double[order * order] : buffer;
      view.whole(buffer);
    }
    if (tracking.has(TrackItem.KERNEL)) {
      numbers.add(Tracked.Entry.of("drift", KernelView.drift(firstKernel.orElseThrow(), buffer)));
    }
    if (tracking.has(TrackItem.SPECTRUM)) {
      numbers.add(Tracked.Entry.of("lambdaMin", smallest(buffer, pool)));
      if (masks.isPresent()) {
        numbers.add(Tracked.Entry.of("subnetLambdaMin", ofSubnets(view, masks.get())));
      }
    }
    if (tracking.has(TrackItem.FLIPS)) {
      double share = flips(firstActivations.orElseThrow(), view.activations());
      numbers.add(Tracked.Entry.of("flipShare", share));
    }
    if (tracking.has(TrackItem.DISPLACEMENT)) {
      displacement(network, view, numbers);
    }
    if (tracking.has(TrackItem.RESIDUAL)) {
      residual(view.network(), numbers);
    }
    if (tracking.has(TrackItem.PL)) {
      double pl = LayerSpectrum.of(samples, view.layer(), pool).smallest();
      numbers.add(Tracked.Entry.of("pl", pl));
    }
    return numbers;
  }

  private double flips(Activations first, Activations now) {
    return first.differences(now) / ((double) plan.width() * data.samples());
  }

  /** Each subnet's; as many matrices as there are workers are decomposed side by side. */
  private double[] ofSubnets(KernelView view, MaskSet masks) {
    double[] each = new double[masks.subnets()];
    int together = order <= SIDE_BY_SIDE ? Math.min(pool.workers(), each.length) : 1;
    while (matrices.size() < together) {
      matrices.add(new double[order * order]);
    }
    for (int first = 0; first < each.length; first += together) {
      int count = Math.min(together, each.length - first);
      for (int i = 0; i < count; i++) {
        view.subnet(masks, first + i, matrices.get(i));
      }
      int start = first;
      if (count == 1) {
        each[start] = smallest(matrices.getFirst(), pool);
      } else {
        pool.run(count, (i, worker) -> each[start + i] = smallest(matrices.get(i), Team.ALONE));
      }
    }
    return each;
  }

  private double smallest(double[] matrix, Team team) {
    double found = ExtremeEigenvalues.smallestEstimate(matrix, order, team);
    double trace = 0.0;
    for (int i = 0; i < order; i++) {
      trace += matrix[i * order + i];
    }
    // Below that there is no correct digit: the kernel is singular as far as float64 can tell.
    return Math.abs(found) <= order * Math.ulp(trace) ? 0.0 : found;
  }

  private void displacement(NetworkView network, KernelView view, List<Tracked.Entry> numbers) {
    double[] first = start.orElseThrow().hiddenWeights();
    double[] squares =
        network.squaredDisplacements().orElseGet(() -> view.squaredDisplacements(first));
    double farthest = 0.0;
    double mean = 0.0;
    double relative = 0.0;
    int outside = 0;
    for (int r = 0; r < plan.width(); r++) {
      double distance = Math.sqrt(squares[r]);
      relative += squares[r];
      mean += distance / plan.width();
      farthest = Math.max(farthest, distance);
      outside += radius.isPresent() && distance > radius.getAsDouble() ? 1 : 0;
    }
    numbers.add(Tracked.Entry.of("farthest", farthest));
    numbers.add(Tracked.Entry.of("meanDistance", mean));
    numbers.add(
        Tracked.Entry.of(
            "movement", startSquare == 0.0 ? Double.NaN : Math.sqrt(relative / startSquare)));
    if (radius.isPresent()) {
      numbers.add(Tracked.Entry.of("outside", outside));
    }
  }

  /** Squares of coefficients, summed over ranks 1, 2-3, 4-7, ... from the largest eigenvalue. */
  private void residual(Network network, List<Tracked.Entry> numbers) {
    int n = data.samples();
    int c = data.outputs();
    double[] outputs = Forward.outputs(network, data.x(), n, plan.threads());
    double[] residual = new double[order];
    for (int i = 0; i < n; i++) {
      for (int o = 0; o < c; o++) {
        residual[o * n + i] = data.y()[i * c + o] - plan.wholeFactor() * outputs[i * c + o];
      }
    }
    Eigensystem system = basis.orElseThrow();
    double[] coefficients = new double[order];
    double[] octaves = new double[Integer.SIZE - Integer.numberOfLeadingZeros(order)];
    for (int rank = 0; rank < order; rank++) {
      double sum = 0.0;
      int row = (order - 1 - rank) * order;
      for (int i = 0; i < order; i++) {
        sum += system.vectors()[row + i] * residual[i];
      }
      coefficients[rank] = sum;
      octaves[Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rank + 1)] += sum * sum;
    }
    numbers.add(Tracked.Entry.of("residual", octaves));
    if (order <= EVERY_COEFFICIENT) {
      numbers.add(Tracked.Entry.of("coefficients", coefficients));
    }
  }

  private static double[] reversed(double[] ascending) {
    double[] descending = new double[ascending.length];
    for (int i = 0; i < descending.length; i++) {
      descending[i] = ascending[ascending.length - 1 - i];
    }
    return descending;
  }

  /** What came of it. */
  public TrackSummary summary() {
    return summary.build(nanos * 1e-9);
  }

  /** Seconds of it that fell between the first round and the last. */
  public double secondsBetweenRounds() {
    return nanosBetweenRounds * 1e-9;
  }

  @Override
  public void close() {
    pool.close();
  }
}
