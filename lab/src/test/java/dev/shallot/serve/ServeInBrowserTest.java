package dev.shallot.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.browser.Browser;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
}
