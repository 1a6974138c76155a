package dev.shallot.bench.training;

import dev.shallot.bench.report.Results;
import dev.shallot.bench.report.RooflineChart;
import java.util.ArrayList;
import java.util.List;

/** Where local steps stand under the roofline, one thread. */
public final class Intensity {
  /** A held weight is read once and written once a step. */
  private static final double BYTES_A_WEIGHT = 8.0;

  private Intensity() {}

  /**
   * Points of the grid. All are given the flops of weight space, whatever they really do: sample
   * space needs fewer, a masked product more.
   */
  public static List<RooflineChart.Point> points(Results results) {
    GridTable grid = new GridTable(results);
    List<RooflineChart.Point> points = new ArrayList<>();
    for (String shape : grid.shapes(Load.ROUND)) {
      Case sizes = GridSection.SHAPES.getOrDefault(shape, Case.A);
      if (sizes.data() == DataSet.CORRELATED) {
        continue;
      }
      double weights = sizes.keep() * sizes.width() * sizes.features();
      for (Who who : List.of(Who.DENSE, Who.GRAM, Who.DJL_GATHERED, Who.DJL_MASKED)) {
        grid.millis(shape, Load.ROUND, who, 1)
            .ifPresent(
                millis ->
                    points.add(
                        new RooflineChart.Point(
                            who.label + ", " + shape,
                            sizes.denseFlops() / (BYTES_A_WEIGHT * weights),
                            sizes.denseFlops() / millis * 1e-6,
                            GridPage.style(who))));
      }
    }
    return points;
  }
}
