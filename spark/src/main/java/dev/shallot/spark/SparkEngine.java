package dev.shallot.spark;

import dev.shallot.engine.DataOrigin;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.StateExchange;
import dev.shallot.engine.Traffic;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.engine.dense.NetworkPart;
import dev.shallot.engine.dense.PartMeasurement;
import dev.shallot.engine.dense.PartStart;
import dev.shallot.engine.dense.PartWork;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import dev.shallot.network.RowFile;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.training.ByteLedger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Computes rounds on a Spark cluster, to the bits of the dense engine. Neurons live in parts across
 * the executors, and a round is one job:
 *
 * <pre>
 *   stage 1  part:    to each subnet the rows that its mask holds         p x parts packets
 *   stage 2  subnet:  tau local steps on those rows; the rows go back     p tasks
 *   stage 3  part:    combines what came back, in subnet order; measures itself
 * </pre>
 *
 * Masks, initial weights and batches are functions of the plan, so nobody sends them. What the
 * driver gets of a round are the results of stage 3: the subnets' errors, and for each part one
 * vector that the monitored output is summed from. It never has the network.
 *
 * <p>A part that is lost with its executor is made again from the round before it, and that from
 * the one before, back to the last checkpoint, which is written to a folder that all machines see
 * every few rounds.
 *
 * @param <A> array type
 */
final class SparkEngine<A> implements TrainingEngine {
  private final EngineSetup setup;
  private final TrainingPlan plan;
  private final ClusterConnection connection;
  private final JavaSparkContext spark;
  private final PartWork<A> work;
  private final String run = UUID.randomUUID().toString();
  private final int partSize;
  private final int parts;
  private final Broadcast<RunBrief> brief;
  private final JavaRDD<PartStart<A>> starts;
  private JavaRDD<PartState<A>> state;
  private final Foundation foundation;
  private Optional<RowFile> rows = Optional.empty();
  private boolean begun;
  private long rounds;
  private long ledger;

