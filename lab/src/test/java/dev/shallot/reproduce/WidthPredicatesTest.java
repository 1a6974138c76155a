package dev.shallot.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WidthPredicatesTest {
  private static Point cell(String axis, String label, String width, String name, double value) {
    return Made.point(Made.at(axis, label, "width", width), name, value);
  }

  @Test
  void thePlateauFallsWithWidthAndKeepProbability() {
    Results falling =
        new Results(
            List.of(
                cell("setting", "ξ = 0.3", "250", "e", 4),
                cell("setting", "ξ = 0.3", "500", "e", 2),
                cell("setting", "ξ = 0.8", "250", "e", 3),
                cell("setting", "ξ = 0.8", "500", "e", 1)));
    Made.holds(PlateauFigure.fallsWithWidth(Made.predicate(), falling, p -> p.number("e")));
    Made.holds(PlateauFigure.fallsWithKeep(Made.predicate(), falling, p -> p.number("e")));
    Made.fails(PlateauFigure.fallsWithWidth(Made.predicate(), falling, p -> -p.number("e")));
    Made.fails(PlateauFigure.fallsWithKeep(Made.predicate(), falling, p -> -p.number("e")));
    Made.unknown(PlateauFigure.fallsWithWidth(Made.predicate(), new Results(List.of()), p -> 1));
  }

  @Test
  void linesOfLossEndInOrder() {
    Results named =
        new Results(
            List.of(
                Made.point(Made.at("width", "250"), "relativeError", 0.4),
                Made.point(Made.at("width", "500"), "relativeError", 0.2)));
    Made.holds(DynamicsFigure.order(Made.predicate(), named, "width"));
    Made.unknown(DynamicsFigure.order(Made.predicate(), named.where("width", "250"), "width"));
    Results rising =
        new Results(
            List.of(
                Made.point(Made.at("width", "250"), "relativeError", 0.2),
                Made.point(Made.at("width", "500"), "relativeError", 0.4)));
    Made.fails(DynamicsFigure.order(Made.predicate(), rising, "width"));
  }

  @Test
  void zeroingIsNoBetterUpToTheSlack() {
    List<Point> points = new ArrayList<>();
    points.add(Made.point(Made.at(Point.PART, "keep", "setting", "a"), "finalError", 1));
    points.add(Made.point(Made.at(Point.PART, "zero", "setting", "a"), "finalError", 0.97));
    Made.holds(DynamicsFigure.worse(Made.predicate("slack", 0.05), new Results(points), "setting"));
    Made.fails(DynamicsFigure.worse(Made.predicate("slack", 0.01), new Results(points), "setting"));
  }

  private static Results accuracies(double... test) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < test.length; i++) {
      points.add(
          new Point(
              Map.of("factor", Double.toString(0.5 + i)),
              Map.of("testAccuracy", new double[] {test[i]}, "trainAccuracy", new double[] {1})));
    }
    return new Results(points);
  }

  @Test
  void testAccuracyRisesWhileTrainingRowsAreFitted() {
    Made.holds(TeacherFigure.fits(Made.predicate("least", 0.999), accuracies(0.8)));
    Made.fails(TeacherFigure.fits(Made.predicate("least", 1.5), accuracies(0.8)));
    var rises = Made.predicate("spearman", 0.95);
    Made.holds(TeacherFigure.rises(rises, accuracies(0.8, 0.85, 0.9, 0.95)));
    Made.fails(TeacherFigure.rises(rises, accuracies(0.8, 0.9, 0.85, 0.95)));
    Made.unknown(TeacherFigure.rises(rises, accuracies(0.8, 0.9)));
  }

  private static Results leastWidths(double power, double last) {
    List<Point> points = new ArrayList<>();
    for (int n = 20; n <= 320; n *= 2) {
      double width = n == 320 && !Double.isNaN(last) ? last : Math.pow(n, power);
      points.add(
          Made.point(
              Made.at("line", "relu", "rows", Integer.toString(n)),
              LeastWidthFigure.LEAST,
              n == 320 && Double.isInfinite(last) ? Double.NaN : width));
    }
    return new Results(points);
  }

  @Test
  void theLeastWidthGrowsNoFasterThanAPower() {
    var predicate = Made.predicate("most", 1.7);
    assertEquals(
        1.5, LeastWidthFigure.slope(leastWidths(1.5, Double.NaN), LeastWidthFigure.LEAST), 1e-12);
    Made.holds(LeastWidthFigure.judge(predicate, leastWidths(1.5, Double.NaN)));
    Made.fails(LeastWidthFigure.judge(predicate, leastWidths(2, Double.NaN)));
    Made.unknown(LeastWidthFigure.judge(predicate, leastWidths(1.5, Double.POSITIVE_INFINITY)));
  }

  private static Point floor(String subnets, String width, double error) {
    Map<String, double[]> measured = new LinkedHashMap<>();
    measured.put("errors", new double[] {9, error});
    measured.put("targetNorm", new double[] {1});
    measured.put("heldOutRmse", new double[] {error});
    return new Point(Made.at("subnets", subnets, "width", width), measured);
  }

  @Test
  void independentSubnetsLeaveAFloorThatFallsWithTheWidth() {
    Results right =
        new Results(
            List.of(
                floor("1", "128", 1e-9), floor("1", "512", 1e-9),
                floor("2", "128", 0.3), floor("2", "512", 0.09),
                floor("4", "128", 0.9), floor("4", "512", 0.2)));
    Made.holds(WiderFigure.whole(Made.predicate("relative", 1e-6), right));
    Made.fails(WiderFigure.whole(Made.predicate("relative", 1e-10), right));
    Made.holds(WiderFigure.rises(Made.predicate(), right));
    Made.holds(WiderFigure.falls(Made.predicate("ratio", 0.34), right));
    Made.fails(WiderFigure.falls(Made.predicate("ratio", 0.2), right));
    Made.holds(WiderFigure.heldOut(Made.predicate("spearman", -0.8), right));
    Results wrong =
        new Results(
            List.of(floor("1", "128", 0.5), floor("2", "128", 0.3), floor("2", "256", 0.4)));
    Made.fails(WiderFigure.rises(Made.predicate(), wrong));
    Made.fails(WiderFigure.heldOut(Made.predicate("spearman", -0.8), wrong));
    Made.unknown(WiderFigure.falls(Made.predicate("ratio", 0.2), wrong));
    assertTrue(
        WiderFigure.heldOut(Made.predicate("spearman", -0.8), right).found().contains("p = 2"));
  }
}
