package dev.shallot.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.browser.Browser;
import dev.shallot.picture.Palette;
import dev.shallot.picture.Pictures;
import dev.shallot.run.RecordLog;
import dev.shallot.sweep.Axis;
import dev.shallot.sweep.CellResult;
import dev.shallot.sweep.SeedStatistics;
import dev.shallot.sweep.SmallSweep;
import dev.shallot.sweep.SweepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small real sweep: two axes and two seeds. */
class SweepReportTest {
  @TempDir Path folder;

  @Test
  void placesHoldWhatTheSeedsSay() throws Exception {
    SweepResult result = SmallSweep.run(folder.resolve("sweep"), SmallSweep.AXES);
    LiveSweep live = new LiveSweep(folder.resolve("sweep"));
    assertEquals(6, live.places().size());
    Map<String, String> place = Map.of("keep", "0.8", "subnets", "2");
    double[] errors =
        result.cells().stream()
            .filter(c -> c.at().entrySet().containsAll(place.entrySet()))
            .mapToDouble(CellResult::finalError)
            .toArray();
    assertEquals(2, errors.length);
    assertEquals(SeedStatistics.of(errors), live.places().statistics(List.of(1, 1), "error"));
    assertEquals(
        (errors[0] + errors[1]) / 2,
        live.places().statistics(List.of(1, 1), "error").mean(),
        1e-15);
    assertTrue(live.complete());
  }

  @Test
  void aSweepFillsAsItsLogGrows() throws Exception {
    Path whole = folder.resolve("whole");
    SmallSweep.run(whole, SmallSweep.AXES);
    Path growing = Files.createDirectories(folder.resolve("growing"));
    Files.copy(whole.resolve("sweep.json"), growing.resolve("sweep.json"));
    LiveSweep live = new LiveSweep(growing);
    OptionalLong first = live.news(-1);
    assertEquals(0, live.tree().get("done"));
    List<Map<String, Object>> records = RecordLog.read(whole.resolve("cells.jsonl"));
    try (RecordLog log = RecordLog.open(growing.resolve("cells.jsonl"), record -> {})) {
      log.add(records.get(0));
      OptionalLong second = live.news(first.getAsLong());
      assertTrue(second.isPresent());
      assertEquals(1, live.tree().get("done"));
      assertTrue(live.news(second.getAsLong()).isEmpty(), "nothing new");
      for (Map<String, Object> record : records.subList(1, records.size())) {
        log.add(record);
      }
    }
    live.news(-1);
    assertTrue(live.complete());
    assertEquals(12, live.tree().get("done"));
    String text = Files.readString(growing.resolve("cells.jsonl"));
    Files.writeString(growing.resolve("cells.jsonl"), text.replaceFirst("stepSize", "stepsize"));
    LiveSweep damaged = new LiveSweep(growing);
    damaged.news(-1);
    assertTrue(String.valueOf(damaged.tree().get("damage")).contains("checksum"), "told");
  }

  @Test
  void figuresFollowTheAxes() {
    SmallSweep.run(folder.resolve("two"), SmallSweep.AXES);
    var two = ReportPictures.of(List.of(folder.resolve("two")));
    assertEquals(List.of("heat", "lines"), List.copyOf(two.keySet()));
    two.forEach((name, p) -> assertTrue(Pictures.svg(p, Palette.LIGHT).contains("keep ξ"), name));
    SmallSweep.run(folder.resolve("one"), List.of(Axis.of("width", List.of("8", "16"))));
    assertEquals(
        List.of("lines"), List.copyOf(ReportPictures.of(List.of(folder.resolve("one"))).keySet()));
  }

  @Test
  @Tag("browser")
  void theFileIsDrawnInABrowserAndTheReaderChooses() throws Exception {
    SmallSweep.run(folder.resolve("sweep"), SmallSweep.AXES);
    Path file =
        Files.writeString(folder.resolve("s.html"), SweepReport.html(folder.resolve("sweep")));
    try (Browser browser = Browser.start()) {
      browser.open(file.toUri());
      browser.waitForPictures(2);
      assertEquals("6", browser.evaluate("document.querySelectorAll('#places tbody tr').length"));
      browser.evaluate(
          "(() => { const s = document.querySelectorAll('#controls select')[1];"
              + " s.value = 'subnets'; s.dispatchEvent(new Event('change')); })()");
      browser.waitFor(
          "[...document.querySelectorAll('[data-chart=lines] text')].some("
              + "(t) => t.textContent === 'keep 0.5')");
      browser.look(420, 900, true);
      browser.waitFor(
          "[...document.querySelectorAll('[data-chart]')].every("
              + "(place) => place.querySelector('svg').clientWidth === place.clientWidth)");
      assertEquals(List.of(), browser.complaints());
    }
  }
}
