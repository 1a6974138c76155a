package dev.shallot.report;

import dev.shallot.picture.Figures;
import dev.shallot.picture.LogTicks;
import dev.shallot.picture.Markup;
import java.util.List;
import java.util.Locale;

/**
 * Spectra as a static SVG picture: eigenvalues on a logarithmic scale against their rank, a line
 * with marks where all are known, marks alone where only some are. Colours, dashes and shapes
 * differ, so that no one needs the colours.
 */
public final class SpectrumSvg {
  private static final double WIDTH = 960;
  private static final double HEIGHT = 540;
  private static final double LEFT = 104;
  private static final double RIGHT = 24;
  private static final double TOP = 84;
  private static final double BOTTOM = 58;

  /** Height of the place for eigenvalues that are zero but for rounding. */
  private static final double ZEROS = 34;

  /** More marks than this would touch one another. */
  private static final int MARKED = 120;

  private static final String[] COLORS = {"#0072b2", "#009e73", "#d55e00", "#cc79a7"};
  private static final String[] DASHES = {"", "7 4", "2 3", "9 3 2 3"};

  private final List<Spectrum> spectra;
  private final SpectrumScale scale;
  private final double bottom;
  private final StringBuilder svg = new StringBuilder(1 << 14);

  private SpectrumSvg(List<Spectrum> spectra) {
    this.spectra = spectra;
    this.scale = SpectrumScale.of(spectra);
    this.bottom = HEIGHT - BOTTOM - (scale.zeros() ? ZEROS : 0);
  }

  /**
   * Draws spectra.
   *
   * @param spectra one to four
   * @param title above the picture
   * @param setting beside the title, small
   * @return an SVG document
   */
  public static String render(List<Spectrum> spectra, String title, String setting) {
    return new SpectrumSvg(spectra).draw(title, setting);
  }

  private String draw(String title, String setting) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\""
            + " height=\"%.0f\" role=\"img\" font-family=\"system-ui, 'Segoe UI', Roboto,"
            + " 'Liberation Sans', 'DejaVu Sans', sans-serif\" font-size=\"13\" fill=\"#1f2328\">",
        WIDTH, HEIGHT, WIDTH, HEIGHT);
    add("<title>%s</title>", Markup.escape(title));
    add("<rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
    add(
        "<text x=\"16\" y=\"26\" font-size=\"16\" font-weight=\"600\">%s</text>",
        Markup.escape(title));
    add("<text x=\"16\" y=\"45\" fill=\"#59636e\">%s</text>", Markup.escape(setting));
    axes();
    double x = LEFT;
    for (int s = 0; s < spectra.size(); s++) {
      x = legend(s, x);
    }
    for (int s = 0; s < spectra.size(); s++) {
      curve(s);
    }
    add("</svg>");
    return svg.toString();
  }

  private double legend(int s, double x) {
    double y = 68;
    line(String.format(Locale.ROOT, "M%.1f %.1fh30", x, y), s);
    mark(s, x + 15, y);
    add("<text x=\"%.1f\" y=\"%.1f\">%s</text>", x + 37, y + 4.5, Markup.escape(name(s)));
    return x + 65 + 7.2 * name(s).length();
  }

  private String name(int s) {
    Spectrum spectrum = spectra.get(s);
    return spectrum.complete()
        ? spectrum.name()
        : "%s (%d of %s known)"
            .formatted(spectrum.name(), spectrum.values().length, Figures.count(spectrum.order()));
  }

  private void axes() {
    for (double tick : LogTicks.of(scale.low(), scale.high())) {
      add("<path d=\"M%.1f %.1fH%.1f\" stroke=\"#e4e8ec\"/>", LEFT, y(tick), WIDTH - RIGHT);
      label(y(tick), Figures.of(tick).replaceFirst("^1 × ", ""));
    }
    if (scale.zeros()) {
      add("<path d=\"M%.1f %.1fH%.1f\" stroke=\"#e4e8ec\"/>", LEFT, y(0), WIDTH - RIGHT);
      label(y(0), "0");
    }
    double end = HEIGHT - BOTTOM;
    ranks(end);
    add(
        "<path d=\"M%.1f %.1fV%.1fH%.1f\" fill=\"none\" stroke=\"#8b949e\"/>",
        LEFT, TOP, end, WIDTH - RIGHT);
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, scale.rankTitle());
    add(
        "<text transform=\"translate(22 %.1f) rotate(-90)\" text-anchor=\"middle\">eigenvalue, log"
            + " scale</text>",
        (TOP + end) / 2);
  }

  private void ranks(double end) {
    if (scale.logarithmic()) {
      for (double rank : LogTicks.of(1, scale.order())) {
        rankTick((int) rank, end);
      }
      return;
    }
    double step = Math.max(1, Math.ceil(LogTicks.niceStep(scale.order() / 10.0)));
    for (double rank = step; rank <= scale.order(); rank += step) {
      rankTick((int) rank, end);
    }
    if (step > 1) {
      rankTick(1, end);
    }
  }

  private void label(double y, String text) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\" fill=\"#59636e\">%s</text>",
        LEFT - 8, y + 4.5, text);
  }

  private void rankTick(int rank, double end) {
    add("<path d=\"M%.1f %.1fv5\" stroke=\"#8b949e\"/>", x(rank), end);
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" fill=\"#59636e\">%s</text>",
        x(rank), end + 20, Figures.count(rank));
  }

  private void curve(int s) {
    Spectrum spectrum = spectra.get(s);
    StringBuilder points = new StringBuilder();
    int count = spectrum.values().length;
    for (int k = 0; k < count; k++) {
      points.append(
          String.format(
              Locale.ROOT,
              "%c%.1f %.1f",
              k == 0 ? 'M' : 'L',
              x(spectrum.ranks()[k]),
              y(spectrum.values()[k])));
    }
    if (spectrum.complete() && count > 1) {
      line(points.toString(), s);
    }
    for (int k = 0; k < count && (count <= MARKED || !spectrum.complete()); k++) {
      mark(s, x(spectrum.ranks()[k]), y(spectrum.values()[k]));
    }
  }

  private double x(int rank) {
    return LEFT + 10 + (WIDTH - LEFT - RIGHT - 20) * scale.across(rank);
  }

  private double y(double value) {
    return scale.vanishes(value)
        ? HEIGHT - BOTTOM - ZEROS / 2
        : bottom - (bottom - TOP) * scale.height(value);
  }

  private void line(String path, int s) {
    add(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\""
            + " stroke-linejoin=\"round\"%s/>",
        path, COLORS[s], DASHES[s].isEmpty() ? "" : " stroke-dasharray=\"" + DASHES[s] + "\"");
  }

  private void mark(int s, double x, double y) {
    switch (s) {
      case 0 -> add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.2\" fill=\"%s\"/>", x, y, COLORS[s]);
      case 1 -> add("<path d=\"M%.1f %.1fl4 7.5h-8z\" fill=\"%s\"/>", x, y - 4.5, COLORS[s]);
      default -> add("<path d=\"M%.1f %.1fl4 4l-4 4l-4 -4z\" fill=\"%s\"/>", x, y - 4, COLORS[s]);
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
