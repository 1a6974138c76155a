package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.engine.Team;
import dev.shallot.kernel.HiddenLayer;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingData;
import dev.shallot.report.RunReport;
import dev.shallot.spectrum.Eigenvalues;
import dev.shallot.track.TrackSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Diagnostics along a run: right, harmless, and never silent. */
class TrackedRunTest {
  @TempDir private Path folder = Path.of("");

  private static List<Map<String, Object>> events(RunResult run, boolean tracked)
      throws IOException {
    List<Map<String, Object>> events = new ArrayList<>();
    for (String line : Files.readAllLines(run.folder().eventsFile())) {
      Map<String, Object> event = Json.readObject(line, "test");
      if (String.valueOf(event.get("type")).startsWith("track") == tracked) {
        events.add(event);
      }
    }
    return events;
  }

  private static double number(Map<String, Object> event, String name) {
    return ((Number) TestRuns.at(event, name)).doubleValue();
  }

  private static double[] numbers(Map<String, Object> event, String name) {
    return ((List<?>) TestRuns.at(event, name))
        .stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu hidden", "relu both", "gelu both", "tanh output", "relu output"})
  void trackingChangesNothingAndAgreesWithTheRun(String setting) throws IOException {
    String[] words = setting.split(" ", -1);
    PlanDocument plain = TestRuns.plan("activation", words[0], "train", words[1]);
    PlanDocument all =
        TestRuns.plan("activation", words[0], "train", words[1], "track", "all", "threads", "2");
    RunResult without = TestRuns.run(folder, "without", plain);
    RunResult with = TestRuns.run(folder, "with", all);
    assertEquals(events(without, false), events(with, false));
    assertTrue(events(without, true).isEmpty());
    assertArrayEquals(
        without.model().orElseThrow().network().hiddenWeights(),
        with.model().orElseThrow().network().hiddenWeights());

    List<Map<String, Object>> tracked = events(with, true);
    // Before training, before each of four rounds, after the last.
    assertEquals(6, tracked.size());
    Map<String, Object> first = tracked.get(1);
    assertEquals(0.0, number(first, "drift"));
    assertEquals(0.0, number(first, "flipShare"));
    assertEquals(0.0, number(first, "farthest"));
    assertFalse(tracked.get(5).containsKey("subnetLambdaMin"), "no masks after the last round");
    List<Map<String, Object>> aggregated =
        events(with, false).stream().filter(e -> "aggregated".equals(e.get("type"))).toList();
    for (int k = 1; k <= 4; k++) {
      Map<String, Object> at = tracked.get(k + 1);
      Map<String, Object> before = aggregated.get(k - 1);
      assertEquals(number(before, "flips"), number(at, "flipShare") * 24 * 20, 1e-9);
      assertEquals(number(before, "displacement"), number(at, "farthest"), 1e-12);
      double energy = 0.0;
      for (double octave : numbers(at, "residual")) {
        energy += octave;
      }
      assertEquals(number(before, "error"), energy, 1e-9 * energy);
      assertEquals(20, numbers(at, "coefficients").length);
    }
    assertTrue(Files.readString(RunReport.write(with.folder().path())).contains("trackSpectrum"));
    assertFalse(Files.readString(RunReport.write(without.folder().path())).contains("Beside the"));
  }

  @Test
  void theKernelsAreThoseOfTheWeights() throws IOException {
    Network[] seen = new Network[5];
    RunResult run =
        TestRuns.run(
            folder,
            "run",
            TestRuns.plan("track", "kernel,spectrum,pl,displacement"),
            new dev.shallot.training.TrainingListener() {
              @Override
              public void standing(
                  long round,
                  java.util.Optional<dev.shallot.mask.MaskSet> masks,
                  dev.shallot.engine.NetworkView network) {
                seen[(int) round] = network.network();
              }
            });
    TrainingData data =
        Run.prepare(TestRuns.plan("target", "y"), folder.resolve("table.csv")).train();
    Samples samples = Samples.of(data);
    List<Map<String, Object>> tracked = events(run, true);
    var plan = TestRuns.plan().trainingPlan();
    double[] start = kernel(samples, seen[0], plan.keepProbability());
    for (int k = 0; k <= 4; k++) {
      Map<String, Object> at = tracked.get(k + 1);
      double[] now = kernel(samples, seen[k], plan.keepProbability());
      double moved = 0.0;
      double size = 0.0;
      for (int i = 0; i < now.length; i++) {
        moved += (now[i] - start[i]) * (now[i] - start[i]);
        size += start[i] * start[i];
      }
      assertEquals(Math.sqrt(moved / size), number(at, "drift"), 1e-12);
      assertEquals(Eigenvalues.of(now, 20)[0], number(at, "lambdaMin"), 1e-12);
      HiddenLayer layer = HiddenLayer.of(samples, seen[k], true, Team.ALONE);
      double[] features = TangentKernel.twoRate(samples, layer, 0, 1, 1).form(Team.ALONE);
      assertEquals(Math.max(0, Eigenvalues.of(features, 20)[0]), number(at, "pl"), 1e-12);
      if (k < 4) {
        var masks = plan.masks().draw(plan.seed(), k, 24);
        for (int l = 0; l < 3; l++) {
          double[] masked =
              TangentKernel.twoRate(samples, layer.held(masks, l), 1, 0, 1).form(Team.ALONE);
          double found = numbers(at, "subnetLambdaMin")[l];
          assertEquals(Eigenvalues.of(masked, 20)[0], found, 1e-12);
        }
      }
    }
    TrackSummary summary = run.outcome().tracked().orElseThrow();
    double[] limit = TangentKernel.infinite(samples, 1, 0.5).form(Team.ALONE);
    double lambda0 = Eigenvalues.of(limit, 20)[0];
    assertEquals(lambda0, summary.lambda0().orElseThrow(), 1e-12);
    assertEquals(lambda0 / (192 * 20), summary.radius().orElseThrow(), 1e-15);
  }

  private static double[] kernel(Samples samples, Network network, double keep) {
    HiddenLayer layer = HiddenLayer.of(samples, network, true, Team.ALONE);
    return TangentKernel.twoRate(samples, layer, 1, 0, keep).form(Team.ALONE);
  }

  @Test
  void aDivergingRunSaysWhatCouldNotBeMeasured() throws IOException {
    RunResult run =
        TestRuns.run(
            folder,
            "run",
            TestRuns.plan(
                "activation", "softplus", "train", "both", "track", "all", "step-size", "1e200"));
    assertTrue(run.outcome().diverged());
    TrackSummary summary = run.outcome().tracked().orElseThrow();
    assertFalse(summary.failures().isEmpty(), "told");
    List<Map<String, Object>> tracked = events(run, true);
    Map<String, Object> last = new LinkedHashMap<>(tracked.getLast());
    assertTrue(last.containsKey("notFinite"), last + "");
    assertTrue(Files.exists(RunReport.write(run.folder().path())));
  }

  @Test
  void itIsTrackedAsOftenAsAskedForAndAtTheEnd() throws IOException {
    RunResult run =
        TestRuns.run(folder, "run", TestRuns.plan("track", "flips", "track-every", "3"));
    List<Long> rounds = events(run, true).stream().map(e -> (long) number(e, "round")).toList();
    assertEquals(List.of(-1L, 0L, 3L, 4L), rounds);
  }

  @Test
  void wrongWordsAreRefused() {
    String message = TestRuns.refusal(() -> TestRuns.plan("track", "kernel,specturm"));
    assertTrue(message.contains("some of kernel, spectrum"), message);
    assertTrue(
        TestRuns.refusal(() -> TestRuns.plan("track-every", "5").tracking())
            .contains("nothing is tracked"));
    assertEquals("kernel,flips", TestRuns.plan("track", " flips, kernel").text(PlanKey.TRACK));
  }
}
