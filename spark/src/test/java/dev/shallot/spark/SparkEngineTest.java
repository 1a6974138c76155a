package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.engine.Cluster;
import dev.shallot.engine.NetworkView;
import dev.shallot.engine.RoundReport;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.network.NetworkRows;
import dev.shallot.network.RowFile;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.DataSplit;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Loss;
import dev.shallot.plan.Observation;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSchedule;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import dev.shallot.training.HeldOutStopping;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingMoment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine gives the bits of the dense engine. */
class SparkEngineTest {

  private static TrainingPlanBuilder plan(MaskLaw masks) {
    return TrainingPlan.builder(1000, masks)
        .rounds(12)
        .localSteps(3)
        .stepSize(0.05)
        .seed(7)
        .precision(Precision.FLOAT64);
  }

  private static final SmallData DATA = new SmallData(70, 9, 2, 3);

  private static void same(TrainingPlanBuilder plan) {
    same(plan, DATA);
  }

  private static void same(TrainingPlanBuilder plan, SmallData data) {
    Trial.dense(plan, data).assertSame(Trial.spark(plan, data, "local[2]"));
  }

  @Test
  void overlappingMasksGiveTheDenseEnginesBits() {
    same(plan(new MaskLaw.Bernoulli(5, 0.4)));
  }

  @Test
  void soDoMinibatchesInFloat32WithOutputWeightsThatTravel() {
    same(
        plan(new MaskLaw.EqualPartition(4))
            .precision(Precision.FLOAT32)
            .trained(TrainedLayers.BOTH)
            .initialization(Initialization.HE, 1.0)
            .batch(OptionalInt.of(16))
            .stepSize(0.001)
            .observation(new Observation(Observation.Detail.ROUNDS, 3)));
  }

  @Test
  void soDoFewNeuronsManySubnetsAndSmoothActivations() {
    // Some subnets hold nothing of a part, some nothing at all; the last part is a short one.
    same(
        TrainingPlan.builder(150, new MaskLaw.Bernoulli(9, 0.02))
            .activation(Activation.TANH)
            .aggregation(Aggregation.SUBNET_MEAN)
            .trained(TrainedLayers.OUTPUT)
            .rounds(5)
            .localSteps(2)
            .stepSize(0.05));
  }

  @Test
  void soDoVelocitiesThatTravelClassesAndAFallingStepSize() {
    same(
        plan(new MaskLaw.Bernoulli(4, 0.5))
            .loss(Loss.CROSS_ENTROPY)
            .momentum(0.8)
            .split(DataSplit.SHARD)
            .schedule(new StepSchedule(new StepSchedule.Cosine(0.1), 2))
            .trained(TrainedLayers.BOTH)
            .aggregation(Aggregation.COVERAGE_MEAN)
            .stepSize(0.002),
        new SmallData(70, 9, 3, 3, true));
  }

  @Test
  void aStateThatIsRestoredGoesOnToTheSameBits() {
    TrainingPlanBuilder plan =
        plan(new MaskLaw.Categorical(3)).momentum(0.5).stepSize(0.01).engine(EngineKind.SPARK);
    Kept kept = new Kept();
    Trial whole = Trial.spark(plan, DATA, "local[2]", kept.saver(5));
    Trial rest = Trial.resumed(plan, DATA, "local[2]", kept);
    assertArrayEquals(
        whole.outcome().network().hiddenWeights(), rest.outcome().network().hiddenWeights());
    int events = whole.events().size();
    List<TrainingEvent> last = whole.events().subList(events - rest.events().size(), events);
    assertEquals(Events.text(last), Events.text(rest.events()));
  }

