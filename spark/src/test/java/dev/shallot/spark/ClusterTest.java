package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import dev.shallot.engine.NetworkView;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import dev.shallot.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** On a real cluster: a standalone master, two workers, executors that come and go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {
  private static final SmallData DATA = new SmallData(70, 9, 1, 5);

  private final Trial dense = Trial.dense(plan(), DATA);
  private final LocalCluster cluster = LocalCluster.of(2, 2);

  @AfterAll
  void stop() {
    cluster.close();
  }

  private static TrainingPlanBuilder plan() {
    return TrainingPlan.builder(1500, new MaskLaw.Bernoulli(6, 0.3))
        .rounds(12)
        .localSteps(4)
        .stepSize(0.05)
        .seed(11);
  }

  /** A run with so many executors of one core each. */
  private Trial run(int executors, Map<String, String> more, TrainingListener... listeners) {
    return Settings.with(
        cluster.settings(executors, more),
        () -> Trial.spark(plan(), DATA, cluster.url(), listeners));
  }

  @Test
  void anyNumberOfExecutorsGivesTheSameBits() {
    // Two: see below.
    for (int executors : new int[] {1, 3}) {
      dense.assertSame(run(executors, TaskWatch.setting()));
      assertEquals(executors, TaskWatch.executors());
    }
  }

  @Test
  void anExecutorThatIsKilledInTheMiddleOfARoundChangesNothing() {
    Killer killer = new Killer(6);
    // The parts that it had are made again from the checkpoint after the round before.
    Map<String, String> settings = new HashMap<>(TaskWatch.setting());
    settings.put("spark.shallot.checkpointRounds", "2");
    dense.assertSame(run(2, settings, killer));
    assertTrue(TaskWatch.executors() >= 2, "both took part");
    assertTrue(killer.killed.join(), "an executor was there to be killed");
  }

  @Test
  void dataThatIsGoneWhenAnExecutorComesBackEndsTheRunInASentence(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("data.csv"), "");
    NeedsFile origin = new NeedsFile(DATA, file.toString());
    Killer killer = new Killer(3);
    TrainingListener remover =
        new TrainingListener() {
          @Override
          public void standing(long round, Optional<MaskSet> masks, NetworkView network) {
            if (round == 3) {
              assertTrue(file.toFile().delete());
            }
          }
        };
    TrainingException failed =
        assertThrows(
            TrainingException.class,
            () ->
                Settings.with(
                    cluster.settings(1, Map.of()),
                    () ->
                        Trial.spark(
                            plan().rounds(200), DATA, origin, cluster.url(), remover, killer)));
    assertEquals(
        "a task failed on the cluster: IllegalStateException: " + file + " is not there",
        failed.getMessage());
  }

  /** Kills an executor a moment after a round began. */
  private final class Killer implements TrainingListener {
    private final long when;
    private final CompletableFuture<Boolean> killed = new CompletableFuture<>();

    Killer(long when) {
      this.when = when;
    }

    @Override
    public void standing(long round, Optional<MaskSet> masks, NetworkView network) {
      if (round == when) {
        Supplier<Boolean> kill =
            () -> {
              List<ProcessHandle> executors = cluster.executors();
              return !executors.isEmpty() && executors.getFirst().destroyForcibly();
            };
        killed.completeAsync(kill, CompletableFuture.delayedExecutor(15, TimeUnit.MILLISECONDS));
      }
    }
  }

  @Test
  void aSlowExecutorWithSpeculationChangesNothing() {
    Map<String, String> speculation = new HashMap<>(TaskWatch.setting());
    speculation.put("spark.speculation", "true");
    speculation.put("spark.speculation.interval", "20ms");
    speculation.put("spark.speculation.quantile", "0.3");
    speculation.put("spark.speculation.multiplier", "1.2");
    speculation.put("spark.speculation.minTaskRuntime", "1ms");
    try (Slowness slowness = new Slowness(cluster)) {
      dense.assertSame(run(2, speculation, slowness));
      assertTrue(slowness.stops() > 0, "the executor was slowed down");
      assertTrue(TaskWatch.speculative() > 0, "tasks were run twice");
    }
  }
}
