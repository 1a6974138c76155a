package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import dev.shallot.engine.Cluster;
import dev.shallot.engine.DataOrigin;
import dev.shallot.mask.MaskLaw;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
            + " local[N] with N from 1 to 999",
        refusal(DATA, "sparc://here:7077"));
    assertTrue(refusal(DATA, "local[0]").contains("is no Spark master"));
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

  @Test
  void whatSparkItselfRefusesIsASentenceToo(@TempDir Path folder) throws IOException {
    // Spark throws what is no RuntimeException.
    String yarn = refusal("yarn", folder.toString());
    assertTrue(yarn.startsWith("cannot connect to the Spark cluster yarn: "), yarn);
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    String message = refusal("local[1]", file.resolve("in").toString());
    assertTrue(message.startsWith("no folder for checkpoints can be made in " + file), message);
    assertEquals(1, message.lines().count());
    // Nothing of the first is left that would be in the way of another.
    Trial.dense(plan(), DATA).assertSame(Trial.spark(plan(), DATA, "local[1]"));
  }

  private static String refusal(String master, String folder) {
    Cluster cluster = new Cluster(Optional.of(master), Optional.of(folder), DATA);
    return String.valueOf(
        assertThrows(TrainingException.class, () -> Trial.spark(plan(), DATA, cluster))
            .getMessage());
  }

  @Test
  void dataThatExecutorsDoNotSeeIsNamed() {
    assertEquals(
        "an executor cannot take part: /nowhere/data.csv is not there",
        refusal(new NeedsFile(DATA, "/nowhere/data.csv"), "local[1]"));
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
