package dev.shallot.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.RunException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class TraceSvgTest {
  @TempDir Path folder;

  @Test
  void thePictureIsWellFormedAndHasEveryMark() throws Exception {
    String svg = TraceSvg.render(SampleRun.bernoulli().rounds(6).write(folder), 3);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertEquals("svg", document.getDocumentElement().getTagName());
    // tau = 5 local steps in each of 3 rounds, and one in the legend
    assertEquals(3 * 5 + 1, document.getElementsByTagName("circle").getLength());
    assertTrue(svg.contains("Bernoulli masks, m = 200, p = 4"));
    assertFalse(svg.contains("NaN"));
  }

  @Test
  void theAxisIsNamedByTheLoss() throws IOException {
    Path run = SampleRun.bernoulli().rounds(6).write(folder);
    assertTrue(TraceSvg.render(run, 3).contains(">squared error, log scale<"));
    Path document = run.resolve("run.json");
    String text = Files.readString(document);
    Files.writeString(document, text.replace("\"init\"", "\"loss\" : \"cross-entropy\", \"init\""));
    assertTrue(TraceSvg.render(run, 3).contains(">cross-entropy, log scale<"));
  }

  @Test
  void moreRoundsThanThereAreGiveAllOfThem() {
    Path run = SampleRun.bernoulli().rounds(6).write(folder);
    assertEquals(TraceSvg.render(run, 6), TraceSvg.render(run, 1000));
  }

  @Test
  void aDivergedRunIsDrawnAsFarAsItIsFinite() {
    String svg = TraceSvg.render(SampleRun.diverging().write(folder), 60);
    assertFalse(svg.contains("NaN"));
    assertFalse(svg.contains("Infinity"));
  }

  @Test
  void aLogWithoutStepsIsRefused() {
    Path run = SampleRun.bernoulli().rounds(6).roundsOnly().write(folder);
    RunException error = assertThrows(RunException.class, () -> TraceSvg.render(run, 3));
    assertTrue(String.valueOf(error.getMessage()).contains("no step events"));
    assertThrows(RunException.class, () -> TraceSvg.render(run, 0));
  }
}
