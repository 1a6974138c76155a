package dev.shallot.spark;

import dev.shallot.engine.NetworkView;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.plan.Observation;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import dev.shallot.training.TrainingListener;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Times rounds on 1, 2 and 4 executor processes of a core each, for docs/scaling.md, beside what
 * the model of {@code dev.shallot.cost} makes of the time on one: what is over the time of an empty
 * round there, divided by the executors that have a core, and an empty round. Not a test: run it by
 * hand on a quiet machine.
 */
final class ScalingMain {
  private static final int ROUNDS = 30;
  private static final int WARM = 8;

  private ScalingMain() {}

  private record Case(String name, int width, int features, int samples, int localSteps) {
    TrainingPlanBuilder plan() {
      return plan(4);
    }

    TrainingPlanBuilder plan(int subnets) {
      return TrainingPlan.builder(width, new MaskLaw.EqualPartition(subnets))
          .precision(Precision.FLOAT32)
          .rounds(ROUNDS)
          .localSteps(localSteps)
          .stepSize(1e-4)
          .observation(new Observation(Observation.Detail.ROUNDS, 1000));
    }

    double flops() {
      return 4.0 * width * features * samples * localSteps;
    }

    long bytes() {
      return 2L * 4 * width * features;
    }
  }

  /** When each round began. */
  private static final class Clock implements TrainingListener {
    private final long[] began = new long[ROUNDS + 1];

    @Override
    public void standing(long round, Optional<MaskSet> masks, NetworkView network) {
      began[(int) round] = System.nanoTime();
    }

    /** Milliseconds of a warm round: the least, and the one in the middle. */
    double[] rounds() {
      double[] times = new double[ROUNDS - 1 - WARM];
      for (int i = 0; i < times.length; i++) {
        times[i] = (began[WARM + i + 1] - began[WARM + i]) / 1e6;
      }
      Arrays.sort(times);
      return new double[] {times[0], times[times.length / 2]};
    }
  }

  /** Spark's own floor: milliseconds of a job of three stages of four tasks that do nothing. */
  private static double emptyJob(String master) {
    SparkConf conf = new SparkConf().setMaster(master).setAppName("floor");
    try (JavaSparkContext context = new JavaSparkContext(conf.set("spark.ui.enabled", "false"))) {
      double[] times = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        long begin = System.nanoTime();
        context
            .parallelize(List.of(0, 1, 2, 3), 4)
            .mapToPair(number -> new Tuple2<>(number, number))
            .partitionBy(new HashPartitioner(4))
            .mapToPair(pair -> new Tuple2<>(3 - pair._1(), pair._2()))
            .partitionBy(new HashPartitioner(4))
            .collect();
        times[i] = (System.nanoTime() - begin) / 1e6;
      }
      double[] warm = Arrays.copyOfRange(times, WARM, ROUNDS);
      Arrays.sort(warm);
      return warm[warm.length / 2];
    }
  }

  public static void main(String[] arguments) {
    // What a task more costs: subnets without work, in one process.
    Case empty = new Case("nothing", 512, 4, 4, 1);
    for (int subnets : new int[] {4, 64, 256}) {
      Clock clock = new Clock();
      Trial.spark(empty.plan(subnets), new SmallData(4, 4, 1, 5), "local[2]", clock);
      double[] times = clock.rounds();
      System.out.printf(
          "%d subnets, nothing  least %7.1f ms, middle %7.1f ms%n", subnets, times[0], times[1]);
    }
    List<Case> cases =
        List.of(
            new Case("nothing", 256, 8, 8, 1),
            new Case("bytes", 8192, 1024, 8, 1),
            new Case("computing", 4096, 256, 512, 20));
    double[] alone = new double[cases.size()];
    for (int executors : new int[] {1, 2, 4}) {
      try (LocalCluster cluster = LocalCluster.of(executors, 1)) {
        Map<String, String> network =
            Map.of("spark.shuffle.readHostLocalDisk", "false", "spark.executor.memory", "1g");
        System.out.printf(
            "%d executors, an empty job of three stages: middle %7.1f ms%n",
            executors,
            Settings.with(cluster.settings(executors, network), () -> emptyJob(cluster.url())));
        double nothing = 0;
        for (int i = 0; i < cases.size(); i++) {
          Case one = cases.get(i);
          SmallData data = new SmallData(one.samples, one.features, 1, 5);
          Clock clock = new Clock();
          Settings.with(
              cluster.settings(executors, network),
              () -> Trial.spark(one.plan(), data, cluster.url(), clock));
          double[] times = clock.rounds();
          nothing = i == 0 ? times[1] : nothing;
          alone[i] = executors == 1 ? times[1] - nothing : alone[i];
          int busy = Math.min(executors, Runtime.getRuntime().availableProcessors());
          System.out.printf(
              "%d executors, %-9s  middle %7.1f ms, least %7.1f ms, model %7.1f ms  (%.3g flops,"
                  + " %.3g bytes)%n",
              executors,
              one.name,
              times[1],
              times[0],
              alone[i] / busy + nothing,
              one.flops(),
              (double) one.bytes());
        }
      }
    }
  }
}
