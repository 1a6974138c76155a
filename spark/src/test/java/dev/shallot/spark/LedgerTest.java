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

  @Test
  void subnetsMoveThePartOfLocalSgdThatTheFormulaSays() {
    assumeTrue(Files.isReadable(INTERFACES), "no " + INTERFACES + " on this system");
    // The rows that stay within an executor go no way; the others must not use the common disk.
    Map<String, String> network = Map.of("spark.shuffle.readHostLocalDisk", "false");
    Meter subnetsMeter = new Meter();
    Meter wholeMeter = new Meter();
    Traffic subnets;
    Traffic whole;
    try (LocalCluster cluster = LocalCluster.of(2, 1)) {
      Map<String, String> settings = cluster.settings(2, network);
      MaskLaw parts = new MaskLaw.EqualPartition(SUBNETS);
      subnets =
          Settings.with(settings, () -> Trial.spark(plan(parts), DATA, cluster.url(), subnetsMeter))
              .outcome()
              .traffic()
              .orElseThrow();
      MaskLaw all = new MaskLaw.Full(SUBNETS);
      whole =
          Settings.with(settings, () -> Trial.spark(plan(all), DATA, cluster.url(), wholeMeter))
              .outcome()
              .traffic()
              .orElseThrow();
    }
    // Each row there and back, once: 2 m d numbers of 8 bytes, 5 rounds.
    assertEquals(2L * 2048 * 700 * 8 * 5, subnets.ledger());
    assertEquals(subnets.localSgd(), whole.ledger());
    assertEquals(subnets.ledger() * SUBNETS, whole.ledger());
    assertEquals(whole.ledger() * 2, whole.dataParallel());
    // Spark counts the packets' few bytes around the rows too.
    assertEquals(1.0, (double) subnets.counted() / subnets.ledger(), 0.01);
    assertEquals(1.0, (double) whole.counted() / whole.ledger(), 0.01);
    // Half of the rows are on the other executor, if each has half of the parts, and what Spark
    // itself says about some twenty tasks is under a megabyte: together 1.02/p as a rule. The rest
    // is for parts that are not spread evenly in one of the two runs.
    double share = (double) subnetsMeter.bytes() / wholeMeter.bytes();
    assertTrue(
        share < 1.3 / SUBNETS,
        "the interface moved %,d bytes for subnets, %,d for whole models: %.3f"
            .formatted(subnetsMeter.bytes(), wholeMeter.bytes(), share));
    assertTrue(
        subnetsMeter.bytes() > subnets.ledger() / 10,
        "rows went over the interface: " + subnetsMeter.bytes());
    System.out.printf(
        "ledger %,d and %,d bytes; Spark counted %,d and %,d; the interface %,d and %,d (%.3f)%n",
        subnets.ledger(),
        whole.ledger(),
        subnets.counted(),
        whole.counted(),
        subnetsMeter.bytes(),
        wholeMeter.bytes(),
        share);
  }
}
