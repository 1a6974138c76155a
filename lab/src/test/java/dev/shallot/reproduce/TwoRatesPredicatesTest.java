package dev.shallot.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwoRatesPredicatesTest {
  private static final List<String> N = List.of("25", "50");
  private static final List<String> M = List.of("8", "16", "32");

  @Test
  void theThresholdWidthRisesWithTheSamples() {
    var predicate = Made.predicate("factor", 10);
    Grid rising = Made.grid(N, M, 0.6, 1, 1, 0, 0.5, 1);
    assertEquals(8, PhaseDiagram.threshold(rising, 0));
    assertEquals(16, PhaseDiagram.threshold(rising, 1));
    Made.holds(PhaseDiagram.rises(predicate, rising));
    Made.fails(PhaseDiagram.rises(predicate, Made.grid(N, M, 0.6, 1, 1, 0.6, 1, 1)));
    Made.fails(PhaseDiagram.rises(predicate, Made.grid(N, M, 0.6, 1, 1, 0, 0, 0)));
    Made.unknown(PhaseDiagram.rises(predicate, Made.grid(List.of("25"), M, 1, 1, 1)));
    Made.holds(PhaseDiagram.below(predicate, rising, new double[] {80, 200}));
    Made.fails(PhaseDiagram.below(predicate, rising, new double[] {79, 200}));
    Made.fails(PhaseDiagram.below(predicate, rising, new double[] {Double.NaN, 200}));
  }

  private static Point ran(String ratio, String width, double error) {
    return Made.point(Made.at("ratio", ratio, "width", width), "relativeError", error);
  }

  @Test
  void theOutputLayerAloneNeedsAsManyNeuronsAsSamples() {
    Results results =
        new Results(
            List.of(
                ran("1", "16", 1e-4),
                ran("1", "64", 1e-4),
                ran("inf", "16", 1),
                ran("inf", "64", 1e-4)));
    var needs = Made.predicate("samples", 50);
    Made.holds(RateRatio.outputAlone(needs, results, 1e-3));
    Made.fails(RateRatio.outputAlone(Made.predicate("samples", 100), results, 1e-3));
    Made.holds(RateRatio.hidden(needs, results, 1e-3));
    Results late =
        new Results(List.of(ran("1", "16", 1), ran("1", "64", 1e-4), ran("inf", "64", 1e-4)));
    Made.fails(RateRatio.hidden(needs, late, 1e-3));
  }

  private static Point moved(String width, double weights, double flips, double drift) {
    Map<String, double[]> measured = new LinkedHashMap<>();
    measured.put("relativeError", new double[] {1e-4});
    measured.put("weights", new double[] {weights});
    measured.put("flips", new double[] {flips});
    measured.put("drift", new double[] {drift});
    return new Point(Map.of("width", width), measured);
  }

  @Test
  void movementFallsWithTheWidth() {
    Results falling = new Results(List.of(moved("16", 0.5, 0.1, 1), moved("512", 0.1, 0.01, 0.05)));
    Made.holds(MovementFigure.falls(Made.predicate(), falling));
    Made.fails(
        MovementFigure.falls(
            Made.predicate(),
            new Results(List.of(moved("16", 0.5, 0.1, 1), moved("512", 0.1, 0.2, 0.05)))));
    Made.holds(MovementFigure.beyond(Made.predicate("drift", 0.4, "flips", 0.08), falling));
    Made.fails(MovementFigure.beyond(Made.predicate("drift", 0.4, "flips", 0.2), falling));
    Made.unknown(
        MovementFigure.beyond(Made.predicate("drift", 0.4, "flips", 0.2), new Results(List.of())));
    Made.holds(MovementFigure.lazy(Made.predicate("width", "512", "drift", 0.1), falling));
    Made.fails(MovementFigure.lazy(Made.predicate("width", "512", "drift", 0.01), falling));
    Made.unknown(MovementFigure.lazy(Made.predicate("width", "64", "drift", 0.1), falling));
  }

  @Test
  void widthsAtWhichFewSucceedAreLeftOut() {
    Point failed = Made.point(Map.of("width", "8"), "relativeError", 1);
    Results results =
        new Results(List.of(failed, failed, moved("8", 1, 1, 1), moved("16", 1, 1, 1)));
    assertEquals(List.of("16"), MovementFigure.successful(results, 1e-3).labels("width"));
  }

  private static Point timed(String law, String width, double... errors) {
    double[] rounds = new double[errors.length];
    for (int i = 0; i < rounds.length; i++) {
      rounds[i] = i;
    }
    Map<String, double[]> measured = new LinkedHashMap<>();
    measured.put("errors", errors);
    measured.put("rounds", rounds);
    measured.put("targetNorm", new double[] {1});
    measured.put("localSteps", new double[] {10});
    measured.put("relativeError", new double[] {errors[errors.length - 1]});
    return new Point(Made.at(Point.PART, law, "width", width, "seed", "0"), measured);
  }

  @Test
  void bottomLabelsTakeLongest() {
    List<Point> points = new ArrayList<>();
    points.add(timed("rademacher", "512", 1, 0.1, 0.0005));
    points.add(timed("bottom", "512", 1, 0.1, 0.1, 0.0005));
    points.add(timed("teacher", "512", 1, 0.0005));
    assertEquals(20, TwoRates.stepsTo(points.getFirst(), 1e-3));
    Results results = new Results(points);
    var wide = Made.predicate("width", 512);
    Made.holds(LabelsFigure.order(wide, results, 1e-3));
    Made.holds(LabelsFigure.converge(wide, results, 1e-3));
    points.add(timed("gauss", "512", 1, 1, 1, 1, 0.0005));
    Made.fails(LabelsFigure.order(wide, new Results(points), 1e-3));
    points.add(timed("gauss", "512", 1, 1));
    Verdict verdict = LabelsFigure.converge(wide, new Results(points), 1e-3);
    Made.fails(verdict);
    assertTrue(verdict.found().contains("gauss m = 512"), verdict.found());
    assertTrue(Double.isNaN(TwoRates.stepsTo(points.getLast(), 1e-3)));
  }

  @Test
  void aLateRateIsMeasuredOnTheSecondHalf() {
    // log error falls by 0.3 a round of 10 steps; the kernel says 2 * 0.5 * 0.02 = 0.02 a step.
    double[] errors = new double[20];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = Math.exp((i < 10 ? -1.0 : -0.3) * i);
    }
    Map<String, double[]> measured = new LinkedHashMap<>(timed("bottom", "32", errors).measured());
    measured.put("stepSize", new double[] {0.5});
    measured.put("lambdaMin", new double[] {0.02});
    assertEquals(1.5, LateRate.ratio(new Point(Map.of(), measured)), 1e-12);
    assertTrue(Double.isNaN(LateRate.ratio(timed("bottom", "32", 1, 0.5))));
    var predicate = Made.predicate("least", 0.9, "last", 2);
    Made.holds(LateRate.judge(predicate, M, new double[] {4, 2, 1.1}));
    Made.fails(LateRate.judge(predicate, M, new double[] {4, 5, 1.1}));
    Made.fails(LateRate.judge(predicate, M, new double[] {4, 2, 0.8}));
    Made.fails(LateRate.judge(predicate, M, new double[] {4, 3, 2.5}));
    Made.unknown(LateRate.judge(predicate, List.of("32"), new double[] {1}));
  }

  @Test
  void ratiosAreReadFromLabels() {
    assertEquals(1.0, TwoRates.ratio(""));
    assertEquals(0.01, TwoRates.ratio("0.01"));
    assertEquals(Double.POSITIVE_INFINITY, TwoRates.ratio("inf"));
  }
}
