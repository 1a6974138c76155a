package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shallot.engine.NetworkView;
import dev.shallot.engine.Traffic;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.plan.Observation;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import dev.shallot.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What moves between executors: by the formula, by Spark's counters, by the system's. A subnet of
 * full masks is a worker of local SGD, so the same engine gives both sides.
 */
class LedgerTest {
  private static final Path INTERFACES = Path.of("/proc/net/dev");
  private static final int SUBNETS = 4;
  private static final SmallData DATA = new SmallData(16, 700, 1, 5);

  private static TrainingPlanBuilder plan(MaskLaw masks) {
    return TrainingPlan.builder(2048, masks)
        .rounds(5)
        .localSteps(2)
        .stepSize(0.001)
        .observation(new Observation(Observation.Detail.ROUNDS, 100));
  }

  /** Bytes that the loopback interface took in. */
  private static long loopback() {
    try {
      String line =
          Files.readAllLines(INTERFACES).stream()
              .map(String::strip)
              .filter(l -> l.startsWith("lo:"))
              .findFirst()
              .orElse("lo: 0");
      return Long.parseLong(line.substring(3).strip().split("\\s+", -1)[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at the interface when the second round begins and when the last is done. */
  private static final class Meter implements TrainingListener {
    private long first;
    private long last;

    @Override
    public void standing(long round, Optional<MaskSet> masks, NetworkView network) {
      if (round == 1) {
        first = loopback();
      }
      last = loopback();
    }

    long bytes() {
      return last - first;
    }
  }

  /** What a plan moved, by the three of them. */
  private record Moved(Traffic traffic, long bytes) {
    static Moved by(LocalCluster cluster, MaskLaw masks, SmallData data) {
      // The rows that stay within an executor go no way; the others must not use the common disk.
      Map<String, String> network = Map.of("spark.shuffle.readHostLocalDisk", "false");
      Meter meter = new Meter();
      Trial trial =
          Settings.with(
              cluster.settings(2, network),
              () -> Trial.spark(plan(masks), data, cluster.url(), meter));
      return new Moved(trial.outcome().traffic().orElseThrow(), meter.bytes());
    }
  }

  @Test
  void subnetsMoveThePartOfLocalSgdThatTheFormulaSays() {
    assumeTrue(Files.isReadable(INTERFACES), "no " + INTERFACES + " on this system");
    MaskLaw parts = new MaskLaw.EqualPartition(SUBNETS);
    MaskLaw all = new MaskLaw.Full(SUBNETS);
    Moved subnets;
    Moved whole;
    Moved talk;
    try (LocalCluster cluster = LocalCluster.of(2, 1)) {
      subnets = Moved.by(cluster, parts, DATA);
      whole = Moved.by(cluster, all, DATA);
      // The same tasks with rows of one number: what Spark itself says about them.
      talk = Moved.by(cluster, parts, new SmallData(16, 1, 1, 5));
    }
    // Each row there and back, once: 2 m d numbers of 8 bytes, 5 rounds.
    assertEquals(2L * 2048 * 700 * 8 * 5, subnets.traffic().ledger());
    assertEquals(subnets.traffic().localSgd(), whole.traffic().ledger());
    assertEquals(subnets.traffic().ledger() * SUBNETS, whole.traffic().ledger());
    assertEquals(whole.traffic().ledger() * 2, whole.traffic().dataParallel());
    // Spark counts the packets' few bytes around the rows too.
    for (Moved one : List.of(subnets, whole)) {
      assertEquals(1.0, (double) one.traffic().counted() / one.traffic().ledger(), 0.01);
    }
    // Half of the rows are on the other executor, if each has half of the parts.
    double share = (double) (subnets.bytes() - talk.bytes()) / (whole.bytes() - talk.bytes());
    System.out.printf(
        "ledger %,d and %,d bytes; Spark counted %,d and %,d; the interface %,d and %,d, and %,d"
            + " without rows: %.4f%n",
        subnets.traffic().ledger(),
        whole.traffic().ledger(),
        subnets.traffic().counted(),
        whole.traffic().counted(),
        subnets.bytes(),
        whole.bytes(),
        talk.bytes(),
        share);
    // The rest is for parts that are not spread alike in the two runs.
    assertTrue(
        share < 1.1 / SUBNETS,
        "of what the interface moved beside Spark's talk, subnets have %.4f".formatted(share));
    assertTrue(
        subnets.bytes() > subnets.traffic().ledger() / 10,
        "rows went over the interface: " + subnets.bytes());
  }
}
