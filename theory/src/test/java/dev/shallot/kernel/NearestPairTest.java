package dev.shallot.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.engine.Team;
import dev.shallot.engine.WorkerPool;
import org.junit.jupiter.api.Test;

class NearestPairTest {
  private static NearestPair of(double... points) {
    return NearestPair.of(new Samples(points, points.length / 2, 2), Team.ALONE).orElseThrow();
  }

  @Test
  void theNearestPairIsFoundAmongAll() {
    assertEquals(new NearestPair(1, 2, 0.8, Math.acos(0.8)), of(1, 0, 0, 1, 0.6, 0.8));
    double[] x = Problem.gaussian(300 * 4, 7, 0);
    for (int k = 0; k < 4; k++) {
      x[271 * 4 + k] = -3 * x[140 * 4 + k] + (k == 0 ? 1e-3 : 0);
    }
    Samples samples = new Samples(x, 300, 4);
    NearestPair pair = NearestPair.of(samples, Team.ALONE).orElseThrow();
    assertEquals(140, pair.first());
    assertEquals(271, pair.second());
    assertTrue(pair.cosine() < -0.9999 && pair.angle() < 1e-3, pair.toString());
    try (WorkerPool pool = new WorkerPool(3)) {
      assertEquals(pair, NearestPair.of(samples, pool).orElseThrow());
    }
  }

  @Test
  void anAngleThatTheCosineDoesNotShow() {
    NearestPair pair = of(1, 0, Math.cos(1e-10), Math.sin(1e-10), 0, 1);
    assertEquals(1.0, pair.cosine(), 0.0);
    assertEquals(1e-10, pair.angle(), 1e-16);
  }

  @Test
  void rowsOfZerosDoNotCount() {
    assertEquals(2, of(1, 0, 0, 0, 0, 1).second());
    assertTrue(NearestPair.of(new Samples(new double[] {1, 0, 0, 0}, 2, 2), Team.ALONE).isEmpty());
    assertTrue(NearestPair.of(new Samples(new double[] {1}, 1, 1), Team.ALONE).isEmpty());
  }
}
