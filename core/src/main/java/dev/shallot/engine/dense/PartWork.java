package dev.shallot.engine.dense;

import dev.shallot.TrainingException;
import dev.shallot.engine.BatchSchedule;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.Team;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.DrawnNetwork;
import dev.shallot.network.NetworkRows;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The work of a round in pieces, each of which needs a part of the network only, so that they can
 * be done on different machines:
 *
 * <pre>
 *   part   -> select   one array of rows for each subnet that holds some of the part's neurons
 *   subnet -> train    the rows that all parts sent, side by side; tau local steps; the rows back
 *   part   -> combine  the rows that all subnets sent back, in subnet order
 *   part   -> measure  what the part's neurons add to the monitored output
 * </pre>
 *
 * The same kernels add the same numbers in the same order as in {@link DenseEngine}, so the bits
 * are the same. A row is the d hidden weights; the c output weights are behind them when they are
 * trained, or when no law could draw them again at the other end; with momentum, the velocities of
 * all of these come last.
 *
 * <p>One instance a run and JVM: it holds the samples. It may be used by several threads at once.
 *
 * @param <A> array type
 */
public final class PartWork<A> {
  private final EngineSetup setup;
  private final TrainingPlan plan;
  private final Kernels<A> kernels;
  private final Samples<A> samples;
  private final Batch<A> all;
  private final int features;
  private final int outputs;
  private final boolean moving;
  private final RowLayout<A> layout;
  private final RowLayout<A> resting;
  private final BatchSchedule schedule;
  private final Queue<Trainer<A>> idle = new ConcurrentLinkedQueue<>();

  private record Trainer<A>(SubnetTrainer<A> trainer, int room) {}

  private PartWork(EngineSetup setup, Kernels<A> kernels) {
    this.setup = setup;
    this.plan = setup.plan();
    this.kernels = kernels;
    this.samples = Samples.of(kernels, setup.data());
    this.all = Batch.all(kernels, setup.data(), samples);
    this.features = setup.data().features();
    this.outputs = setup.data().outputs();
    this.moving = plan.momentum() > 0.0;
    this.layout = new RowLayout<>(kernels, features, outputs, moving);
    this.resting = new RowLayout<>(kernels, features, outputs, false);
    this.schedule = setup.batches(plan.localSteps());
  }

  /** In the precision of the plan. */
  public static PartWork<?> of(EngineSetup setup) {
    return setup.plan().precision() == Precision.FLOAT32
        ? new PartWork<>(setup, Simd.float32())
        : new PartWork<>(setup, Simd.float64());
  }

  /**
   * How many neurons a part has: {@code 64 * 2^k}, k as large as leaves so many parts, and a part
   * below so many bytes; at least 64.
   *
   * @param plan with width and precision
   * @param row numbers of a neuron, d + c, or twice as many with momentum
   * @param parts as many as there should be at least, if the network is wide enough
   * @param mostBytes of a part
   */
  public static int partSize(TrainingPlan plan, int row, int parts, long mostBytes) {
    long size = Blocks.SIZE;
    while (size < plan.width()
        && (plan.width() + 2 * size - 1) / (2 * size) >= parts
        && 2 * size * row * plan.precision().bytes() <= mostBytes) {
      size *= 2;
    }
    return (int) size;
  }

  private boolean sendsOutputs() {
    return plan.trained().output() || !(setup.start() instanceof DrawnNetwork);
  }

  private boolean returnsOutputs() {
    return plan.trained().output();
  }

  /** Neurons first .. first+count-1 at initialisation. */
  public NetworkPart<A> initial(int first, int count) {
    return part(setup.start(), first, count);
  }

  /** Neurons first .. first+count-1, all numbers zero, to be filled by whoever asks. */
  public NetworkPart<A> blank(int first, int count) {
    int hidden = Math.multiplyExact(count, features);
    int output = Math.multiplyExact(count, outputs);
    return new NetworkPart<>(
        first,
        count,
        kernels.allocate(hidden),
        kernels.allocate(output),
        kernels.allocate(moving ? hidden : 0),
        kernels.allocate(moving ? output : 0));
  }

  private NetworkPart<A> part(NetworkRows from, int first, int count) {
    double[] hidden = new double[Math.multiplyExact(count, features)];
    double[] output = new double[Math.multiplyExact(count, outputs)];
    from.copyRows(first, count, hidden, output);
    NetworkPart<A> part = blank(first, count);
    kernels.load(hidden, 0, part.hidden(), 0, hidden.length);
    kernels.load(output, 0, part.output(), 0, output.length);
    return part;
  }

