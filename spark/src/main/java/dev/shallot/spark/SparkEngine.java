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
  private Optional<RowFile> rows = Optional.empty();
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
    int row = features() + outputs();
    this.partSize = PartWork.partSize(plan, row, connection.cores(), connection.mostPartBytes());
    this.parts = (plan.width() + partSize - 1) / partSize;
    this.brief = spark.broadcast(RunBrief.of(run, partSize, setup, origin));
    connection.check(brief);
    RoundTasks<A> tasks = new RoundTasks<>(brief, 0, false);
    JavaRDD<Integer> numbers = spark.parallelize(RoundTasks.numbers(parts), parts);
    this.state = numbers.map(tasks::initial).persist(StorageLevel.MEMORY_AND_DISK());
    this.starts = numbers.map(tasks::start).persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** An engine on a cluster; it closes the connection when it is closed. */
  static TrainingEngine open(EngineSetup setup, DataOrigin origin, ClusterConnection connection) {
    return new SparkEngine<>(setup, origin, connection, PartWork.of(setup));
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
    RoundTasks<A> tasks = new RoundTasks<>(brief, 0, false);
    try {
      List<PartState.Report<A>> reports =
          state
              .zipPartitions(
                  starts,
                  (states, begun) ->
                      List.of(tasks.measured(RoundTasks.only(states), RoundTasks.only(begun)))
                          .iterator())
              .map(PartState::report)
              .collect();
      return measurement(reports);
    } catch (RuntimeException e) {
      throw connection.failure(e);
    }
  }

  private Measurement measurement(List<PartState.Report<A>> reports) {
    List<PartMeasurement<A>> measured = new ArrayList<>();
    reports.forEach(report -> measured.addAll(report.measured()));
    return work.measurement(measured);
  }

  @Override
  public RoundReport round(RoundTask task) {
    RoundTasks<A> tasks = new RoundTasks<>(brief, task.round(), task.subnetErrors());
    JavaRDD<PartState<A>> before = state;
    JavaRDD<PartState<A>> after = combined(before, trained(before, tasks), tasks);
    if (task.measure()) {
      after =
          after.zipPartitions(
              starts,
              (states, begun) ->
                  List.of(tasks.measured(RoundTasks.only(states), RoundTasks.only(begun)))
                      .iterator());
    }
    after.persist(StorageLevel.MEMORY_AND_DISK());
    if ((task.round() + 1) % connection.checkpointRounds() == 0) {
      after.checkpoint();
    }
    try {
      List<PartState.Report<A>> reports = after.map(PartState::report).collect();
      state = after;
      before.unpersist(false);
      rounds++;
      ledger += ByteLedger.roundBytes(task.masks(), plan, features(), outputs());
      forgetRows();
      return report(task, reports);
    } catch (RuntimeException e) {
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

  private static JavaPairRDD<Integer, Packet> shuffled(
      JavaPairRDD<Integer, Packet> packets, int places) {
    ClassTag<Integer> number = ClassTag$.MODULE$.apply(Integer.class);
    ClassTag<Packet> packet = ClassTag$.MODULE$.apply(Packet.class);
    ShuffledRDD<Integer, Packet, Packet> sorted =
        new ShuffledRDD<>(packets.rdd(), new ByNumber(places), number, packet, packet);
    return JavaPairRDD.fromRDD(sorted.setSerializer(new PacketSerializer()), number, packet);
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

  /** The network in a file of this machine, part after part. */
  @Override
  public NetworkRows rows() {
    if (rows.isEmpty()) {
      RowFile file = new RowFile(setup.start());
      int chunk = RowFile.chunk(file);
      double[] hidden = new double[chunk * file.features()];
      double[] output = new double[chunk * file.outputs()];
      try {
        state
            .map(PartState::part)
            .toLocalIterator()
            .forEachRemaining(
                part -> {
                  for (int from = 0; from < part.count(); from += chunk) {
                    int count = Math.min(chunk, part.count() - from);
                    work.store(part, from, count, hidden, output);
                    file.put(part.first() + from, count, hidden, output);
                  }
                });
      } catch (RuntimeException e) {
        file.close();
        throw connection.failure(e);
      }
      rows = Optional.of(file);
    }
    return rows.get();
  }

  /** The file that {@link #rows} gave stays good; the next call makes another. */
  private void forgetRows() {
    rows = Optional.empty();
  }

  /**
   * The parts in order, each as one piece of hidden and one of output weights, and their
   * velocities. Who saves them leaves them as they are; who restores them changes them, and then
   * they are what the executors get.
   */
  @Override
  public void exchange(StateExchange exchange) throws IOException {
    List<JavaRDD<PartState<A>>> restored = new ArrayList<>();
    Iterator<NetworkPart<A>> all = state.map(PartState::part).toLocalIterator();
    try {
      while (all.hasNext()) {
        NetworkPart<A> saved = all.next();
        NetworkPart<A> part = work.copy(saved);
        exchange(exchange, part);
        if (!restored.isEmpty() || !work.same(part, saved)) {
          int number = part.first() / partSize;
          while (restored.size() < number) {
            restored.add(placed(part(restored.size())));
          }
          restored.add(placed(part));
        }
      }
    } catch (RuntimeException e) {
      throw connection.failure(e);
    }
    if (!restored.isEmpty()) {
      state.unpersist(false);
      state = together(restored);
      forgetRows();
    }
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

  private NetworkPart<A> part(int number) {
    return state.collectPartitions(new int[] {number})[0].getFirst().part();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private JavaRDD<PartState<A>> together(List<JavaRDD<PartState<A>>> parts) {
    return spark.union(parts.toArray(new JavaRDD[0]));
  }

  /** A part on the cluster and in its folder, so that the driver need not keep it. */
  private JavaRDD<PartState<A>> placed(NetworkPart<A> part) {
    PartState<A> one = new PartState<>(part, new PartState.Report<>(List.of(), List.of()));
    JavaRDD<PartState<A>> place =
        spark.parallelize(List.of(one), 1).persist(StorageLevel.MEMORY_AND_DISK());
    place.checkpoint();
    place.foreach(placed -> {});
    return place;
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
    Workplace.leave(run);
    connection.close();
  }
}
