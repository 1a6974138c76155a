package dev.shallot.bench.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a machine allows (slopes of bandwidth under a roof of arithmetic) and what programs reach.
 *
 * @param title of the picture
 * @param peak GFLOP/s of the roof
 * @param slopes bandwidths
 * @param points programs
 */
public record RooflineChart(String title, double peak, List<Slope> slopes, List<Point> points) {

  /**
   * A bandwidth.
   *
   * @param label where the memory is
   * @param gigabytes a second; slopes come from the steepest on
   */
  public record Slope(String label, double gigabytes) {}

  /**
   * A program.
   *
   * @param label what and where
   * @param flopsPerByte its arithmetic intensity
   * @param gigaflops what it reaches
   * @param style how it is drawn
   */
  public record Point(String label, double flopsPerByte, double gigaflops, Style style) {}

  private static final double WIDTH = 960;
  private static final double HEIGHT = 480;
  private static final double LEFT = 74;
  private static final double RIGHT = 250;
  private static final double TOP = 52;
  private static final double BOTTOM = 56;
  private static final double LEAST_INTENSITY = 0.1;

  /** Labels stand at least so far apart. */
  private static final double LINE = 16;

  /** Draws the picture. */
  public void write(Path file) {
    double bottom = HEIGHT - BOTTOM;
    double most = points.stream().mapToDouble(Point::gigaflops).max().orElse(peak);
    double widest = points.stream().mapToDouble(Point::flopsPerByte).max().orElse(1000);
    Scale x = Scale.logarithmic(LEAST_INTENSITY, Math.max(1000, widest), LEFT, WIDTH - RIGHT);
    Scale y = Scale.logarithmic(2.0, Math.max(most, 4 * peak), bottom, TOP);
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    for (double tick : y.ticks()) {
      svg.gridLine(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick));
      svg.text(LEFT - 8, y.at(tick) + 4.5, "end", Svg.FAINT, Scale.words(tick));
    }
    for (double tick : x.ticks()) {
      svg.gridLine(x.at(tick), TOP, x.at(tick), bottom);
      svg.text(x.at(tick), bottom + 19, "middle", Svg.FAINT, Scale.words(tick));
    }
    svg.frame(LEFT, TOP, WIDTH - RIGHT, bottom);
    svg.text(
        (LEFT + WIDTH - RIGHT) / 2,
        HEIGHT - 14,
        "middle",
        Svg.INK,
        "flops a byte of held weights (read once, written once)");
    svg.upwards(22, (TOP + bottom) / 2, "GFLOP/s of weight-space arithmetic");
    double highest = slopes.stream().mapToDouble(Slope::gigabytes).max().orElse(1);
    double corner = Math.max(peak / highest, x.low());
    svg.line(
        Svg.point('M', x.at(corner), y.at(peak)) + Svg.point('L', WIDTH - RIGHT, y.at(peak)),
        Style.LIMIT);
    for (Slope slope : slopes) {
      double from = Math.max(x.low(), y.low() / slope.gigabytes());
      double to = peak / slope.gigabytes();
      svg.line(
          Svg.point('M', x.at(from), y.at(from * slope.gigabytes()))
              + Svg.point('L', x.at(to), y.at(peak)),
          Style.LIMIT);
    }
    slopeLabels(svg);
    List<Point> fromAbove = new ArrayList<>(points);
    fromAbove.sort((a, b) -> Double.compare(b.gigaflops(), a.gigaflops()));
    double free = TOP;
    for (Point point : fromAbove) {
      double px = x.at(point.flopsPerByte());
      double py = y.at(point.gigaflops());
      double labelY = Math.max(py, free);
      free = labelY + LINE;
      svg.gridLine(px, py, WIDTH - RIGHT + 8, labelY);
      svg.mark(px, py, point.style(), true);
      svg.text(WIDTH - RIGHT + 12, labelY + 4.5, "start", Svg.INK, point.label());
    }
    svg.write(file);
  }

  /** In the corner where nothing else is: room is made for it above the roof. */
  private void slopeLabels(Svg svg) {
    double y = TOP + 18;
    svg.text(
        LEFT + 10,
        y,
        "start",
        Svg.FAINT,
        "roof: fused multiply-adds, %,.0f GFLOP/s".formatted(peak));
    y += LINE;
    svg.text(LEFT + 10, y, "start", Svg.FAINT, "slopes, from the left, GB/s:");
    for (Slope slope : slopes) {
      y += LINE;
      svg.text(
          LEFT + 10, y, "start", Svg.FAINT, "%s %,.0f".formatted(slope.label(), slope.gigabytes()));
    }
  }
}