  /** What measuring a part needs to know of its beginning. */
  public PartStart<A> start(NetworkPart<A> initial) {
    WholeNetwork<A> meter =
        new WholeNetwork<>(
            setup, kernels, all, resting.padded(initial), initial.count(), Team.ALONE);
    A none = kernels.allocate(0);
    NetworkPart<A> weights =
        new NetworkPart<>(
            initial.first(), initial.count(), initial.hidden(), initial.output(), none, none);
    return new PartStart<>(weights, meter.initialActive());
  }

  /** The rows of a part that a subnet holds, in neuron order; of length zero if there are none. */
  public A select(NetworkPart<A> part, MaskSet masks, int subnet) {
    int[] held = new int[part.count()];
    int count = masks.heldNeurons(subnet, part.first(), part.count(), held);
    boolean withOutputs = sendsOutputs();
    int length = layout.row(withOutputs);
    A rows = kernels.allocate(Math.multiplyExact(count, length));
    Neurons<A> neurons = layout.neurons(part);
    for (int i = 0; i < count; i++) {
      layout.take(neurons, held[i], rows, i * length, withOutputs);
    }
    return rows;
  }

  /**
   * Takes a subnet's local steps.
   *
   * @param task the round
   * @param subnet l
   * @param partSize neurons of every part but the last
   * @param sent what {@link #select} gave for each part that has some, in any order
   */
  public TrainedSubnet<A> train(
      RoundTask task, int subnet, int partSize, Iterator<PartRows<A>> sent) {
    int count = task.masks().held(subnet);
    Trainer<A> taken = trainer(count);
    SubnetTrainer<A> trainer = taken.trainer();
    trainer.begin(count);
    gather(trainer.held(), task.masks(), subnet, partSize, sent);
    int tau = plan.localSteps();
    double[] stepErrors = new double[tau];
    double[] subnetErrors = new double[task.subnetErrors() ? tau + 1 : 0];
    trainer.takeSteps(task, subnet, Team.ALONE, 0, stepErrors, subnetErrors);
    List<A> back = scatter(trainer.held(), task.masks(), subnet, partSize);
    idle.add(taken);
    return new TrainedSubnet<>(back, stepErrors, subnetErrors);
  }

  private void gather(
      Neurons<A> to, MaskSet masks, int subnet, int partSize, Iterator<PartRows<A>> sent) {
    boolean withOutputs = sendsOutputs();
    int length = layout.row(withOutputs);
    int[] held = new int[partSize];
    int[] begin = begins(masks, subnet, partSize, held);
    double[] drawn = new double[outputs];
    int arrived = 0;
    while (sent.hasNext()) {
      PartRows<A> next = sent.next();
      int first = next.from() * partSize;
      int count = masks.heldNeurons(subnet, first, partCount(first, partSize), held);
      for (int i = 0; i < count; i++) {
        int row = begin[next.from()] + i;
        layout.put(next.rows(), i * length, to, row, withOutputs);
        if (!withOutputs && setup.start() instanceof DrawnNetwork law) {
          law.copyOutputs(first + held[i], 1, drawn, 0);
          kernels.load(drawn, 0, to.output(), row * outputs, outputs);
        }
      }
      arrived += count;
    }
    if (arrived != masks.held(subnet)) {
      throw new TrainingException(
          "subnet %d holds %d neurons, but the rows of %d arrived"
              .formatted(subnet, masks.held(subnet), arrived));
    }
  }

  /** For each part, where its rows begin among those of a subnet. */
  private int[] begins(MaskSet masks, int subnet, int partSize, int[] scratch) {
    int[] begins = new int[(plan.width() + partSize - 1) / partSize];
    int row = 0;
    for (int part = 0; part < begins.length; part++) {
      begins[part] = row;
      int first = part * partSize;
      row += masks.heldNeurons(subnet, first, partCount(first, partSize), scratch);
    }
    return begins;
  }

  private List<A> scatter(Neurons<A> from, MaskSet masks, int subnet, int partSize) {
    boolean withOutputs = returnsOutputs();
    int length = layout.row(withOutputs);
    int[] held = new int[partSize];
    List<A> back = new ArrayList<>();
    int row = 0;
    for (int first = 0; first < plan.width(); first += partSize) {
      int count = masks.heldNeurons(subnet, first, partCount(first, partSize), held);
      A rows = kernels.allocate(Math.multiplyExact(count, length));
      for (int i = 0; i < count; i++, row++) {
        layout.take(from, row, rows, i * length, withOutputs);
      }
      back.add(rows);
    }
    return back;
  }

