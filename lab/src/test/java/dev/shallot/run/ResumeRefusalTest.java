package dev.shallot.run;

import static dev.shallot.run.ResumeTest.interruptAfter;
import static dev.shallot.run.ResumeTest.plan;
import static dev.shallot.run.ResumeTest.resume;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.engine.RoundReport;
import dev.shallot.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be gone on with is refused, and left as it was. */
class ResumeRefusalTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatDoesNotBelongTogetherIsRefusedAndNothingChanges() throws IOException {
    Path run = folder.resolve("run");
    TestRuns.run(folder, "run", plan("checkpoint-every=2"), interruptAfter(5));
    String table = Files.readString(folder.resolve("table.csv"));
    Path events = run.resolve("events.jsonl");
    byte[] log = Files.readAllBytes(events);
    byte[] model = Files.readAllBytes(run.resolve("model.shallot"));

    Files.writeString(folder.resolve("table.csv"), table.replaceFirst("\\d\n", "\n"));
    assertTrue(TestRuns.refusal(() -> resume(run)).contains("is not the data"));
    Files.writeString(folder.resolve("table.csv"), table);

    byte[] changed = log.clone();
    changed[40] ^= 1;
    Files.write(events, changed);
    assertTrue(TestRuns.refusal(() -> resume(run)).contains("events.jsonl is damaged"));
    Files.write(events, java.util.Arrays.copyOf(log, 100));
    assertTrue(TestRuns.refusal(() -> resume(run)).contains("damaged at byte 100"));
    Files.write(events, log);

    String json = Files.readString(run.resolve("run.json"));
    Files.writeString(run.resolve("run.json"), json.replace("\"seed\" : 5", "\"seed\" : 6"));
    assertTrue(TestRuns.refusal(() -> resume(run)).contains("another plan"));
    Files.writeString(run.resolve("run.json"), json);

    assertEquals(-1, java.util.Arrays.mismatch(log, Files.readAllBytes(events)));
    assertEquals(
        -1, java.util.Arrays.mismatch(model, Files.readAllBytes(run.resolve("model.shallot"))));
    assertTrue(
        TestRuns.refusal(() -> TestRuns.run(folder, "run", TestRuns.plan()))
            .contains("go on with \"shallot resume"));
    resume(run);
    try (Resume resume = Resume.open(run)) {
      assertTrue(resume.finished());
      assertEquals("rounds-done", resume.stopReason());
    }
    assertTrue(TestRuns.refusal(() -> resume(run)).contains("is finished"));
  }

  @Test
  void aRunFileThatIsCutShortIsRefused() throws IOException {
    Path run = folder.resolve("run");
    TestRuns.run(folder, "run", plan("seed=5"), interruptAfter(3));
    byte[] json = Files.readAllBytes(run.resolve("run.json"));
    // Without its last line end it is still whole.
    for (int missing = 2; missing <= 100; missing++) {
      Files.write(run.resolve("run.json"), java.util.Arrays.copyOf(json, json.length - missing));
      String message = TestRuns.refusal(() -> Resume.open(run));
      assertTrue(message.contains("run.json is not a JSON object: line "), message);
    }
  }

  @Test
  void aRunThatIsGoingOnIsLeftAlone() {
    String[] refused = new String[1];
    TrainingListener second =
        new TrainingListener() {
          @Override
          public void roundDone(long round, RoundReport report) {
            refused[0] = TestRuns.refusal(() -> resume(folder.resolve("run")));
          }
        };
    TestRuns.run(folder, "run", plan("seed=5"), second);
    assertTrue(refused[0].contains("by another process"), refused[0]);
  }

  @Test
  void otherInitialWeightsAreRefused() {
    Path file = folder.resolve("start.npz");
    Model first = TestRuns.run(folder, "first", TestRuns.plan("rounds", "0")).model().orElseThrow();
    LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("W", NpyArray.matrix(24, 6, first.network().hiddenWeights()));
    arrays.put("a", NpyArray.matrix(24, 1, first.network().outputWeights()));
    Npz.write(file, arrays);
    PlanDocument plan = Run.complete(TestRuns.plan("rounds", "9", "init", file.toString()));
    TestRuns.run(folder, "run", plan, interruptAfter(3));
    double[] other = first.network().hiddenWeights().clone();
    other[7] += 1e-9;
    arrays.put("W", NpyArray.matrix(24, 6, other));
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Npz.write(file, arrays);
    String message = TestRuns.refusal(() -> resume(folder.resolve("run")));
    assertTrue(message.contains("start.npz was changed"), message);
  }
}
