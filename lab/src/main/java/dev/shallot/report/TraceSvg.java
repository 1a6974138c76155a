package dev.shallot.report;

import dev.shallot.picture.Figures;
import dev.shallot.picture.LogTicks;
import dev.shallot.picture.Markup;
import dev.shallot.run.RunException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The three-phase loss trace of a run's first rounds as a static SVG picture, in the colours and
 * shapes of the report: sampling G_k to S_k (vermilion, dashed, triangles), local steps S_k to
 * L_{k,tau} (blue, solid, circles, with a band from the smallest to the largest subnet),
 * aggregation L_{k,tau} to A_k (green, dotted, diamonds).
 */
public final class TraceSvg {
  private static final double WIDTH = 960;
  private static final double HEIGHT = 470;
  private static final double LEFT = 82;
  private static final double RIGHT = 20;
  private static final double TOP = 92;
  private static final double BOTTOM = 54;
  private static final String SAMPLING = "#d55e00";
  private static final String LOCAL = "#0072b2";
  private static final String AGGREGATION = "#009e73";

  /** Above this many micro-steps marks would touch one another. */
  private static final int MARKED_STEPS = 150;

  private final ErrorKind error;
  private final RunSeries series;
  private final int count;
  private final int stepsPerRound;
  private final double low;
  private final double high;
  private final StringBuilder svg = new StringBuilder(1 << 14);

  private TraceSvg(RunSeries series, int count, ErrorKind error) {
    this.error = error;
    this.series = series;
    this.count = count;
    this.stepsPerRound = series.localSteps() + 2;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < count; j++) {
      for (double value : values(j)) {
        if (value > 0 && Double.isFinite(value)) {
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
    }
    if (min > max) {
      throw new RunException("no error of these rounds is positive and finite: nothing to draw");
    }
    double margin = Math.pow(10, Math.max(0.01, 0.05 * (Math.log10(max) - Math.log10(min))));
    this.low = Math.max(min / margin, Double.MIN_VALUE);
    this.high = Math.min(max * margin, Double.MAX_VALUE);
  }

  private double[] values(int j) {
    RunSeries.Steps steps = series.steps();
    int columns = series.localSteps() + 1;
    double[] values = new double[2 * columns + 2];
    System.arraycopy(steps.min(), j * columns, values, 0, columns);
    System.arraycopy(steps.max(), j * columns, values, columns, columns);
    values[2 * columns] = series.rounds().before()[j];
    values[2 * columns + 1] = series.rounds().after()[j];
    return values;
  }

  /**
   * Draws the first rounds.
   *
   * @param runFolder holds {@code run.json} and {@code events.jsonl}
   * @param firstRounds how many observed rounds, at least 1; fewer if the run has fewer
   * @return an SVG document
   * @throws RunException if the folder is damaged or its log holds no step events
   */
  public static String render(Path runFolder, int firstRounds) {
    if (firstRounds < 1) {
      throw new RunException(
          "a trace needs at least 1 round, but " + firstRounds + " were asked for");
    }
    RunDocument run = RunDocument.read(runFolder);
    RunSeries series = EventReader.read(runFolder.resolve("events.jsonl"), ChartData.DETAIL_STEPS);
    if (series.detailed() == 0) {
      throw new RunException(
          "%s holds no step events: train with events=steps to draw the three phases"
              .formatted(runFolder.resolve("events.jsonl")));
    }
    TraceSvg picture =
        new TraceSvg(series, Math.min(firstRounds, series.detailed()), ErrorKind.of(run));
    return picture.draw(new Summary(run, series.progress()).setting());
  }

  private String draw(String setting) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\""
            + " height=\"%.0f\" role=\"img\" font-family=\"system-ui, 'Segoe UI', Roboto,"
            + " 'Liberation Sans', 'DejaVu Sans', sans-serif\" font-size=\"13\" fill=\"#1f2328\">",
        WIDTH, HEIGHT, WIDTH, HEIGHT);
    add("<title>Three-phase loss trace</title>");
    add("<rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
    add(
        "<text x=\"%.0f\" y=\"24\" font-size=\"16\" font-weight=\"600\">Three-phase loss"
            + " trace</text>",
        16.0);
    add(
        "<text x=\"%.0f\" y=\"24\" fill=\"#59636e\" text-anchor=\"end\">%s</text>",
        WIDTH - RIGHT, Markup.escape(setting));
    legend();
    axes();
    for (int j = 0; j < count; j++) {
      bands(j);
    }
    for (int j = 0; j < count; j++) {
      lines(j);
    }
    for (int j = 0; j < count && count * stepsPerRound <= MARKED_STEPS; j++) {
      marks(j);
    }
    add("</svg>");
    return svg.toString();
  }

  private void legend() {
    double y = 52;
    entry(16, y, SAMPLING, "6 4", "sampling: Gₖ → Sₖ");
    triangle(31, y, SAMPLING);
    entry(180, y, LOCAL, "", "local steps: Sₖ → Lₖ");
    circle(195, y);
    entry(352, y, AGGREGATION, "1.5 3.5", "aggregation: Lₖ → Aₖ");
    diamond(367, y);
    if (series.subnets() > 1) {
      add(
          "<rect x=\"540\" y=\"%.1f\" width=\"30\" height=\"12\" fill=\"%s\""
              + " fill-opacity=\"0.16\"/>",
          y - 6, LOCAL);
      add(
          "<text x=\"576\" y=\"%.1f\">smallest to largest of the %d subnets</text>",
          y + 4.5, series.subnets());
    }
  }

