package dev.shallot.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.browser.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens reports in a headless Chromium, where there is one on the path. */
@Tag("browser")
class ReportInBrowserTest {
  @TempDir Path folder;

  @Test
  void everyPictureOfEachKindOfRunIsDrawn() throws Exception {
    try (Browser browser = Browser.start()) {
      assertDrawn(browser, SampleRun.bernoulli(), "", 5);
      assertDrawn(browser, SampleRun.diverging(), "", 5);
      assertDrawn(browser, SampleRun.longRun(), "", 5);
    }
  }

  @Test
  void earlyStoppingHasAPicture() throws Exception {
    Path run = SampleRun.bernoulli().write(folder.resolve("run"));
    SampleRun.stopEarly(run, 20);
    Path page = RunReport.write(run);
    try (Browser browser = Browser.start()) {
      browser.look(1280, 1000, false);
      browser.open(page.toUri());
      browser.waitForPictures(6);
      browser.waitFor(
          "[...document.querySelectorAll('[data-chart=heldOut] text')].some("
              + "(t) => t.textContent === 'kept: round 20')");
      assertEquals(java.util.List.of(), browser.complaints());
    }
  }

  /** Pictures are drawn for the paper's width, and each caption stands below its picture. */
  @Test
  void onPaperNoCaptionLiesUnderAPicture() throws Exception {
    Path page = RunReport.write(SampleRun.bernoulli().write(folder.resolve("run")));
    try (Browser browser = Browser.start()) {
      browser.look(1280, 1000, true);
      browser.open(page.toUri());
      browser.waitForPictures(5);
      browser.paper(700);
      browser.waitFor(
          "[...document.querySelectorAll('figure')].every((f) => { const svg ="
              + " f.querySelector('svg').getBoundingClientRect(); const caption ="
              + " f.querySelector('figcaption').getBoundingClientRect(); return svg.bottom <="
              + " caption.top + 1 && svg.right <= f.getBoundingClientRect().right + 1; })");
      assertEquals(java.util.List.of(), browser.complaints());
    }
  }

  /** Bernoulli masks with their terms, and categorical ones whose floor is a single number. */
  @Test
  void thePicturesOfATheoryAreDrawn() throws Exception {
    String start =
        "{\"format\":\"shallot-theory\",\"formatVersion\":1,\"setting\":{\"errorFactor\":1.0},"
            + "\"statements\":[],\"curves\":{\"round\":[0,1,2],\"mean\":[9.0,3.0,1.0],"
            + "\"deviation\":[1.0,2.0,1.5],\"lazy\":[9.0,3.1,1.1],\"contraction\":[9.0,8.9,8.8],";
    try (Browser browser = Browser.start()) {
      assertDrawn(
          browser,
          SampleRun.bernoulli(),
          start
              + "\"lazyFloor\":0.5,\"terms\":{\"T1\":1e9,\"T2\":0.1,\"T3\":0.0},"
              + "\"carefulTerms\":{\"T1\":1e8,\"T2\":0.1,\"T3\":0.0},\"theorem\":\"Theorem 3\"}}",
          7);
      assertDrawn(
          browser,
          SampleRun.bernoulli(),
          start + "\"lazyFloor\":0.0,\"terms\":{\"floor\":null},\"theorem\":\"Theorem 4\"}}",
          7);
    }
  }

  /** In a browser whose console stays empty, in the light and in the dark, wide and narrow. */
  private void assertDrawn(Browser browser, SampleRun run, String theory, int pictures)
      throws Exception {
    Path written = run.write(folder.resolve("run"));
    Files.deleteIfExists(written.resolve("theory.json"));
    if (!theory.isEmpty()) {
      Files.writeString(written.resolve("theory.json"), theory);
    }
    Path page = RunReport.write(written);
    browser.look(1280, 1000, false);
    browser.open(page.toUri());
    browser.waitForPictures(pictures);
    browser.look(420, 900, true);
    browser.waitFor(
        "[...document.querySelectorAll('[data-chart]')].every("
            + "(place) => place.querySelector('svg').clientWidth === place.clientWidth)");
    assertEquals(java.util.List.of(), browser.complaints());
  }
}
