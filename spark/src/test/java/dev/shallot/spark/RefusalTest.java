package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import dev.shallot.engine.DataOrigin;
import dev.shallot.mask.MaskLaw;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is said in one sentence, soon. */
class RefusalTest {
  private static final SmallData DATA = new SmallData(20, 4, 1, 5);

  private static TrainingPlanBuilder plan() {
    return TrainingPlan.builder(100, new MaskLaw.Categorical(2)).rounds(2).stepSize(0.01);
  }

  private static String refusal(DataOrigin origin, String master) {
    return String.valueOf(
        assertThrows(TrainingException.class, () -> Trial.spark(plan(), DATA, origin, master))
            .getMessage());
  }

  @Test
  void whatIsNoMasterIsRefused() {
    assertEquals(
        "\"sparc://here:7077\" is no Spark master: expected spark://host:port, yarn, k8s://..., or"
            + " local[N]",
        refusal(DATA, "sparc://here:7077"));
    assertTrue(refusal(DATA, "spark://here").contains("is no Spark master"));
    assertTrue(refusal(DATA, "local[two]").contains("is no Spark master"));
    assertEquals(
        "\"spark://here:70777\" is no Spark master: a port is at most 65535",
        refusal(DATA, "spark://here:70777"));
  }

  @Test
  void aMasterThatDoesNotAnswerIsRefused() {
    String message = refusal(DATA, "spark://127.0.0.1:1");
    assertTrue(
        message.startsWith("no Spark master answers at spark://127.0.0.1:1 (127.0.0.1:1: "),
        message);
    assertTrue(
        refusal(DATA, "spark://no-such-host.invalid:7077").contains("there is no host"), message);
  }

  /** A file that only the driver sees. */
  private record Vanished(String file) implements DataOrigin {
    @Override
    public TrainingData read() {
      if (!Files.exists(Path.of(file))) {
        throw new IllegalStateException(file + " is not there");
      }
      return DATA.read();
    }
  }

  @Test
  void dataThatExecutorsDoNotSeeIsNamed() {
    assertEquals(
        "an executor cannot take part: /nowhere/data.csv is not there",
        refusal(new Vanished("/nowhere/data.csv"), "local[1]"));
    String other = refusal(new SmallData(20, 4, 1, 6), "local[1]");
    assertTrue(other.contains("the data came out different from the driver's"), other);
  }

  @Test
  void workersThatDoNotComeAndVersionsThatDifferAreTold(@TempDir Path folder) {
    try (LocalCluster cluster = LocalCluster.of(1, 1)) {
      Map<String, String> tooLarge =
          Map.of("spark.executor.memory", "900g", "spark.shallot.waitSeconds", "2");
      String none =
          Settings.with(cluster.settings(1, tooLarge), () -> refusal(DATA, cluster.url()));
      assertTrue(none.startsWith("no executor came from " + cluster.url() + " within 2 s: "), none);
      assertTrue(none.contains("900g"), none);

      Map<String, String> older = new HashMap<>();
      older.put(
          "spark.executor.extraClassPath",
          otherVersion(folder) + ":" + LocalCluster.classFolders());
      String different =
          Settings.with(cluster.settings(1, older), () -> refusal(DATA, cluster.url()));
      assertTrue(
          different.startsWith(
              "an executor cannot take part: an executor runs Shallot 0.0.9, Spark 4."),
          different);
      assertTrue(different.endsWith("they must be the same"), different);
    }
  }

  /** A folder that hides the module's version behind another. */
  private static Path otherVersion(Path folder) {
    try {
      Path file = folder.resolve("dev/shallot/spark/version.txt");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "0.0.9\n");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
