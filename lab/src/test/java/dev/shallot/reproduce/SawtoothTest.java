package dev.shallot.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SawtoothTest {
  /** Two rounds of one local step: G 5 -> S 9 -> L 4 -> A 3 -> S 6 -> L 2 -> A 1. */
  private static Point rounds(double l0, double a0) {
    Map<String, double[]> measured = new LinkedHashMap<>();
    measured.put("before", new double[] {5, a0});
    measured.put("mean", new double[] {9, l0, 6, 2});
    measured.put("after", new double[] {a0, 1});
    measured.put("expectedJump", new double[] {4, 3});
    measured.put("jumpGap", new double[] {1e-15, 0});
    measured.put("dropGap", new double[] {0, 1e-14});
    return new Point(Map.of("seed", "0"), measured);
  }

  private static Results of(Point... points) {
    return new Results(List.of(points));
  }

  @Test
  void localStepsMustNotRaiseTheError() {
    var predicate = Made.predicate("share", 0.99);
    Made.holds(Sawtooth.localDecrease(predicate, of(rounds(4, 3))));
    Made.fails(Sawtooth.localDecrease(predicate, of(rounds(9.5, 3))));
    Made.unknown(Sawtooth.localDecrease(predicate, of()));
  }

  @Test
  void ownedNeuronsMakeJumpAndDropExact() {
    var predicate = Made.predicate("relative", 1e-10);
    Made.holds(Sawtooth.exactDrop(predicate, of(rounds(4, 3))));
    Made.holds(Sawtooth.exactJump(predicate, of(rounds(4, 3))));
    Made.fails(Sawtooth.exactDrop(predicate, of(rounds(4, 4.5))));
    Made.fails(Sawtooth.exactJump(predicate, of(rounds(4, 7))));
    Made.fails(Sawtooth.exactDrop(Made.predicate("relative", 1e-16), of(rounds(4, 3))));
    Point unfinished =
        new Point(
            Map.of(),
            Map.of(
                "before", new double[] {5},
                "mean", new double[] {9, 4},
                "after", new double[] {3},
                "dropGap", new double[] {Double.NaN}));
    Made.fails(Sawtooth.exactDrop(predicate, of(unfinished)));
  }

  @Test
  void overlappingSubnetsDropInMostRounds() {
    Made.holds(Sawtooth.usualDrop(Made.predicate("share", 0.6), of(rounds(4, 3))));
    Made.fails(Sawtooth.usualDrop(Made.predicate("share", 0.6), of(rounds(4, 4.5))));
  }

  @Test
  void theMeanJumpIsComparedWithItsExpectation() {
    // Jumps 4 and 3, expected 4 and 3.
    Made.holds(Sawtooth.meanJump(Made.predicate("slack", 0.01), of(rounds(4, 3))));
    // Jumps 4 and 0: ratio 4/7.
    Made.fails(Sawtooth.meanJump(Made.predicate("slack", 0.2), of(rounds(4, 6))));
  }

  @Test
  void theFirstJumpNeedsSeedsAndTheirStandardError() {
    var predicate = Made.predicate("standardErrors", 3);
    Point low = Made.point(Map.of("seed", "1"), "mean", 7, 4);
    Point[] points = {with(low, 1), with(low, 2), with(low, 3)};
    // Jumps 6, 5, 4: mean 5, standard error 1/sqrt(3).
    Made.holds(Sawtooth.firstJump(predicate, of(points), 6.5));
    Made.fails(Sawtooth.firstJump(predicate, of(points), 7));
    Made.unknown(Sawtooth.firstJump(predicate, of(points[0], points[1]), 5));
  }

  private static Point with(Point point, double before) {
    Map<String, double[]> measured = new LinkedHashMap<>(point.measured());
    measured.put("before", new double[] {before});
    return new Point(point.at(), measured);
  }

  @Test
  void theErrorHalvesAndFallsFromTheStart() {
    double[] falling = new double[31];
    double[] rising = new double[31];
    for (int i = 0; i < 31; i++) {
      falling[i] = Math.pow(0.9, i);
      rising[i] = i < 6 ? 1 + i : 0.1;
    }
    var predicate = Made.predicate("ratio", 0.5);
    Made.holds(Sawtooth.trend(predicate, of(Made.point(Map.of(), "errors", falling))));
    Made.fails(Sawtooth.trend(predicate, of(Made.point(Map.of(), "errors", rising))));
    Made.unknown(Sawtooth.trend(predicate, of(Made.point(Map.of(), "errors", 2, 1))));
  }
}
