package dev.shallot.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.browser.Browser;
import dev.shallot.fetch.DataCache;
import dev.shallot.sweep.SweepSettings;
import dev.shallot.sweep.SweepWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A figure's page as a reader sees it: every picture drawn, no words on top of each other. */
@Tag("browser")
class FigureInBrowserTest {
  /** Words of one picture whose boxes overlap, or that leave the picture. */
  private static final String CLASHES =
      """
      Array.from(document.querySelectorAll('figure .light svg')).flatMap(svg => {
        const frame = svg.getBoundingClientRect();
        const boxes = Array.from(svg.querySelectorAll('text')).map(t => {
          const b = t.getBoundingClientRect();
          return {words: t.textContent, l: b.left + 1, r: b.right - 1, t: b.top + 2, b: b.bottom - 2};
        });
        const found = boxes
            .filter(b => b.l < frame.left || b.r > frame.right || b.t < frame.top || b.b > frame.bottom)
            .map(b => 'outside: ' + b.words);
        for (let i = 0; i < boxes.length; i++)
          for (let j = 0; j < i; j++) {
            const p = boxes[i], q = boxes[j];
            if (p.l < q.r && q.l < p.r && p.t < q.b && q.t < p.b) found.push(q.words + ' | ' + p.words);
          }
        return found;
      }).join('; ')
      """;

  @TempDir Path folder;

  @Test
  void everyPictureIsThereAndItsWordsCanBeRead() throws Exception {
    try (Browser browser = Browser.start()) {
      Reproduction.Outcome outcome =
          Reproduction.run(
              new Reproduction.Request(
                  "masked-neurons/fig2a",
                  true,
                  Optional.empty(),
                  folder.resolve("figure"),
                  new DataCache(folder.resolve("cache"))),
              SweepSettings.usual(),
              SweepWatch.NOTHING,
              line -> {});
      List<String> pictures;
      try (var files = Files.list(folder.resolve("figure"))) {
        pictures = files.map(Path::toString).filter(name -> name.endsWith(".svg")).toList();
      }
      browser.look(1280, 1000, false);
      browser.open(outcome.page().toUri());
      assertEquals(
          Integer.toString(pictures.size()),
          browser.evaluate(
              "Array.from(document.querySelectorAll('figure .light svg')).filter(s =>"
                  + " s.getBoundingClientRect().height > 200 && s.querySelectorAll('path,"
                  + " polyline, line').length > 10).length"));
      assertEquals("", browser.evaluate(CLASHES));
      assertEquals(
          "true",
          browser.evaluate(
              "Array.from(document.querySelectorAll('a[download$=csv]')).every(a =>"
                  + " atob(a.href.split(',')[1]).split('\\n').length > 10)"));

      browser.look(1280, 1000, true);
      assertEquals(
          "none block",
          browser.evaluate(
              "getComputedStyle(document.querySelector('.light')).display + ' ' +"
                  + " getComputedStyle(document.querySelector('.dark')).display"));
      browser.look(390, 800, false);
      assertEquals(
          "true", browser.evaluate("document.documentElement.scrollWidth <= window.innerWidth"));
      browser.paper(700);
      assertEquals(
          "none", browser.evaluate("getComputedStyle(document.querySelector('.screen')).display"));
      assertTrue(browser.complaints().isEmpty(), () -> "the console is empty");
    }
  }
}
