package dev.shallot.picture;

import java.util.Locale;

/** Writes SVG. */
final class SvgCanvas implements Canvas {
  private final StringBuilder svg = new StringBuilder(1 << 14);

  SvgCanvas(Picture picture, Palette palette) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\""
            + " height=\"%.0f\" role=\"img\" font-family=\"system-ui, 'Segoe UI', Roboto,"
            + " 'Liberation Sans', 'DejaVu Sans', sans-serif\">",
        picture.width(), picture.height(), picture.width(), picture.height());
    add("<title>%s</title>", Markup.escape(picture.title()));
    rectangle(0, 0, picture.width(), picture.height(), palette.back(), "");
  }

  String end() {
    add("</svg>");
    return svg.toString();
  }

  @Override
  public void rectangle(double x, double y, double width, double height, String fill, String tip) {
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"%s",
        x, y, width, height, fill, closed("rect", tip));
  }

  @Override
  public void line(double[] x, double[] y, Pen pen) {
    StringBuilder path = new StringBuilder();
    char step = 'M';
    for (int i = 0; i < x.length; i++) {
      boolean finite = Double.isFinite(x[i]) && Double.isFinite(y[i]);
      if (finite) {
        path.append(String.format(Locale.ROOT, "%c%.1f %.1f", step, x[i], y[i]));
      }
      step = finite ? 'L' : 'M';
    }
    if (!path.isEmpty()) {
      add(
          "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\""
              + " stroke-linejoin=\"round\"%s/>",
          path,
          pen.color(),
          pen.width(),
          pen.dash().isEmpty() ? "" : " stroke-dasharray=\"" + pen.dash() + "\"");
    }
  }

  @Override
  public void area(double[] x, double[] y, String fill, double opacity) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x[i], y[i]));
    }
    add(
        "<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"%.2f\"/>",
        points.toString().strip(), fill, opacity);
  }

  @Override
  public void text(double x, double y, String text, Lettering type) {
    String anchor =
        type.anchor() == Anchor.START
            ? ""
            : " text-anchor=\"%s\"".formatted(type.anchor().name().toLowerCase(Locale.ROOT));
    String turn =
        type.angle() == 0
            ? String.format(Locale.ROOT, "x=\"%.1f\" y=\"%.1f\"", x, y)
            : String.format(
                Locale.ROOT, "transform=\"translate(%.1f %.1f) rotate(%.0f)\"", x, y, type.angle());
    add(
        "<text %s font-size=\"%.1f\" fill=\"%s\"%s%s>%s</text>",
        turn,
        type.size(),
        type.color(),
        anchor,
        type.bold() ? " font-weight=\"600\"" : "",
        Markup.escape(text));
  }

  @Override
  public void mark(double x, double y, Mark mark, String color, String tip) {
    switch (mark) {
      case CIRCLE ->
          add(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.6\" fill=\"%s\"%s",
              x, y, color, closed("circle", tip));
      case RING ->
          add(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.4\" fill=\"none\" stroke=\"%s\""
                  + " stroke-width=\"1.8\"%s",
              x, y, color, closed("circle", tip));
      case CROSS ->
          add(
              "<path d=\"M%.1f %.1fl7 7m0 -7l-7 7\" stroke=\"%s\" stroke-width=\"2\"%s",
              x - 3.5, y - 3.5, color, closed("path", tip));
      case SQUARE -> shape("M%.1f %.1fh6.6v6.6h-6.6z", x - 3.3, y - 3.3, color, tip);
      case TRIANGLE -> shape("M%.1f %.1fl4.4 7.8h-8.8z", x, y - 4.8, color, tip);
      case DIAMOND -> shape("M%.1f %.1fl4.6 4.6l-4.6 4.6l-4.6 -4.6z", x, y - 4.6, color, tip);
    }
  }

  private void shape(String path, double x, double y, String color, String tip) {
    add(
        "<path d=\"%s\" fill=\"%s\"%s",
        String.format(Locale.ROOT, path, x, y), color, closed("path", tip));
  }

  private static String closed(String element, String tip) {
    return tip.isEmpty() ? "/>" : "><title>" + Markup.escape(tip) + "</title></" + element + ">";
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
