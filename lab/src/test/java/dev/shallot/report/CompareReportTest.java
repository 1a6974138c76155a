package dev.shallot.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.browser.Browser;
import dev.shallot.picture.Palette;
import dev.shallot.picture.Pictures;
import dev.shallot.run.Json;
import dev.shallot.run.RunException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs as one file. */
class CompareReportTest {
  @TempDir Path folder;

  private List<Path> runs() {
    return List.of(
        SampleRun.bernoulli().rounds(6).write(folder.resolve("first")),
        SampleRun.bernoulli().rounds(9).write(folder.resolve("<b>second")));
  }

  private Map<String, Object> document(String html) {
    String start = "id=\"run-data\">";
    int from = html.indexOf(start) + start.length();
    return Json.readObject(html.substring(from, html.indexOf("</script>", from)), "the page");
  }

  @Test
  void tracesDifferencesAndResultsAreThere() {
    String html = CompareReport.html(runs());
    Map<String, Object> told = document(html);
    assertEquals(
        "[{\"what\":\"rounds\",\"symbol\":\"K\",\"values\":[\"6\",\"9\"]}]",
        Json.writeCompact(List.of(told.get("differences")).getFirst()));
    assertEquals(true, told.get("comparable"));
    String results = Json.writeCompact(List.of(told.get("results")).getFirst());
    assertTrue(results.contains("\"RMSE, held out\""), results);
    assertFalse(html.contains("<b>second"), "names are text");
    assertFalse(html.contains("{{"), "a hole of the template is left");
  }

  @Test
  void foldersOfOneNameAreCalledByTheirPaths() {
    assertEquals(List.of("a", "b"), CompareReport.names(List.of(Path.of("x/a"), Path.of("y/b"))));
    assertEquals(
        List.of(Path.of("x", "a").toString(), Path.of("y", "a").toString()),
        CompareReport.names(List.of(Path.of("x/a"), Path.of("y/a"))));
  }

  @Test
  void whatIsNoRunOrTooMuchIsRefused() {
    Path run = SampleRun.bernoulli().rounds(2).write(folder.resolve("run"));
    RunException absent =
        assertThrows(
            RunException.class, () -> CompareReport.html(List.of(run, folder.resolve("absent"))));
    assertTrue(String.valueOf(absent.getMessage()).contains("absent"), absent.getMessage());
    assertThrows(RunException.class, () -> CompareReport.html(Collections.nCopies(13, run)));
  }

  @Test
  void figuresAreFilesToo() {
    List<Path> runs = runs();
    assertEquals(List.of("errors"), List.copyOf(ReportPictures.of(runs).keySet()));
    var one = ReportPictures.of(runs.subList(0, 1));
    assertEquals(List.of("trace", "error", "displacement", "flips"), List.copyOf(one.keySet()));
    one.forEach(
        (name, picture) -> {
          assertTrue(Pictures.svg(picture, Palette.LIGHT).startsWith("<svg "), name);
          assertEquals((byte) 'P', Pictures.png(picture, Palette.LIGHT)[1], name);
        });
  }

  @Test
  @Tag("browser")
  void theFileIsDrawnInABrowser() throws Exception {
    Path file = Files.writeString(folder.resolve("c.html"), CompareReport.html(runs()));
    try (Browser browser = Browser.start()) {
      browser.open(file.toUri());
      browser.waitForPictures(1);
      browser.evaluate(
          "(() => { const s = document.getElementById('scale'); s.value = 'steps';"
              + " s.dispatchEvent(new Event('change')); })()");
      browser.waitFor(
          "document.querySelector('[data-chart=errors]').textContent.includes('local steps')");
      assertEquals(
          "2", browser.evaluate("document.querySelectorAll('#results thead th').length - 1"));
      assertEquals(List.of(), browser.complaints());
    }
  }
}
