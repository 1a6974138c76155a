package dev.shallot.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.RunException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SpectrumPicturesTest {
  private static double[] decades(int n) {
    return IntStream.range(0, n).mapToDouble(k -> Math.pow(10, 3.0 * k / (n - 1) - 2)).toArray();
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  @Test
  void lettersFallFromTheLargestToTheSmallest() {
    List<String> lines = SpectrumText.lines(List.of(Spectrum.of("K", decades(40))));
    assertEquals("eigenvalues, log scale: o K", lines.get(0));
    String picture = String.join("\n", lines);
    String paper = String.join("", lines.subList(1, 16));
    assertEquals(40, paper.chars().filter(c -> c == 'o').count(), picture);
    assertTrue(lines.get(1).indexOf('o') < lines.get(15).lastIndexOf('o'), picture);
    for (String tick : List.of("10 +", "1 +", "0.1 +", "0.01 +")) {
      assertTrue(picture.contains(tick), picture);
    }
    assertTrue(lines.get(lines.size() - 2).endsWith("40"), picture);
  }

  @Test
  void equalSpectraShareTheirPlacesAndZerosHaveTheirOwn() {
    double[] singular = {-1e-17, 3e-15, 1.0, 10.0};
    Spectrum one = Spectrum.of("one", singular);
    Spectrum two = Spectrum.of("two", singular);
    List<String> lines = SpectrumText.lines(List.of(one, two));
    String picture = String.join("\n", lines);
    assertTrue(picture.contains("o one, + two, * several"), picture);
    assertTrue(
        lines.stream().anyMatch(l -> l.startsWith("         0 +") && l.endsWith("*")), picture);
    List<String> nothing = SpectrumText.lines(List.of(Spectrum.of("zero", new double[] {0, 0})));
    assertTrue(nothing.stream().anyMatch(l -> l.startsWith("         0 +o")), nothing.toString());
  }

  @Test
  void thePictureIsSoundXmlWithTitleAxesAndLegend() throws Exception {
    Spectrum whole = Spectrum.of("infinite <&>", decades(300));
    Spectrum part = new Spectrum("masked", 300, new int[] {1, 2, 300}, new double[] {9, 7, 0});
    String svg = SpectrumSvg.render(List.of(whole, part), "Spectra", "n = 300 & more");
    Document document = parsed(svg);
    assertEquals("svg", document.getDocumentElement().getTagName());
    for (String words :
        List.of(
            "infinite &lt;&amp;&gt;",
            "masked (3 of 300 known)",
            "n = 300 &amp; more",
            "eigenvalue, log scale",
            "rank of the eigenvalue, largest first, log scale",
            ">100<",
            "fill=\"#ffffff\"")) {
      assertTrue(svg.contains(words), words + " is not in\n" + svg);
    }
    assertTrue(!svg.contains("NaN") && !svg.contains("Infinity"), svg);
    parsed(SpectrumSvg.render(List.of(Spectrum.of("one", new double[] {2})), "t", ""));
    parsed(SpectrumSvg.render(List.of(Spectrum.of("zero", new double[] {0, 0})), "t", ""));
  }

  @Test
  void aSpectrumHasARankForEachEigenvalue() {
    assertThrows(RunException.class, () -> new Spectrum("k", 3, new int[0], new double[0]));
    assertThrows(RunException.class, () -> new Spectrum("k", 3, new int[1], new double[2]));
  }
}
