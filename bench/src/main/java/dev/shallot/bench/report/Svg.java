package dev.shallot.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A picture that is being drawn: white ground, one font, few kinds of strokes. */
final class Svg {
  static final String INK = "#1f2328";
  static final String FAINT = "#59636e";
  private static final String GRID = "#e4e8ec";

  private final StringBuilder text = new StringBuilder(1 << 14);

  Svg(double width, double height, String title) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\""
            + " height=\"%.0f\" role=\"img\" font-family=\"system-ui, 'Segoe UI', Roboto,"
            + " 'Liberation Sans', 'DejaVu Sans', sans-serif\" font-size=\"13\" fill=\"%s\">",
        width, height, width, height, INK);
    add("<title>%s</title>", escape(title));
    add("<rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\"/>", width, height);
    add("<text x=\"16\" y=\"25\" font-size=\"16\" font-weight=\"600\">%s</text>", escape(title));
  }

  /** Anchor is start, middle or end. */
  void text(double x, double y, String anchor, String color, String words) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
        x, y, anchor, color, escape(words));
  }

  void bold(double x, double y, String words) {
    add("<text x=\"%.1f\" y=\"%.1f\" font-weight=\"600\">%s</text>", x, y, escape(words));
  }

  /** Text that reads upwards, its middle here. */
  void upwards(double x, double y, String words) {
    add(
        "<text transform=\"translate(%.1f %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
        x, y, escape(words));
  }

  void gridLine(double x1, double y1, double x2, double y2) {
    add("<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\"/>", x1, y1, x2, y2, GRID);
  }

  void frame(double x1, double y1, double x2, double y2) {
    add("<path d=\"M%.1f %.1fV%.1fH%.1f\" fill=\"none\" stroke=\"#8b949e\"/>", x1, y1, y2, x2);
  }

  /** A line through points; dash as SVG has it, empty for a solid one. */
  void line(String points, Style style) {
    add(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\""
            + " stroke-linejoin=\"round\"%s/>",
        points,
        style.color(),
        style.dash().isEmpty() ? "" : " stroke-dasharray=\"" + style.dash() + "\"");
  }

  void mark(double x, double y, Style style, boolean filled) {
    String fill = filled ? style.color() : "#ffffff";
    String shape =
        switch (style.mark()) {
          case CIRCLE -> "M%.1f %.1fm-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z";
          case SQUARE -> "M%.1f %.1fm-4 -4h8v8h-8z";
          case TRIANGLE -> "M%.1f %.1fm0 -5.5l5 9h-10z";
          case DIAMOND -> "M%.1f %.1fm0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z";
        };
    add(
        "<path d=\"" + shape + "\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.6\"/>",
        x,
        y,
        fill,
        style.color());
  }

  /** What stands out. */
  void ring(double x, double y) {
    add(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"9\" fill=\"none\" stroke=\"%s\""
            + " stroke-width=\"1.2\"/>",
        x, y, INK);
  }

  static String point(char pen, double x, double y) {
    return String.format(Locale.ROOT, "%c%.1f %.1f", pen, x, y);
  }

  /** How wide a text is, roughly. */
  static double width(String words) {
    return 7.4 * words.length();
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text + "</svg>\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String escape(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  private void add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
