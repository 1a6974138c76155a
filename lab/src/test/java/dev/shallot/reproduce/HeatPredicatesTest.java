package dev.shallot.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeatPredicatesTest {
  private static final List<String> P = List.of("1", "2", "10");
  private static final List<String> XI = List.of("0.2", "0.6", "1.0");

  @Test
  void aTrendHoldsWhereItHoldsEverywhere() {
    var falls = Made.predicate("spearman", -0.8);
    Grid grid = Made.grid(P, XI, 3, 5, 1, 2, 4, 1, 1, 2, 1);
    Made.holds(
        HeatPredicates.trend(
            falls, grid.without(List.of(), List.of("1.0")), HeatPredicates.Along.ROWS, "xi"));
    Verdict along = HeatPredicates.trend(falls, grid, HeatPredicates.Along.COLUMNS, "p");
    Made.fails(along);
    assertTrue(along.found().startsWith("holds at 0 of 3"), along.found());
    Made.holds(
        HeatPredicates.trend(
            Made.predicate("spearman", 0.8),
            Made.grid(P, XI, 1, 2, 3, 2, 3, 4, 0, 5, 6),
            HeatPredicates.Along.COLUMNS,
            "p"));
  }

  @Test
  void twoValuesMakeNoTrend() {
    Made.unknown(
        HeatPredicates.trend(
            Made.predicate("spearman", -0.8),
            Made.grid(List.of("1", "2"), XI, 3, 3, 3, 2, 2, 2),
            HeatPredicates.Along.ROWS,
            "xi"));
  }

  @Test
  void aCellWithoutANumberBreaksATrend() {
    Made.fails(
        HeatPredicates.trend(
            Made.predicate("spearman", -0.8),
            Made.grid(P, List.of("0.2"), 3, Double.NaN, 1),
            HeatPredicates.Along.ROWS,
            "xi"));
  }

  @Test
  void theLeastColumnMayBeAboveTheMinimumByTheSlack() {
    var predicate = Made.predicate("slack", 0.05);
    Made.holds(
        HeatPredicates.least(predicate, Made.grid(P, XI, 3, 5, 1, 2, 4, 1, 1, 2, 1.04), "1.0"));
    Made.fails(
        HeatPredicates.least(predicate, Made.grid(P, XI, 3, 5, 1, 2, 4, 1, 1, 2, 1.06), "1.0"));
    Made.unknown(
        HeatPredicates.least(predicate, Made.grid(P, XI, 3, 5, 1, 2, 4, 1, 1, 2, 1), "0.9"));
  }

  @Test
  void pinnedValuesAreWithinTheSlack() {
    var predicate = Made.predicate("slack", 0.01);
    Made.holds(HeatPredicates.pinned(predicate, new double[] {2, 2.01}, 2, "x"));
    Made.fails(HeatPredicates.pinned(predicate, new double[] {2, 2.1}, 2, "x"));
    Made.unknown(HeatPredicates.pinned(predicate, new double[0], 2, "x"));
  }

  @Test
  void aGridHoldsMeansOverSeeds() {
    Results results =
        new Results(
            List.of(
                Made.point(Made.at("p", "1", "xi", "0.5", "seed", "0"), "e", 1),
                Made.point(Made.at("p", "1", "xi", "0.5", "seed", "1"), "e", 3),
                Made.point(Made.at("p", "2", "xi", "0.5", "seed", "0"), "e", 7)));
    Grid grid = Grid.of(results, "p", "xi", point -> point.number("e"));
    assertEquals(List.of("1", "2"), grid.rows());
    assertEquals(2.0, grid.row(0)[0]);
    assertEquals(7.0, grid.column(0)[1]);
    assertEquals("p,xi,e\n1,0.5,2.0\n2,0.5,7.0\n", grid.csv("p", "xi", "e"));
  }
}
