package dev.shallot.bench.report;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Curves in panels side by side, one legend for all, logarithmic axes.
 *
 * @param title of the picture
 * @param xLabel under each panel
 * @param yLabel left of the first
 * @param yFromZero whether the vertical axis is linear from zero instead
 * @param note in the legend beside a ring; empty where no point is ringed
 * @param panels left to right
 */
public record LineChart(
    String title,
    String xLabel,
    String yLabel,
    boolean yFromZero,
    String note,
    List<Panel> panels) {

  /**
   * Curves that share axes.
   *
   * @param title above the panel
   * @param curves in drawing order
   */
  public record Panel(String title, List<Curve> curves) {}

  /**
   * A curve.
   *
   * @param label in the legend
   * @param style how it is drawn
   * @param filled whether its marks are
   * @param points left to right
   */
  public record Curve(String label, Style style, boolean filled, List<Point> points) {}

  /**
   * A point.
   *
   * @param x to the right
   * @param y upwards
   * @param ringed whether it stands out
   */
  public record Point(double x, double y, boolean ringed) {}

  private static final double PANEL = 410;
  private static final double HEIGHT = 400;

  /** Room for the legend. */
  private static final double LEAST_WIDTH = 760;

  private static final double LEFT = 66;
  private static final double GAP = 58;
  private static final double TOP = 88;
  private static final double BOTTOM = 56;

  /** Draws the picture. */
  public void write(Path file) {
    double all = LEFT + panels.size() * PANEL + (panels.size() - 1) * GAP + 20;
    double width = Math.max(all, LEAST_WIDTH);
    Svg svg = new Svg(width, HEIGHT, title);
    legend(svg);
    for (int i = 0; i < panels.size(); i++) {
      double left = LEFT + i * (PANEL + GAP);
      draw(svg, panels.get(i), left, left + PANEL);
    }
    svg.upwards(20, (TOP + HEIGHT - BOTTOM) / 2, yLabel);
    svg.write(file);
  }

  private void legend(Svg svg) {
    double x = 16;
    double y = 50;
    Set<String> told = new LinkedHashSet<>();
    for (Panel panel : panels) {
      for (Curve curve : panel.curves()) {
        if (told.add(curve.label())) {
          svg.line(Svg.point('M', x, y) + "h30", curve.style());
          svg.mark(x + 15, y, curve.style(), curve.filled());
          svg.text(x + 37, y + 4.5, "start", Svg.INK, curve.label());
          x += 37 + Svg.width(curve.label()) + 16;
        }
      }
    }
    if (!note.isEmpty()) {
      svg.ring(x + 9, y);
      svg.text(x + 25, y + 4.5, "start", Svg.INK, note);
    }
  }

  private void draw(Svg svg, Panel panel, double left, double right) {
    double bottom = HEIGHT - BOTTOM;
    Set<Double> xs = new TreeSet<>();
    double least = Double.POSITIVE_INFINITY;
    double most = 0.0;
    for (Curve curve : panel.curves()) {
      for (Point point : curve.points()) {
        xs.add(point.x());
        least = Math.min(least, point.y());
        most = Math.max(most, point.y());
      }
    }
    if (xs.isEmpty()) {
      return;
    }
    TreeSet<Double> sorted = new TreeSet<>(xs);
    Scale x = Scale.logarithmic(sorted.first(), sorted.last(), left, right);
    Scale y =
        yFromZero ? Scale.fromZero(most, bottom, TOP) : Scale.logarithmic(least, most, bottom, TOP);
    svg.text((left + right) / 2, TOP - 10, "middle", Svg.INK, panel.title());
    for (double tick : y.ticks()) {
      svg.gridLine(left, y.at(tick), right, y.at(tick));
      svg.text(left - 8, y.at(tick) + 4.5, "end", Svg.FAINT, Scale.words(tick));
    }
    double free = Double.NEGATIVE_INFINITY;
    for (double tick : sorted) {
      svg.gridLine(x.at(tick), TOP, x.at(tick), bottom);
      String words = Scale.words(tick);
      // A label that would touch its left neighbour is left out.
      if (x.at(tick) - Svg.width(words) / 2 > free) {
        svg.text(x.at(tick), bottom + 19, "middle", Svg.FAINT, words);
        free = x.at(tick) + Svg.width(words) / 2 + 4;
      }
    }
    svg.frame(left, TOP, right, bottom);
    svg.text((left + right) / 2, HEIGHT - 14, "middle", Svg.INK, xLabel);
    for (Curve curve : panel.curves()) {
      StringBuilder path = new StringBuilder();
      for (Point point : curve.points()) {
        path.append(Svg.point(path.isEmpty() ? 'M' : 'L', x.at(point.x()), y.at(point.y())));
      }
      svg.line(path.toString(), curve.style());
      for (Point point : curve.points()) {
        svg.mark(x.at(point.x()), y.at(point.y()), curve.style(), curve.filled());
        if (point.ringed()) {
          svg.ring(x.at(point.x()), y.at(point.y()));
        }
      }
    }
  }
}
