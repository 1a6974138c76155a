package dev.shallot.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Thinned traces. */
class TraceTest {

  private static Trace trace(int points) {
    double[] numbers = DoubleStream.iterate(0.0, x -> x + 1.0).limit(points).toArray();
    double[] local = DoubleStream.iterate(0.0, x -> x + 0.5).limit(2L * points).toArray();
    return new Trace(LongStream.range(0, points).toArray(), numbers, numbers, local);
  }

  @Test
  void firstAndLastAreKeptAndAsManyAsAllowed() {
    for (int points = 2; points < 200; points += 7) {
      for (int most = 2; most < 60; most++) {
        Trace thin = trace(points).thinned(most);
        int kept = thin.rounds().length;
        assertTrue(kept <= most, points + " to " + most);
        assertTrue(points <= most ? kept == points : 2 * kept >= most, points + " to " + most);
        assertEquals(0, thin.rounds()[0]);
        assertEquals(points - 1, thin.rounds()[kept - 1]);
        for (int i = 0; i < kept; i++) {
          double round = (double) thin.rounds()[i];
          assertEquals(round, thin.errors()[i]);
          assertEquals(round, thin.sampled()[i]);
          assertEquals(round, thin.local()[2 * i]);
        }
        for (int i = 2; i < kept - 1; i++) {
          assertEquals(thin.rounds()[1], thin.rounds()[i] - thin.rounds()[i - 1]);
        }
      }
    }
  }

  @Test
  void allOrNothing() {
    Trace trace = trace(5);
    assertSame(trace, trace.thinned(Integer.MAX_VALUE));
    assertArrayEquals(new double[0], trace.thinned(0).errors());
  }
}
