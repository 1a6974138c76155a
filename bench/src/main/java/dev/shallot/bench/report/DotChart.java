package dev.shallot.bench.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Rows of dots on one axis, in groups under one another: what bars would show, but on a logarithmic
 * axis too.
 *
 * @param title of the picture
 * @param xLabel under the axis
 * @param logarithmic or else linear from zero
 * @param limit a number that a line marks
 * @param limitLabel what it is
 * @param groups from above
 */
public record DotChart(
    String title,
    String xLabel,
    boolean logarithmic,
    OptionalDouble limit,
    String limitLabel,
    List<Group> groups) {

  /**
   * Rows under a heading.
   *
   * @param title the heading
   * @param rows from above
   */
  public record Group(String title, List<Row> rows) {}

  /**
   * A row.
   *
   * @param label left of it
   * @param dots on it
   */
  public record Row(String label, List<Dot> dots) {}

  /**
   * A dot.
   *
   * @param value where
   * @param label in the legend
   * @param style how it is drawn
   * @param filled whether it is
   */
  public record Dot(double value, String label, Style style, boolean filled) {}

  private static final double WIDTH = 960;
  private static final double LEFT = 250;
  private static final double RIGHT = 30;
  private static final double TOP = 76;
  private static final double ROW = 24;
  private static final double HEADING = 32;

  /** Draws the picture. */
  public void write(Path file) {
    List<Double> values = new ArrayList<>();
    double height = TOP + 52;
    for (Group group : groups) {
      height += heading(group) + ROW * group.rows().size();
      for (Row row : group.rows()) {
        row.dots().forEach(dot -> values.add(dot.value()));
      }
    }
    limit.ifPresent(values::add);
    double least = values.stream().mapToDouble(v -> v).min().orElse(1.0);
    double most = values.stream().mapToDouble(v -> v).max().orElse(1.0);
    Scale x =
        logarithmic
            ? Scale.logarithmic(least, most, LEFT, WIDTH - RIGHT)
            : Scale.fromZero(most, LEFT, WIDTH - RIGHT);
    Svg svg = new Svg(WIDTH, height, title);
    double bottom = height - 52;
    for (double tick : x.ticks()) {
      svg.text(x.at(tick), bottom + 19, "middle", Svg.FAINT, Scale.words(tick));
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2, height - 12, "middle", Svg.INK, xLabel);
    legend(svg);
    double y = TOP;
    for (Group group : groups) {
      y += heading(group);
      svg.bold(16, y - 8, group.title());
      double end = y + ROW * group.rows().size();
      for (double tick : x.ticks()) {
        svg.gridLine(x.at(tick), y, x.at(tick), end);
      }
      svg.frame(LEFT, y, WIDTH - RIGHT, end);
      if (limit.isPresent()) {
        double at = x.at(limit.getAsDouble());
        svg.line(Svg.point('M', at, y) + Svg.point('L', at, end), Style.LIMIT);
      }
      for (Row row : group.rows()) {
        double middle = y + ROW / 2;
        svg.text(LEFT - 12, middle + 4.5, "end", Svg.INK, row.label());
        svg.gridLine(LEFT, middle, WIDTH - RIGHT, middle);
        for (Dot dot : row.dots()) {
          svg.mark(x.at(dot.value()), middle, dot.style(), dot.filled());
        }
        y += ROW;
      }
    }
    svg.write(file);
  }

  private static double heading(Group group) {
    return group.title().isEmpty() ? 0 : HEADING;
  }

  /** A label that stands for dots of several styles gets a neutral one. */
  private void legend(Svg svg) {
    double x = 16;
    double y = 50;
    List<Dot> dots =
        groups.stream()
            .flatMap(group -> group.rows().stream())
            .flatMap(row -> row.dots().stream())
            .toList();
    Map<String, Dot> told = new LinkedHashMap<>();
    for (Dot dot : dots) {
      told.merge(
          dot.label(),
          dot,
          (a, b) ->
              a.style().equals(b.style()) ? a : new Dot(0, a.label(), Style.LIMIT, a.filled()));
    }
    for (Dot dot : told.values()) {
      svg.mark(x + 6, y, dot.style(), dot.filled());
      svg.text(x + 18, y + 4.5, "start", Svg.INK, dot.label());
      x += 18 + Svg.width(dot.label()) + 14;
    }
    if (limit.isPresent()) {
      svg.line(Svg.point('M', x, y) + "h26", Style.LIMIT);
      svg.text(x + 33, y + 4.5, "start", Svg.INK, limitLabel);
    }
  }
}
