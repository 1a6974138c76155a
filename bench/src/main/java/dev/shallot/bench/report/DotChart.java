package dev.shallot.bench.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

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
      height += HEADING + ROW * group.rows().size();
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
      svg.gridLine(x.at(tick), TOP, x.at(tick), bottom);
      svg.text(x.at(tick), bottom + 19, "middle", Svg.FAINT, Scale.words(tick));
    }
    svg.frame(LEFT, TOP, WIDTH - RIGHT, bottom);
    svg.text((LEFT + WIDTH - RIGHT) / 2, height - 12, "middle", Svg.INK, xLabel);
    limit.ifPresent(
        value ->
            svg.line(
                Svg.point('M', x.at(value), TOP) + Svg.point('L', x.at(value), bottom),
                Style.LIMIT));
    legend(svg);
    double y = TOP;
    for (Group group : groups) {
      y += HEADING;
      svg.bold(16, y - 8, group.title());
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

  private void legend(Svg svg) {
    double x = 16;
    double y = 50;
    Set<String> told = new LinkedHashSet<>();
    for (Group group : groups) {
      for (Row row : group.rows()) {
        for (Dot dot : row.dots()) {
          if (!dot.label().isEmpty() && told.add(dot.label())) {
            svg.mark(x + 6, y, dot.style(), dot.filled());
            svg.text(x + 18, y + 4.5, "start", Svg.INK, dot.label());
            x += 18 + Svg.width(dot.label()) + 14;
          }
        }
      }
    }
    if (limit.isPresent()) {
      svg.line(Svg.point('M', x, y) + "h26", Style.LIMIT);
      svg.text(x + 33, y + 4.5, "start", Svg.INK, limitLabel);
    }
  }
}
