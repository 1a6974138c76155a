package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.engine.RoundReport;
import dev.shallot.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replay finds nothing where nothing was changed, and the first thing where something was. */
class ReplayTest {
  @TempDir Path folder = Path.of("");

  private static Replay.Result replay(RunFolder run) {
    return new Replay(run, RunData.of(run, Optional.empty())).execute(List.of());
  }

  private RunFolder run(String... flags) {
    return TestRuns.run(folder, "run", TestRuns.plan(flags)).folder();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine=auto step-size=auto",
        "engine=dense batch=7 train=both precision=float32 events-every=3",
        "engine=reference",
        "engine=gram track=all"
      })
  void nothingDiffersWhereNothingWasChanged(String words) throws IOException {
    RunFolder run = run(words.split("[ =]"));
    Replay.Result result = replay(run);
    assertEquals(Optional.empty(), result.difference());
    assertEquals(Files.readAllLines(run.eventsFile()).size(), result.events());
    assertEquals(4, result.rounds());
    assertTrue(result.model());
  }

  @Test
  void anInterruptedRunIsReplayedAsFarAsItWent() throws IOException {
    StopRequest stop = new StopRequest();
    TrainingListener impatient =
        new TrainingListener() {
          @Override
          public void roundDone(long round, RoundReport report) {
            if (round == 1) {
              stop.request("enough");
            }
          }
        };
    RunFolder run =
        TestRuns.run(
                folder,
                "run",
                TestRuns.plan("track", "flips", "events-every", "3"),
                impatient,
                stop)
            .folder();
    Replay.Result result = replay(run);
    assertEquals(Optional.empty(), result.difference());
    assertEquals(2, result.rounds());
    assertEquals(Files.readAllLines(run.eventsFile()).size(), result.events());
    assertTrue(result.model());
  }

  @Test
  void aDivergedRunIsReplayedToItsEnd() {
    Replay.Result result = replay(run("step-size", "1e6"));
    assertEquals(Optional.empty(), result.difference());
    assertFalse(result.model());
  }

  @Test
  void ofAKilledRunTheWholeLinesAreCompared() throws IOException {
    RunFolder run = run();
    String json = Files.readString(run.runFile());
    Files.writeString(
        run.runFile(),
        json.replace("rounds-done", "running")
            .replaceFirst("\"rounds\" : 4,\\s+\"localStepsApplied", "\"localStepsApplied"));
    String events = Files.readString(run.eventsFile());
    List<String> lines = events.lines().toList();
    String some = String.join("\n", lines.subList(0, 8)) + "\n{\"round\":1,\"ty";
    Files.writeString(run.eventsFile(), some);
    Replay.Result result = replay(run);
    assertEquals(Optional.empty(), result.difference());
    assertEquals(8, result.events());
    assertTrue(result.notes().toString().contains("cut off"), result.notes().toString());
  }

  @Test
  void theFirstDifferenceIsNamed() throws IOException {
    RunFolder run = run();
    List<String> lines = Files.readAllLines(run.eventsFile());
    // Line 1 + 5 k: sampled, three subnets, aggregated.
    String local = lines.get(1 + 5 + 2);
    assertTrue(local.contains("\"round\":1,\"type\":\"local\",\"subnet\":1"), local);
    change(run, lines, 1 + 5 + 2, local.replaceFirst("\\d]", "]"));
    String found = replay(run).difference().orElseThrow();
    assertTrue(found.startsWith("round 1, local, subnet 1, errors[1]: recorded "), found);
    assertTrue(found.contains(", replayed "), found);
    assertEquals(8, replay(run).events());

    String aggregated = lines.get(5);
    change(run, lines, 5, aggregated.replace("\"uncovered\":", "\"uncovered\":1"));
    found = replay(run).difference().orElseThrow();
    assertTrue(found.startsWith("round 0, aggregated, uncovered: recorded 1"), found);

    Files.write(run.eventsFile(), lines.subList(0, lines.size() - 1));
    found = replay(run).difference().orElseThrow();
    assertEquals("round 3, aggregated: only in the replay", found);

    Files.writeString(
        run.eventsFile(), String.join("\n", lines) + "\n{\"round\":4,\"type\":\"sampled\"}\n");
    found = replay(run).difference().orElseThrow();
    assertEquals("round 4, sampled: only in the record", found);
  }

  private static void change(RunFolder run, List<String> lines, int at, String line)
      throws IOException {
    List<String> changed = new java.util.ArrayList<>(lines);
    assertFalse(changed.set(at, line).equals(line), line);
    Files.write(run.eventsFile(), changed);
  }

  @Test
  void aModelThatIsAnotherIsFound() {
    RunFolder run = run();
    Model model = ModelFile.read(run.modelFile());
    model.network().hiddenWeights()[3 * 6 + 2] += 1e-15;
    ModelFile.write(run.modelFile(), model);
    String found = replay(run).difference().orElseThrow();
    assertTrue(found.startsWith("model, hidden weight 2 of neuron 3: recorded "), found);
  }
}
