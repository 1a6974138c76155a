package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.data.PreparedData;
import dev.shallot.search.SearchSettings;
import dev.shallot.search.WidthSearch;
import dev.shallot.search.WidthTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The width search: right, and it goes on after a kill. */
class WidthSearchTest {
  private static final SearchSettings SETTINGS = new SearchSettings(1, 64, 3, 0.6, 0.05);

  @TempDir private Path folder = Path.of("");

  private static PlanDocument plan(String... more) {
    String[] flags = {
      "mask",
      "full",
      "subnets",
      "1",
      "train",
      "both",
      "init",
      "lecun",
      "rounds",
      "1500",
      "local-steps",
      "1",
      "target",
      "y"
    };
    String[] all = java.util.Arrays.copyOf(flags, flags.length + more.length);
    System.arraycopy(more, 0, all, flags.length, more.length);
    return TestRuns.plan(all);
  }

  private WidthSearch.Result search(PlanDocument plan, Path out, List<WidthTrial> made) {
    Path file = folder.resolve("table.csv");
    PreparedData data = Run.prepare(plan, Files.exists(file) ? file : TestRuns.table(folder));
    return WidthSearch.run(plan, data, SETTINGS, out, made::add);
  }

  @Test
  void theWidthThatIsFoundSucceedsAndTheOneBelowDoesNot() {
    List<WidthTrial> made = new ArrayList<>();
    WidthSearch.Result result = search(plan(), folder.resolve("search"), made);
    int width = result.width().orElseThrow();
    assertTrue(width > 1 && width < 64, "a width between: " + width);
    assertTrue(successes(result, width) >= 2);
    assertTrue(successes(result, width - 1) < 2);
    assertEquals(0, result.before());
    for (WidthTrial trial : made) {
      assertEquals(trial.success(), trial.relativeError() <= 0.05);
      assertTrue(trial.steps() <= 1500);
    }
  }

  private static long successes(WidthSearch.Result result, int width) {
    return TestRuns.at(
            Map.copyOf(
                result.widths().entrySet().stream()
                    .collect(
                        java.util.stream.Collectors.toMap(
                            e -> String.valueOf(e.getKey()), Map.Entry::getValue))),
            String.valueOf(width))
        .stream()
        .filter(WidthTrial::success)
        .count();
  }

  @Test
  void aSearchThatWasKilledGoesOnToTheSameEnd() throws IOException {
    Path whole = folder.resolve("whole");
    List<WidthTrial> all = new ArrayList<>();
    WidthSearch.Result first = search(plan(), whole, all);
    Path cut = folder.resolve("cut");
    Files.createDirectory(cut);
    Files.copy(whole.resolve("search.json"), cut.resolve("search.json"));
    List<String> lines = Files.readAllLines(whole.resolve("trials.jsonl"));
    // Killed while it wrote the fifth trial.
    String torn = String.join("\n", lines.subList(0, 4)) + "\n" + lines.get(4).substring(0, 11);
    Files.writeString(cut.resolve("trials.jsonl"), torn);
    List<WidthTrial> rest = new ArrayList<>();
    WidthSearch.Result second = search(plan("threads", "2"), cut, rest);
    assertEquals(first.width(), second.width());
    assertEquals(4, second.before());
    assertTrue(second.torn());
    assertEquals(all.subList(4, all.size()), rest);
    assertEquals(lines, Files.readAllLines(cut.resolve("trials.jsonl")));
    List<WidthTrial> none = new ArrayList<>();
    search(plan(), cut, none);
    assertTrue(none.isEmpty(), "nothing is left to do");
  }

  @Test
  void anotherQuestionInTheSameFolderIsRefused() throws IOException {
    Path out = folder.resolve("search");
    search(plan("rounds", "30"), out, new ArrayList<>());
    String message = TestRuns.refusal(() -> search(plan("rounds", "31"), out, new ArrayList<>()));
    assertTrue(message.contains("other settings"), message);
    Path busy = folder.resolve("busy");
    Files.createDirectory(busy);
    assertTrue(
        TestRuns.refusal(() -> search(plan(), busy, new ArrayList<>()))
            .contains("no width search"));
    Files.writeString(out.resolve("trials.jsonl"), "{\"width\":true}\n", StandardOpenOption.APPEND);
    TestRuns.refusal(() -> search(plan("rounds", "30"), out, new ArrayList<>()));
  }

  @Test
  void wrongSettingsAreRefused() {
    TestRuns.refusal(() -> new SearchSettings(0, 5, 1, 1, 0.1));
    TestRuns.refusal(() -> new SearchSettings(6, 5, 1, 1, 0.1));
    TestRuns.refusal(() -> new SearchSettings(1, 5, 0, 1, 0.1));
    TestRuns.refusal(() -> new SearchSettings(1, 5, 1, 1.5, 0.1));
    TestRuns.refusal(() -> new SearchSettings(1, 5, 1, 1, 1.0));
  }

  @Test
  void wideEnoughIsNotAlwaysThere() {
    WidthSearch.Result result =
        search(plan("rounds", "3"), folder.resolve("search"), new ArrayList<>());
    assertTrue(result.width().isEmpty());
  }
}
