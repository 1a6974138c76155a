package dev.shallot.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PicturesTest {
  private static final HeatMap MAP =
      new HeatMap(
          "A <map>",
          "setting & more",
          "columns",
          List.of("0.1", "0.5", "1.0"),
          "rows",
          List.of("1", "2"),
          new double[] {1, 10, 100, 0.001, Double.NaN, 42.4242},
          "error");

  private static Lines lines(double... y) {
    double[] x = new double[y.length];
    double[] low = new double[y.length];
    double[] high = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      x[i] = i;
      low[i] = y[i] / 2 - 1;
      high[i] = 2 * y[i];
    }
    return new Lines(
        "Lines",
        "",
        Axis.linear("x"),
        Axis.log("y"),
        List.of(new Lines.Series("first", x, y, low, high), Lines.Series.plain("second", x, y)),
        List.of(new Lines.Guide(1, "a guide")));
  }

  private static Document parsed(Picture picture, Palette palette) throws Exception {
    String svg = Pictures.svg(picture, palette);
    assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(Document document) {
    List<String> texts = new ArrayList<>();
    var nodes = document.getElementsByTagName("text");
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void aHeatMapHasItsValuesWrittenIn() throws Exception {
    List<String> texts = texts(parsed(MAP, Palette.LIGHT));
    assertTrue(
        texts.containsAll(List.of("A <map>", "1", "10", "100", "0.001", "–", "42.4", "0.5")),
        texts.toString());
    assertTrue(texts.contains("Colour: error, log scale"));
  }

  @Test
  void aMapNeedsAValueForEachCell() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new HeatMap("", "", "", List.of("a"), "", List.of("b"), new double[2], ""));
  }

  @Test
  void linesBreakWhereALogAxisHasNoPlace() throws Exception {
    assertEquals(
        "svg", parsed(lines(1, 0, 10, -1, 100), Palette.DARK).getDocumentElement().getTagName());
    parsed(lines(Double.NaN, Double.POSITIVE_INFINITY), Palette.LIGHT);
    parsed(lines(), Palette.LIGHT);
  }

  @Test
  void aTraceNumbersItsPhases() throws Exception {
    PhaseTrace trace =
        new PhaseTrace(
            "Trace",
            "",
            "cross-entropy",
            1,
            new double[] {5, 3},
            new double[] {9, 4, 6, 2},
            new double[] {1, 1, 9, 1},
            new double[] {3, 1});
    List<String> texts = texts(parsed(trace, Palette.LIGHT));
    assertTrue(
        texts.containsAll(List.of("①", "②", "③", "round k", "cross-entropy, log scale")),
        texts.toString());
  }

  @Test
  void aPngHasTwiceThePixels() throws Exception {
    var image = ImageIO.read(new ByteArrayInputStream(Pictures.png(MAP, Palette.LIGHT)));
    assertEquals(2 * (int) MAP.width(), image.getWidth());
    assertEquals(2 * (int) MAP.height(), image.getHeight());
    assertEquals(0xFFFFFF, image.getRGB(2, image.getHeight() - 2) & 0xFFFFFF);
  }

  @Test
  void textOnAHeatMapCanBeRead() {
    for (double share = 0; share <= 1; share += 0.05) {
      double cell = luminance(Palette.heat(share));
      double text = luminance(Palette.onHeat(share));
      double contrast = (Math.max(cell, text) + 0.05) / (Math.min(cell, text) + 0.05);
      assertTrue(contrast >= 4.5, share + ": " + contrast);
    }
    assertEquals("#ffea46", Palette.heat(0));
    assertEquals("#00204d", Palette.heat(1));
  }

  private static double luminance(String color) {
    int rgb = Integer.parseInt(color.substring(1), 16);
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = ((rgb >> (16 - 8 * i)) & 0xFF) / 255.0;
      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
