package dev.shallot.picture;

import dev.shallot.picture.Canvas.Anchor;
import dev.shallot.picture.Canvas.Lettering;
import dev.shallot.picture.Canvas.Mark;
import dev.shallot.picture.Canvas.Pen;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines with bands: what the mean over seeds does, and how far seeds are apart. Lines differ by
 * colour, dash and mark.
 *
 * @param title above the picture
 * @param setting a second line, small
 * @param across the x axis
 * @param up the y axis
 * @param series lines, in the legend's order
 * @param guides horizontal lines with words
 */
public record Lines(
    String title, String setting, Axis across, Axis up, List<Series> series, List<Guide> guides)
    implements Picture {
  private static final double WIDTH = 760;
  private static final double HEIGHT = 470;
  private static final double LEFT = 82;
  private static final double RIGHT = 24;
  private static final double BOTTOM = 56;
  private static final double LEGEND = 66;
  private static final double LEGEND_LINE = 21;
  private static final String[] DASHES = {"", "7 4", "2 3", "9 3 2 3", "12 4", "4 2"};

  private static final List<Mark> MARKS = List.of(Mark.values());

  /** More marks than this on a line would touch one another. */
  private static final int MARKED = 40;

  /**
   * A line.
   *
   * @param name in the legend
   * @param x ascending
   * @param y as many; a value that the axis does not show breaks the line
   * @param low lower edge of the band; empty without one
   * @param high upper edge of the band; empty without one
   */
  public record Series(String name, double[] x, double[] y, double[] low, double[] high) {
    public Series {
      boolean fits =
          y.length == x.length
              && low.length == high.length
              && (low.length == 0 || low.length == x.length);
      if (!fits) {
        throw new IllegalArgumentException(
            "a line has as many y as x, and a band as many edges: " + name);
      }
    }

    /** A line without a band. */
    public static Series plain(String name, double[] x, double[] y) {
      return new Series(name, x, y, new double[0], new double[0]);
    }

    boolean banded() {
      return low.length > 0;
    }
  }

  /** A horizontal line that something is compared with. */
  public record Guide(double y, String words) {}

  public Lines {
    series = List.copyOf(series);
    guides = List.copyOf(guides);
  }

  @Override
  public double width() {
    return WIDTH;
  }

  @Override
  public double height() {
    return HEIGHT + (legendLines() - 1) * LEGEND_LINE;
  }

  /** Where a legend entry begins. */
  private record Place(double x, int line) {}

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    double x = 16;
    int line = 0;
    for (Series one : series) {
      double width = 58 + 7.1 * one.name().length();
      if (x > 16 && x + width > WIDTH) {
        x = 16;
        line++;
      }
      places.add(new Place(x, line));
      x += width;
    }
    return places;
  }

  private int legendLines() {
    List<Place> places = places();
    return places.isEmpty() ? 1 : places.getLast().line() + 1;
  }

  @Override
  public void draw(Canvas canvas, Palette palette) {
    canvas.text(16, 26, title, new Lettering(palette.text(), 16, true, Anchor.START, 0));
    canvas.text(16, 46, setting, Lettering.plain(palette.muted(), 12.5));
    double top = LEGEND + legendLines() * LEGEND_LINE;
    double bottom = height() - BOTTOM;
    List<double[]> xs = series.stream().map(Series::x).toList();
    List<double[]> ys = new ArrayList<>();
    for (Series one : series) {
      ys.add(one.y());
      ys.add(one.low());
      ys.add(one.high());
    }
    for (Guide guide : guides) {
      ys.add(new double[] {guide.y()});
    }
    Axis.Scale x = across.over(xs, LEFT + 12, WIDTH - RIGHT - 12);
    Axis.Scale y = up.over(ys, bottom - 4, top + 6);
    axes(canvas, palette, x, y, top, bottom);
    for (Guide guide : guides) {
      double at = y.at(guide.y());
      canvas.line(LEFT, at, WIDTH - RIGHT, at, new Pen(palette.muted(), 1.4, "3 4"));
      canvas.text(
          WIDTH - RIGHT - 4,
          at - 6,
          guide.words(),
          new Lettering(palette.muted(), 12, false, Anchor.END, 0));
    }
    for (int s = 0; s < series.size(); s++) {
      band(canvas, palette.of(s), series.get(s), x, y);
    }
    for (int s = 0; s < series.size(); s++) {
      curve(canvas, palette.of(s), s, x, y);
    }
    List<Place> places = places();
    for (int s = 0; s < series.size(); s++) {
      Place place = places.get(s);
      double at = LEGEND + 8 + place.line() * LEGEND_LINE;
      canvas.line(place.x(), at, place.x() + 30, at, new Pen(palette.of(s), 2, dash(s)));
      if (series.get(s).x().length <= MARKED) {
        canvas.mark(place.x() + 15, at, mark(s), palette.of(s));
      }
      canvas.text(
          place.x() + 37, at + 4.5, series.get(s).name(), Lettering.plain(palette.text(), 13));
    }
  }

  private void axes(
      Canvas canvas, Palette palette, Axis.Scale x, Axis.Scale y, double top, double bottom) {
    Lettering tick = new Lettering(palette.muted(), 13, false, Anchor.END, 0);
    for (double mark : y.marks()) {
      canvas.line(LEFT, y.at(mark), WIDTH - RIGHT, y.at(mark), Pen.solid(palette.grid(), 1));
      canvas.text(LEFT - 8, y.at(mark) + 4.5, label(mark, y.marks()), tick);
    }
    double free = Double.NEGATIVE_INFINITY;
    for (double mark : x.marks()) {
      double at = x.at(mark);
      canvas.line(at, bottom, at, bottom + 5, Pen.solid(palette.axis(), 1));
      String label = label(mark, x.marks());
      double half = 4.2 * label.length();
      if (at - half > free) {
        canvas.text(at, bottom + 19, label, tick.at(Anchor.MIDDLE));
        free = at + half + 4;
      }
    }
    canvas.line(
        new double[] {LEFT, LEFT, WIDTH - RIGHT},
        new double[] {top, bottom, bottom},
        Pen.solid(palette.axis(), 1));
    Lettering name = new Lettering(palette.text(), 13, false, Anchor.MIDDLE, 0);
    canvas.text((LEFT + WIDTH - RIGHT) / 2, bottom + 43, across.title(), name);
    canvas.text(
        22,
        (top + bottom) / 2,
        up.title(),
        new Lettering(palette.text(), 13, false, Anchor.MIDDLE, -90));
  }

  /**
   * An axis that reaches a million has powers of ten from a thousand on: its name needs the room.
   */
  private static String label(double mark, List<Double> marks) {
    boolean wide = marks.stream().anyMatch(m -> m >= 1e6) && mark >= 1e3;
    return wide ? Figures.power(mark, 4) : Figures.of(mark).replaceFirst("^1 × ", "");
  }

  private void band(Canvas canvas, String color, Series one, Axis.Scale x, Axis.Scale y) {
    if (!one.banded()) {
      return;
    }
    int first = 0;
    for (int i = 0; i <= one.x().length; i++) {
      boolean ends = i == one.x().length || !across.shows(one.x()[i]) || !up.shows(one.high()[i]);
      if (ends) {
        if (i - first > 1) {
          stretch(canvas, color, one, first, i, x, y);
        }
        first = i + 1;
      }
    }
  }

  private void stretch(
      Canvas canvas, String color, Series one, int from, int to, Axis.Scale x, Axis.Scale y) {
    int count = to - from;
    double[] px = new double[2 * count];
    double[] py = new double[2 * count];
    for (int i = 0; i < count; i++) {
      px[i] = x.at(one.x()[from + i]);
      px[2 * count - 1 - i] = px[i];
      py[i] = y.at(one.high()[from + i]);
      double low = one.low()[from + i];
      // Below a log axis's end, the band reaches the bottom.
      py[2 * count - 1 - i] = up.shows(low) ? y.at(low) : y.from();
    }
    canvas.area(px, py, color, 0.18);
  }

  private void curve(Canvas canvas, String color, int s, Axis.Scale x, Axis.Scale y) {
    Series one = series.get(s);
    double[] px = new double[one.x().length];
    double[] py = new double[px.length];
    for (int i = 0; i < px.length; i++) {
      px[i] = across.shows(one.x()[i]) ? x.at(one.x()[i]) : Double.NaN;
      py[i] = up.shows(one.y()[i]) ? y.at(one.y()[i]) : Double.NaN;
    }
    canvas.line(px, py, new Pen(color, 2, dash(s)));
    for (int i = 0; i < px.length && px.length <= MARKED; i++) {
      if (Double.isFinite(px[i]) && Double.isFinite(py[i])) {
        String tip =
            "%s: %s at %s".formatted(one.name(), Figures.of(one.y()[i], 5), Figures.of(one.x()[i]));
        canvas.mark(px[i], py[i], mark(s), color, tip);
      }
    }
  }

  /** Where colours begin anew, dashes and marks are not those of before. */
  private static String dash(int s) {
    return DASHES[(s + s / DASHES.length) % DASHES.length];
  }

  private static Mark mark(int s) {
    return MARKS.get((s + 2 * (s / MARKS.size())) % MARKS.size());
  }
}