  @Test
  void theStartOfAResumedRunIsThatOfTheDenseEngineAndIsNotFetched() {
    TrainingPlanBuilder plan =
        plan(new MaskLaw.Categorical(3)).precision(Precision.FLOAT32).stepSize(0.01);
    List<NetworkRows> starts = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void standing(long round, Optional<MaskSet> masks, NetworkView network) {
            if (round == 0) {
              starts.add(network.rows());
            }
          }

          @Override
          public void resumed(
              TrainingPlan same, TrainingMoment moment, String engine, NetworkRows opened) {
            starts.add(opened);
          }
        };
    Trial.dense(plan, DATA, listener);
    Kept kept = new Kept();
    Trial.spark(plan, DATA, "local[2]", kept.saver(5), listener);
    Trial.resumed(plan, DATA, "local[2]", kept, listener);
    assertEquals(3, starts.size());
    for (NetworkRows start : starts) {
      assertArrayEquals(starts.getFirst().whole().hiddenWeights(), start.whole().hiddenWeights());
    }
    assertInstanceOf(StartRows.class, starts.getLast());
  }

  @Test
  void earlyStoppingKeepsTheDenseEnginesNetworkInAFile() {
    SmallData heldOut = new SmallData(30, 9, 2, 8);
    TrainingPlanBuilder plan = plan(new MaskLaw.Bernoulli(4, 0.5)).stepSize(0.03);
    HeldOutStopping here = stopping(plan.engine(EngineKind.DENSE), heldOut);
    Trial.dense(plan, DATA, here);
    assertTrue(here.bestRound() > 1 && here.bestRound() < 6, "best after " + here.bestRound());
    HeldOutStopping there = stopping(plan.engine(EngineKind.SPARK), heldOut);
    Kept kept = new Kept();
    Trial.spark(plan, DATA, "local[2]", kept.saver(7), there);
    HeldOutStopping resumed = stopping(plan, heldOut);
    Trial.resumed(plan, DATA, "local[2]", kept, resumed);
    for (HeldOutStopping stopping : List.of(there, resumed)) {
      assertEquals(here.bestLoss(), stopping.bestLoss());
      NetworkRows best = stopping.best().orElseThrow();
      assertInstanceOf(RowFile.class, best);
      assertArrayEquals(
          here.best().orElseThrow().whole().hiddenWeights(), best.whole().hiddenWeights());
    }
  }

  private static HeldOutStopping stopping(TrainingPlanBuilder plan, SmallData rows) {
    return new HeldOutStopping(plan.build(), rows.read(), 100, (round, loss) -> {});
  }

  /** What older rounds left goes while the run goes on, and the rest with it. */
  @Test
  void filesDoNotGrowWithTheRounds(@TempDir Path folder) throws IOException {
    Path points = Files.createDirectory(folder.resolve("points"));
    Path local = Files.createDirectory(folder.resolve("local"));
    List<Long> shuffles = new ArrayList<>();
    List<Long> checkpoints = new ArrayList<>();
    TrainingListener counter =
        new TrainingListener() {
          @Override
          public void roundDone(long round, RoundReport report) {
            shuffles.add(names(local, "shuffle_\\d+"));
            checkpoints.add(names(points, "rdd-\\d+"));
          }
        };
    Map<String, String> settings =
        Map.of("spark.shallot.checkpointRounds", "3", "spark.local.dir", local.toString());
    Cluster cluster = new Cluster(Optional.of("local[2]"), Optional.of(points.toString()), DATA);
    Settings.with(
        settings,
        () -> Trial.spark(plan(new MaskLaw.Categorical(3)).rounds(30), DATA, cluster, counter));
    // Two a round; Spark deletes them a moment after it was asked, at times before they are
    // counted.
    assertTrue(Collections.max(shuffles) <= 2 * 3 + 6, shuffles.toString());
    // Until the first checkpoint, in the third round, none has gone.
    assertEquals(List.of(2L, 4L), shuffles.subList(0, 2), shuffles.toString());
    assertEquals(1, Collections.max(checkpoints), checkpoints.toString());
    assertEquals(0, names(points, ".+"), "files are left in " + points);
  }

  /** How many different such names there are in files' names below a folder. */
  private static long names(Path folder, String pattern) {
    Pattern name = Pattern.compile(pattern);
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(file -> !file.equals(folder))
          .forEach(
              file -> {
                Matcher matcher = name.matcher(String.valueOf(file.getFileName()));
                if (matcher.find()) {
                  found.add(matcher.group());
                }
              });
    } catch (IOException | UncheckedIOException e) {
      // A file went while it was looked at.
      return found.size();
    }
    return found.size();
  }
}
