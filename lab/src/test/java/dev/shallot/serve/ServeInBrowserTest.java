package dev.shallot.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.browser.Browser;
import dev.shallot.run.RecordLog;
import dev.shallot.sweep.SmallSweep;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the pages in a headless Chromium, where there is one on the path. */
@Tag("browser")
class ServeInBrowserTest {
  @TempDir Path folder = Path.of("");

  @Test
  void aLiveRunGrowsOnItsPageAndRunsAreCompared() throws Exception {
    try (PageServer server = PageServer.start(folder, 0, Duration.ofMillis(50));
        Browser browser = Browser.start()) {
      URI url = server.url();
      browser.open(url);
      browser.waitFor("!document.getElementById('empty').hidden");

      LiveLog live = LiveLog.create(folder.resolve("live"), 4);
      browser.waitFor("document.querySelectorAll('#list tbody tr').length === 1");
      LiveLog.create(folder.resolve("other"), 8, 32).finish();
      browser.waitFor("document.querySelectorAll('#list tbody tr').length === 2");
      assertEquals(List.of(), browser.complaints());

      browser.open(url.resolve("/run?path=live"));
      browser.waitForPictures(3);
      browser.waitFor("document.body.dataset.rounds === '4'");
      String before =
          browser.evaluate("document.querySelector('[data-chart=error] svg').innerHTML");
      live.round(4);
      live.round(5);
      browser.waitFor("document.body.dataset.rounds === '6'");
      browser.waitFor(
          "document.querySelector('[data-chart=error] svg').innerHTML !== `"
              + before.replace("\\", "\\\\").replace("`", "\\`")
              + "`");
      browser.waitFor("document.getElementById('early').hidden");
      live.append("{\"round\":5,\"type\":\"held-out\",\"loss\":0.5}\n");
      browser.waitFor("document.querySelector('[data-chart=heldOut] svg') !== null");
      browser.look(420, 900, true);
      live.finish();
      browser.waitFor("document.getElementById('state').textContent === 'done'");
      assertEquals(List.of(), browser.complaints());

      browser.look(1280, 900, false);
      browser.open(url.resolve("/compare?path=live&path=other"));
      browser.waitForPictures(1);
      browser.waitFor("document.querySelectorAll('#differences tbody tr').length === 1");
      assertEquals(List.of(), browser.complaints());

      browser.open(url.resolve("/report?path=live"));
      browser.waitFor("document.body.dataset.drawn === document.body.dataset.charts");
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void aSweepFillsOnItsPage() throws Exception {
    Path whole = folder.resolve("elsewhere");
    SmallSweep.run(whole, SmallSweep.AXES);
    Path runs = folder.resolve("runs");
    Path growing = Files.createDirectories(runs.resolve("grid"));
    Files.copy(whole.resolve("sweep.json"), growing.resolve("sweep.json"));
    List<Map<String, Object>> records = RecordLog.read(whole.resolve("cells.jsonl"));
    try (PageServer server = PageServer.start(runs, 0, Duration.ofMillis(50));
        Browser browser = Browser.start();
        RecordLog log = RecordLog.open(growing.resolve("cells.jsonl"), record -> {})) {
      browser.open(server.url());
      browser.waitFor("document.querySelector('#list a').textContent === 'grid'");
      browser.open(server.url().resolve("/sweep?path=grid"));
      browser.waitForPictures(2);
      assertEquals("0", browser.evaluate("document.body.dataset.done"));
      log.add(records.getFirst());
      browser.waitFor("document.body.dataset.done === '1'");
      browser.waitFor("document.querySelectorAll('#places tbody tr').length === 1");
      for (Map<String, Object> record : records.subList(1, records.size())) {
        log.add(record);
      }
      browser.waitFor("document.body.dataset.done === '12'");
      browser.waitFor("document.getElementById('done').textContent.startsWith('All 12')");
      browser.waitFor("document.querySelectorAll('#places tbody tr').length === 6");
      assertEquals(List.of(), browser.complaints());
    }
  }
}