  private void entry(double x, double y, String color, String dash, String text) {
    path(point('M', x, y) + "h30", color, dash);
    add("<text x=\"%.1f\" y=\"%.1f\">%s</text>", x + 36, y + 4.5, text);
  }

  private void axes() {
    double bottom = HEIGHT - BOTTOM;
    for (double tick : LogTicks.of(low, high)) {
      add("<path d=\"M%.1f %.1fH%.1f\" stroke=\"#e4e8ec\"/>", LEFT, y(tick), WIDTH - RIGHT);
      add(
          "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\" fill=\"#59636e\">%s</text>",
          LEFT - 8, y(tick) + 4.5, Figures.of(tick));
    }
    int every = Math.max(1, (count + 19) / 20);
    for (int j = 0; j < count; j++) {
      add("<path d=\"M%.1f %.1fV%.1f\" stroke=\"#d0d7de\"/>", x(j * stepsPerRound), TOP, bottom);
      if (j % every == 0) {
        add(
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" fill=\"#59636e\">%.0f</text>",
            x((j + 0.5) * stepsPerRound), TOP - 8, series.rounds().round()[j]);
      }
    }
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\" fill=\"#59636e\">round k</text>",
        LEFT - 8, TOP - 8);
    double step = Math.ceil(LogTicks.niceStep(Math.max(1, count * stepsPerRound / 12.0)));
    for (double s = 0; s <= count * stepsPerRound; s += step) {
      add("<path d=\"M%.1f %.1fv5\" stroke=\"#8b949e\"/>", x(s), bottom);
      add(
          "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" fill=\"#59636e\">%.0f</text>",
          x(s), bottom + 19, s);
    }
    add(
        "<path d=\"M%.1f %.1fV%.1fH%.1f\" fill=\"none\" stroke=\"#8b949e\"/>",
        LEFT, TOP, bottom, WIDTH - RIGHT);
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">micro-steps: τ + 2 a round (sampling, τ"
            + " local steps, aggregation)</text>",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12);
    add(
        "<text transform=\"translate(22 %.1f) rotate(-90)\" text-anchor=\"middle\">%s,"
            + " log scale</text>",
        (TOP + bottom) / 2, error.word());
  }

  private void bands(int j) {
    if (series.subnets() < 2) {
      return;
    }
    int columns = series.localSteps() + 1;
    StringBuilder above = new StringBuilder();
    StringBuilder below = new StringBuilder();
    for (int s = 0; s < columns; s++) {
      double min = series.steps().min()[j * columns + s];
      double max = series.steps().max()[j * columns + s];
      if (!drawable(min) || !drawable(max)) {
        return;
      }
      double x = x(j * stepsPerRound + 1 + s);
      above.append(point(s == 0 ? 'M' : 'L', x, y(max)));
      below.insert(0, point('L', x, y(min)));
    }
    add("<path d=\"%s%sZ\" fill=\"%s\" fill-opacity=\"0.16\"/>", above, below, LOCAL);
  }

  private void lines(int j) {
    int columns = series.localSteps() + 1;
    double[] mean = series.steps().mean();
    int at = j * stepsPerRound;
    segment(at, series.rounds().before()[j], mean[j * columns], SAMPLING, "6 4");
    StringBuilder local = new StringBuilder();
    char pen = 'M';
    for (int s = 0; s < columns; s++) {
      double value = mean[j * columns + s];
      if (drawable(value)) {
        local.append(point(pen, x(at + 1 + s), y(value)));
      }
      pen = drawable(value) ? 'L' : 'M';
    }
    if (!local.isEmpty()) {
      path(local.toString(), LOCAL, "");
    }
    segment(
        at + columns,
        mean[j * columns + columns - 1],
        series.rounds().after()[j],
        AGGREGATION,
        "1.5 3.5");
  }

  private void marks(int j) {
    int columns = series.localSteps() + 1;
    double[] mean = series.steps().mean();
    int at = j * stepsPerRound;
    for (int s = 1; s < columns; s++) {
      if (drawable(mean[j * columns + s])) {
        circle(x(at + 1 + s), y(mean[j * columns + s]));
      }
    }
    if (drawable(mean[j * columns])) {
      triangle(x(at + 1), y(mean[j * columns]), SAMPLING);
    }
    if (drawable(series.rounds().after()[j])) {
      diamond(x(at + stepsPerRound), y(series.rounds().after()[j]));
    }
  }

  private void segment(int at, double from, double to, String color, String dash) {
    if (drawable(from) && drawable(to)) {
      path(point('M', x(at), y(from)) + point('L', x(at + 1), y(to)), color, dash);
    }
  }

  private static boolean drawable(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private double x(double microStep) {
    return LEFT + (WIDTH - LEFT - RIGHT) * microStep / (count * stepsPerRound);
  }

  private double y(double error) {
    return TOP
        + (HEIGHT - TOP - BOTTOM)
            * (Math.log(high) - Math.log(error))
            / (Math.log(high) - Math.log(low));
  }

  private static String point(char pen, double x, double y) {
    return String.format(Locale.ROOT, "%c%.1f %.1f", pen, x, y);
  }

  private void path(String points, String color, String dash) {
    add(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\""
            + " stroke-linejoin=\"round\"%s/>",
        points, color, dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + "\"");
  }

  private void circle(double x, double y) {
    add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, LOCAL);
  }

  private void triangle(double x, double y, String color) {
    add("<path d=\"M%.1f %.1fl5 9h-10z\" fill=\"%s\"/>", x, y - 5.5, color);
  }

  private void diamond(double x, double y) {
    add("<path d=\"M%.1f %.1fl5 5l-5 5l-5 -5z\" fill=\"%s\"/>", x, y - 5, AGGREGATION);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