  private int partCount(int first, int partSize) {
    return Math.min(partSize, plan.width() - first);
  }

  /** One that is idle and large enough, or a new one; who takes one gives it back. */
  private Trainer<A> trainer(int held) {
    Trainer<A> found = idle.poll();
    if (found != null && found.room() >= held) {
      return found;
    }
    // Subnets of random sizes: some room to grow, so that most rounds need no new one.
    int room = (int) Math.min(plan.width(), held + held / 16 + 64L);
    return new Trainer<>(
        new SubnetTrainer<>(setup, kernels, samples, all, schedule, 1, room), room);
  }

  /**
   * A part after a round. Rows are added in subnet order, whatever order they come in; those that
   * come too early wait.
   *
   * @param part before it; not changed
   * @param masks of the round
   * @param back for each subnet that holds some of the part's neurons: its number, and what {@link
   *     #train} gave for this part
   */
  public NetworkPart<A> combine(NetworkPart<A> part, MaskSet masks, Iterator<PartRows<A>> back) {
    Combiner<A> combiner = new Combiner<>(kernels, plan, part.count(), features, outputs);
    Neurons<A> one = Neurons.room(kernels, 1, features, outputs, moving);
    int[] held = new int[part.count()];
    SortedMap<Integer, A> early = new TreeMap<>();
    for (int subnet = 0; subnet < masks.subnets(); subnet++) {
      int count = masks.heldNeurons(subnet, part.first(), part.count(), held);
      if (count > 0) {
        add(one, count, held, rows(subnet, early, back), combiner);
      }
    }
    Neurons<A> next = layout.padded(part);
    combiner.finish(masks.subnets(), next, Team.ALONE);
    return layout.unpadded(part.first(), part.count(), next);
  }

  private void add(Neurons<A> one, int count, int[] held, A rows, Combiner<A> combiner) {
    boolean withOutputs = returnsOutputs();
    int length = layout.row(withOutputs);
    for (int i = 0; i < count; i++) {
      layout.put(rows, i * length, one, 0, withOutputs);
      combiner.addRow(one, 0, held[i]);
    }
  }

  private A rows(int subnet, SortedMap<Integer, A> early, Iterator<PartRows<A>> back) {
    while (!early.containsKey(subnet) && back.hasNext()) {
      PartRows<A> next = back.next();
      early.put(next.from(), next.rows());
    }
    A rows = early.remove(subnet);
    if (rows == null) {
      throw new TrainingException(
          "the rows that subnet %d trained did not arrive".formatted(subnet));
    }
    return rows;
  }

  /** What a part adds to the monitored output, its sums without padding. */
  public PartMeasurement<A> measure(NetworkPart<A> part, PartStart<A> start) {
    WholeNetwork<A> meter =
        new WholeNetwork<>(
            setup,
            kernels,
            all,
            resting.padded(start.part()),
            start.active(),
            part.count(),
            Team.ALONE);
    PartMeasurement<A> measured = meter.measurePart(layout.padded(part), Team.ALONE);
    A sums = kernels.allocate(outputs * all.size());
    copySums(measured.sums(), all.stride(), sums, all.size());
    return new PartMeasurement<>(
        sums, measured.flips(), measured.dead(), measured.squaredDisplacement());
  }

  /** The whole network's measurement, from those of all parts in order. */
  public Measurement measurement(List<PartMeasurement<A>> parts) {
    int size = outputs * all.stride();
    PartMeasurement<A> together =
        PartMeasurement.together(kernels, parts.stream().map(this::padded).iterator(), size);
    Residual<A> loss = new Residual<>(kernels, plan.loss(), setup.data());
    return together.whole(
        loss.of(setup.wholeScale(), together.sums(), all, kernels.allocate(size)));
  }

  private PartMeasurement<A> padded(PartMeasurement<A> part) {
    A sums = kernels.allocate(outputs * all.stride());
    copySums(part.sums(), all.size(), sums, all.stride());
    return new PartMeasurement<>(sums, part.flips(), part.dead(), part.squaredDisplacement());
  }

  private void copySums(A from, int fromStride, A to, int toStride) {
    for (int o = 0; o < outputs; o++) {
      System.arraycopy(from, o * fromStride, to, o * toStride, all.size());
    }
  }

  /** Neurons from .. from+count-1 of a part, in float64. */
  public void store(NetworkPart<A> part, int from, int count, double[] hidden, double[] output) {
    kernels.store(part.hidden(), from * features, hidden, 0, count * features);
    kernels.store(part.output(), from * outputs, output, 0, count * outputs);
  }
}