  @SuppressWarnings("unchecked")
  private SparkEngine(
      EngineSetup setup, DataOrigin origin, ClusterConnection connection, PartWork<?> work) {
    this.setup = setup;
    this.plan = setup.plan();
    this.connection = connection;
    this.spark = connection.context();
    this.work = (PartWork<A>) work;
    this.foundation = new Foundation(spark);
    int row = (features() + outputs()) * (plan.momentum() > 0.0 ? 2 : 1);
    this.partSize = PartWork.partSize(plan, row, connection.cores(), connection.mostPartBytes());
    this.parts = (plan.width() + partSize - 1) / partSize;
    this.brief = spark.broadcast(RunBrief.of(run, partSize, setup, origin));
    RoundTasks<A> tasks = new RoundTasks<>(brief, 0, false);
    this.state = numbers().map(tasks::initial).persist(StorageLevel.MEMORY_AND_DISK());
    this.starts = numbers().map(tasks::start).persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** An engine on a cluster; it closes the connection when it is closed. */
  static TrainingEngine open(EngineSetup setup, DataOrigin origin, ClusterConnection connection) {
    SparkEngine<?> engine = new SparkEngine<>(setup, origin, connection, PartWork.of(setup));
    try {
      connection.check(engine.brief);
      return engine;
    } catch (RuntimeException e) {
      // Where the driver is an executor, it may have a place.
      Workplace.leave(engine.run);
      throw e;
    }
  }

  /** The parts' numbers, one in each partition. */
  private JavaRDD<Integer> numbers() {
    return spark.parallelize(RoundTasks.numbers(parts), parts);
  }

  @Override
  public String description() {
    return "spark %s, %s, %s, %d parts of %d neurons"
        .formatted(
            spark.version(),
            connection.description(),
            plan.precision().name().toLowerCase(Locale.ROOT),
            parts,
            partSize);
  }

  @Override
  public Measurement measure() {
    try {
      return measurement(
          measured(state, new RoundTasks<>(brief, 0, false)).map(PartState::report).collect());
    } catch (Exception e) {
      throw connection.failure(e);
    }
  }

  private JavaRDD<PartState<A>> measured(JavaRDD<PartState<A>> parts, RoundTasks<A> tasks) {
    return parts.zipPartitions(
        starts,
        (states, begun) ->
            List.of(tasks.measured(RoundTasks.only(states), RoundTasks.only(begun))).iterator());
  }

  private Measurement measurement(List<PartState.Report<A>> reports) {
    List<PartMeasurement<A>> measured = new ArrayList<>();
    reports.forEach(report -> measured.addAll(report.measured()));
    return work.measurement(measured);
  }

  @Override
  public RoundReport round(RoundTask task) {
    connection.roundBegins();
    RoundTasks<A> tasks = new RoundTasks<>(brief, task.round(), task.subnetErrors());
    JavaRDD<PartState<A>> before = state;
    JavaRDD<PartState<A>> combined = combined(before, trained(before, tasks), tasks);
    JavaRDD<PartState<A>> after = task.measure() ? measured(combined, tasks) : combined;
    after.persist(StorageLevel.MEMORY_AND_DISK());
    boolean checkpoint = (task.round() + 1) % connection.checkpointRounds() == 0;
    if (checkpoint) {
      after.checkpoint();
    }
    try {
      List<PartState.Report<A>> reports = after.map(PartState::report).collect();
      state = after;
      before.unpersist(false);
      if (checkpoint) {
        foundation.is(after.getCheckpointFile().get());
      }
      rounds++;
      ledger += ByteLedger.roundBytes(task.masks(), plan, features(), outputs());
      forgetRows();
      return report(task, reports);
    } catch (Exception e) {
      throw connection.failure(e);
    }
  }

  /** What the subnets send back, by part. */
  private JavaPairRDD<Integer, Packet> trained(JavaRDD<PartState<A>> before, RoundTasks<A> tasks) {
    JavaPairRDD<Integer, Packet> sent =
        shuffled(before.flatMapToPair(tasks::send), plan.masks().subnets());
    JavaRDD<Tuple2<Integer, Packet>> back = sent.mapPartitionsWithIndex(tasks::train, false);
    return shuffled(JavaPairRDD.fromJavaRDD(back), parts);
  }

  private JavaPairRDD<Integer, Packet> shuffled(JavaPairRDD<Integer, Packet> packets, int places) {
    ClassTag<Integer> number = ClassTag$.MODULE$.apply(Integer.class);
    ClassTag<Packet> packet = ClassTag$.MODULE$.apply(Packet.class);
    ShuffledRDD<Integer, Packet, Packet> sorted =
        new ShuffledRDD<>(packets.rdd(), new ByNumber(places), number, packet, packet);
    sorted.setSerializer(new PacketSerializer());
    foundation.needs(sorted);
    return JavaPairRDD.fromRDD(sorted, number, packet);
  }

  private static <A> JavaRDD<PartState<A>> combined(
      JavaRDD<PartState<A>> before, JavaPairRDD<Integer, Packet> back, RoundTasks<A> tasks) {
    return before.zipPartitions(
        back,
        (Iterator<PartState<A>> states, Iterator<Tuple2<Integer, Packet>> packets) ->
            List.of(tasks.combine(RoundTasks.only(states), packets)).iterator());
  }

  private RoundReport report(RoundTask task, List<PartState.Report<A>> reports) {
    int p = task.masks().subnets();
    int tau = plan.localSteps();
    double[] stepErrors = new double[p * tau];
    double[] subnetErrors = new double[task.subnetErrors() ? p * (tau + 1) : 0];
    for (PartState.Report<A> report : reports) {
      for (SubnetErrors told : report.errors()) {
        int l = told.subnet();
        System.arraycopy(told.steps(), 0, stepErrors, l * tau, tau);
        if (task.subnetErrors()) {
          System.arraycopy(told.all(), 0, subnetErrors, l * (tau + 1), tau + 1);
        }
      }
    }
    return new RoundReport(
        p,
        tau,
        stepErrors,
        subnetErrors,
        task.measure() ? Optional.of(measurement(reports)) : Optional.empty());
  }

  @Override
  public Network network() {
    return rows().whole();
  }

  /** The network in a file of this machine, part after part; before training, its law. */
  @Override
  public NetworkRows rows() {
    if (!begun) {
      return new StartRows<>(work, setup.start());
    }
    if (rows.isEmpty()) {
      RowFile file = new RowFile(setup.start());
      try {
        new FetchedParts<>(connection, state).forEachRemaining(part -> put(part, file));
      } catch (RuntimeException e) {
        file.release();
        throw e;
      }
      rows = Optional.of(file);
    }
    return rows.get().share();
  }

  private void put(NetworkPart<A> part, RowFile file) {
    int chunk = RowFile.chunk(file);
    double[] hidden = new double[chunk * file.features()];
    double[] output = new double[chunk * file.outputs()];
    for (int from = 0; from < part.count(); from += chunk) {
      int count = Math.min(chunk, part.count() - from);
      work.store(part, from, count, hidden, output);
      file.put(part.first() + from, count, hidden, output);
    }
  }

  /** Who got {@link #rows} keeps them; the next call makes another file. */
  private void forgetRows() {
    begun = true;
    rows.ifPresent(RowFile::release);
    rows = Optional.empty();
  }

  /**
   * The parts in order, each as one piece of hidden and one of output weights, and their
   * velocities. How many neurons a part has depends on the cluster; where they are cut does not
   * matter to who restores them.
   */
  @Override
  public void exchange(StateExchange exchange) throws IOException {
    switch (exchange.purpose()) {
      case SIZES -> {
        for (int number = 0; number < parts; number++) {
          exchange(exchange, blank(number));
        }
      }
      case SAVE -> {
        FetchedParts<A> all = new FetchedParts<>(connection, state);
        while (all.hasNext()) {
          exchange(exchange, all.next());
        }
      }
      case RESTORE -> restore(exchange);
    }
  }

  private void restore(StateExchange exchange) throws IOException {
    String folder = connection.folder() + "/restored";
    PartFiles files = PartFiles.in(spark, folder);
    for (int number = 0; number < parts; number++) {
      NetworkPart<A> part = blank(number);
      exchange(exchange, part);
      files.write(number, part);
    }
    state.unpersist(false);
    Function<Integer, PartState<A>> read = restored(files);
    state = numbers().map(read).persist(StorageLevel.MEMORY_AND_DISK());
    foundation.is(folder);
    forgetRows();
  }

  /** Not a method of an engine: it travels. */
  private static <A> Function<Integer, PartState<A>> restored(PartFiles files) {
    return number ->
        new PartState<>(files.read(number), new PartState.Report<>(List.of(), List.of()));
  }

  private NetworkPart<A> blank(int number) {
    int first = number * partSize;
    return work.blank(first, Math.min(partSize, plan.width() - first));
  }

  private void exchange(StateExchange exchange, NetworkPart<A> part) throws IOException {
    int count = part.count();
    exchange.numbers("W", part.hidden(), count, features(), features());
    exchange.numbers("a", part.output(), count, outputs(), outputs());
    if (plan.momentum() > 0.0) {
      exchange.numbers("vW", part.hiddenVelocity(), count, features(), features());
      exchange.numbers("va", part.outputVelocity(), count, outputs(), outputs());
    }
  }

  private int features() {
    return setup.data().features();
  }

  private int outputs() {
    return setup.data().outputs();
  }

  @Override
  public Optional<Traffic> traffic() {
    return Optional.of(
        new Traffic(
            rounds,
            ledger,
            connection.countedBytes(),
            rounds * ByteLedger.dataParallelBytes(plan, features(), outputs()),
            rounds * ByteLedger.localSgdBytes(plan, features(), outputs())));
  }

  @Override
  public void close() {
    rows.ifPresent(RowFile::release);
    rows = Optional.empty();
    Workplace.leave(run);
    connection.close();
  }
}
