package dev.shallot.picture;

import dev.shallot.picture.Canvas.Anchor;
import dev.shallot.picture.Canvas.Lettering;
import dev.shallot.picture.Canvas.Pen;
import java.util.List;

/**
 * The three phases of rounds along micro-steps: sampling (dashed), local steps (solid), aggregation
 * (dotted); means with bands of one standard deviation. The first round's phases are numbered where
 * they happen.
 *
 * @param title above the picture
 * @param setting a second line, small
 * @param error what all these errors are
 * @param localSteps tau
 * @param before G_k, one a round
 * @param mean S_k, L_{k,1} .. L_{k,tau}, tau + 1 numbers a round
 * @param deviation as many; how far the subnets and seeds are apart
 * @param after A_k, one a round
 */
public record PhaseTrace(
    String title,
    String setting,
    String error,
    int localSteps,
    double[] before,
    double[] mean,
    double[] deviation,
    double[] after)
    implements Picture {
  private static final double WIDTH = 960;
  private static final double HEIGHT = 460;
  private static final double LEFT = 82;
  private static final double RIGHT = 24;
  private static final double TOP = 96;
  private static final double BOTTOM = 56;
  private static final int SAMPLING = 1;
  private static final int LOCAL = 0;
  private static final int AGGREGATION = 2;

  public PhaseTrace {
    int columns = localSteps + 1;
    if (mean.length != before.length * columns
        || deviation.length != mean.length
        || after.length != before.length) {
      throw new IllegalArgumentException("a round has 1 + (tau + 1) + 1 errors");
    }
  }

  @Override
  public double width() {
    return WIDTH;
  }

  @Override
  public double height() {
    return HEIGHT;
  }

  @Override
  public void draw(Canvas canvas, Palette palette) {
    canvas.text(16, 26, title, new Lettering(palette.text(), 16, true, Anchor.START, 0));
    canvas.text(16, 46, setting, Lettering.plain(palette.muted(), 12.5));
    legend(canvas, palette);
    double[] low = edge(-1);
    double[] high = edge(1);
    Axis up = Axis.log(error);
    Axis.Scale y = up.over(List.of(before, after, mean, high), HEIGHT - BOTTOM - 4, TOP + 26);
    int perRound = localSteps + 2;
    Axis across = Axis.linear("micro-steps: τ + 2 a round (sampling, τ local steps, aggregation)");
    Axis.Scale x =
        new Axis.Scale(across, 0, (double) perRound * before.length, LEFT, WIDTH - RIGHT);
    axes(canvas, palette, x, y);
    for (int k = 0; k < before.length; k++) {
      round(canvas, palette, k, x, y, low, high);
    }
    names(canvas, palette, x, y);
  }

  private double[] edge(int side) {
    double[] edge = new double[mean.length];
    for (int i = 0; i < edge.length; i++) {
      edge[i] = mean[i] + side * deviation[i];
    }
    return edge;
  }

  private void legend(Canvas canvas, Palette palette) {
    double y = 70;
    entry(canvas, palette, 16, y, SAMPLING, "6 4", "① sampling: Gₖ → Sₖ");
    entry(canvas, palette, 214, y, LOCAL, "", "② local steps: Sₖ → Lₖ");
    entry(canvas, palette, 428, y, AGGREGATION, "1.5 3.5", "③ aggregation: Lₖ → Aₖ = Gₖ₊₁");
    canvas.area(
        new double[] {690, 720, 720, 690},
        new double[] {y - 6, y - 6, y + 6, y + 6},
        palette.of(LOCAL),
        0.2);
    canvas.text(
        727, y + 4.5, "± 1 s.d. over subnets and seeds", Lettering.plain(palette.text(), 13));
  }

  private static void entry(
      Canvas canvas, Palette palette, double x, double y, int color, String dash, String words) {
    canvas.line(x, y, x + 30, y, new Pen(palette.of(color), 2, dash));
    canvas.text(x + 37, y + 4.5, words, Lettering.plain(palette.text(), 13));
  }

  private void axes(Canvas canvas, Palette palette, Axis.Scale x, Axis.Scale y) {
    double bottom = HEIGHT - BOTTOM;
    Lettering tick = new Lettering(palette.muted(), 13, false, Anchor.END, 0);
    for (double mark : y.marks()) {
      canvas.line(LEFT, y.at(mark), WIDTH - RIGHT, y.at(mark), Pen.solid(palette.grid(), 1));
      canvas.text(LEFT - 8, y.at(mark) + 4.5, Figures.of(mark).replaceFirst("^1 × ", ""), tick);
    }
    for (int k = 0; k < before.length; k++) {
      double at = x.at((double) k * (localSteps + 2));
      canvas.line(at, TOP, at, bottom, Pen.solid(palette.grid(), 1));
      canvas.text(
          x.at((k + 0.5) * (localSteps + 2)),
          TOP + 14,
          Integer.toString(k),
          tick.at(Anchor.MIDDLE));
    }
    canvas.text(LEFT - 8, TOP + 14, "round k", tick);
    double step =
        Math.max(1, Math.ceil(LogTicks.niceStep(before.length * (localSteps + 2) / 12.0)));
    for (double s = 0; s <= x.high(); s += step) {
      canvas.line(x.at(s), bottom, x.at(s), bottom + 5, Pen.solid(palette.axis(), 1));
      canvas.text(x.at(s), bottom + 19, Figures.of(s), tick.at(Anchor.MIDDLE));
    }
    canvas.line(
        new double[] {LEFT, LEFT, WIDTH - RIGHT},
        new double[] {TOP, bottom, bottom},
        Pen.solid(palette.axis(), 1));
    Lettering name = new Lettering(palette.text(), 13, false, Anchor.MIDDLE, 0);
    canvas.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 13, x.axis().title(), name);
    canvas.text(
        22,
        (TOP + bottom) / 2,
        y.axis().title(),
        new Lettering(palette.text(), 13, false, Anchor.MIDDLE, -90));
  }

  private void round(
      Canvas canvas,
      Palette palette,
      int k,
      Axis.Scale x,
      Axis.Scale y,
      double[] low,
      double[] high) {
    int columns = localSteps + 1;
    int at = k * (localSteps + 2);
    double[] px = new double[columns];
    double[] py = new double[columns];
    double[] bandX = new double[2 * columns];
    double[] bandY = new double[2 * columns];
    for (int t = 0; t < columns; t++) {
      int i = k * columns + t;
      px[t] = x.at(at + 1 + t);
      py[t] = y.axis().shows(mean[i]) ? y.at(mean[i]) : Double.NaN;
      bandX[t] = px[t];
      bandX[2 * columns - 1 - t] = px[t];
      bandY[t] = y.axis().shows(high[i]) ? y.at(high[i]) : y.from();
      bandY[2 * columns - 1 - t] =
          y.axis().shows(low[i]) ? Math.min(y.from(), y.at(low[i])) : y.from();
    }
    canvas.area(bandX, bandY, palette.of(LOCAL), 0.2);
    segment(
        canvas, x, y, at, before[k], mean[k * columns], new Pen(palette.of(SAMPLING), 2, "6 4"));
    canvas.line(px, py, Pen.solid(palette.of(LOCAL), 2));
    segment(
        canvas,
        x,
        y,
        at + columns,
        mean[k * columns + localSteps],
        after[k],
        new Pen(palette.of(AGGREGATION), 2, "1.5 3.5"));
  }

  private static void segment(
      Canvas canvas, Axis.Scale x, Axis.Scale y, int at, double from, double to, Pen pen) {
    if (y.axis().shows(from) && y.axis().shows(to)) {
      canvas.line(x.at(at), y.at(from), x.at(at + 1), y.at(to), pen);
    }
  }

  /** The phases of the first round, where they are. */
  private void names(Canvas canvas, Palette palette, Axis.Scale x, Axis.Scale y) {
    int columns = localSteps + 1;
    boolean drawable =
        before.length > 0
            && y.axis().shows(mean[0])
            && y.axis().shows(mean[localSteps])
            && y.axis().shows(after[0]);
    if (!drawable) {
      return;
    }
    int middle = Math.max(1, localSteps / 2);
    // The first micro-step lies at the axis: its number stands clear of both, under its start.
    number(canvas, palette, SAMPLING, "①", LEFT + 13, y.at(before[0]) + 18);
    number(canvas, palette, LOCAL, "②", x.at(1.0 + middle), y.at(mean[middle]) - 8);
    number(canvas, palette, AGGREGATION, "③", x.at(columns - 0.4), y.at(after[0]) + 16);
  }

  private static void number(
      Canvas canvas, Palette palette, int color, String number, double x, double y) {
    canvas.text(x, y, number, new Lettering(palette.of(color), 15, true, Anchor.MIDDLE, 0));
  }
}
