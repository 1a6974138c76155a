package dev.shallot.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Goldens of theory.md 4.3, and every moment once more by going through all 2^(2p) masks. */
class MaskMomentsTest {
  private static final double PRINTED = 6e-11;

  @Test
  void theSizeBiasedReciprocal() { // L-7
    double[][] goldens = {
      {2, .5, .75}, {3, .4, .6533333333333333}, {5, .1, .81902}, {10, .3, .3239174917}
    };
    for (double[] g : goldens) {
      MaskMoments moments = new MaskMoments((int) g[0], g[1]);
      assertEquals(g[2], moments.sizeBiasedReciprocal(), PRINTED);
      double sum = 0.0;
      MaskMoments others = new MaskMoments(Math.max(1, (int) g[0] - 1), g[1]);
      for (int j = 0; j <= g[0] - 1; j++) {
        sum += others.probability(j) / (1 + j);
      }
      assertEquals(sum, moments.sizeBiasedReciprocal(), 1e-14);
    }
  }

  @Test
  void theReciprocalIsNotThePublishedOne() { // L-8, E10
    double[][] goldens = {
      {2, .5, .625, .5625},
      {3, .5, .6041666667, .5104166667},
      {4, .5, .5364583333, .439453125},
      {8, .5, .2941452753, .2480506897},
      {10, .3, .4049636361, .3147676243},
      {10, .5, .2288857112, .1996095657},
      {10, .8, .1287175048, .1249999744},
      {5, .1, .3673145, .3353968802},
      {2, .4, .56, .512},
      {3, .4, .5973333333, .5122133333}
    };
    for (double[] g : goldens) {
      MaskMoments moments = new MaskMoments((int) g[0], g[1]);
      assertEquals(g[2], moments.reciprocal(), PRINTED);
      assertEquals(g[3], moments.publishedReciprocal(), PRINTED);
      assertTrue(moments.reciprocal() > moments.publishedReciprocal(), "the published is smaller");
    }
    MaskMoments one = new MaskMoments(1, 0.3);
    assertEquals(one.reciprocal(), one.publishedReciprocal(), 1e-15, "right at p = 1");
    MaskMoments worst = new MaskMoments(100, 0.03);
    assertEquals(1.36, worst.reciprocal() / worst.publishedReciprocal(), 0.005);
  }

  @Test
  void theReciprocalLiesBetweenItsClosedBounds() { // L-8
    for (int p = 1; p < 60; p++) {
      for (int tenths = 1; tenths <= 10; tenths++) {
        MaskMoments m = new MaskMoments(p, tenths / 10.0);
        String where = "p = " + p + ", xi = " + tenths / 10.0;
        assertTrue(m.publishedReciprocal() <= m.reciprocal() * (1 + 1e-13), where);
        assertTrue(m.reciprocal() <= m.reciprocalAtMost() * (1 + 1e-12), where);
      }
    }
  }

  @Test
  void theReciprocalOfAtLeastOne() { // L-8
    assertEquals(.875, new MaskMoments(2, .5).reciprocalOfAtLeastOne(), 1e-15);
    assertEquals(.8133333333, new MaskMoments(3, .4).reciprocalOfAtLeastOne(), PRINTED);
    assertEquals(.4332111610, new MaskMoments(10, .3).reciprocalOfAtLeastOne(), PRINTED);
  }

  @Test
  void theVarianceOfNuIsNotThePublishedOne() { // L-10, E11
    double[][] goldens = {
      {2, .5, .2083333333, .25},
      {3, .5, .1726190476, .2083333333},
      {10, .3, .0875144296, .0881752475},
      {10, .5, .0572773627, .0749023438},
      {10, .8, .0205948029, .0359999898},
      {2, .4, .21, .24},
      {3, .4, .1828571429, .208},
      {5, .1, .0807264902, .0799020000}
    };
    for (double[] g : goldens) {
      MaskMoments moments = new MaskMoments((int) g[0], g[1]);
      assertEquals(g[2], moments.nuVariance(), PRINTED);
      assertEquals(g[3], moments.publishedNuVariance(), PRINTED);
    }
    MaskMoments one = new MaskMoments(1, 0.3);
    assertEquals(one.nuVariance(), one.publishedNuVariance(), 1e-15, "right at p = 1");
    MaskMoments small = new MaskMoments(5, .1);
    assertTrue(small.nuVariance() > small.publishedNuVariance(), "not even an upper bound");
    MaskMoments worst = new MaskMoments(100, 0.03);
    assertEquals(1.32, worst.nuVariance() / worst.publishedNuVariance(), 0.01);
  }

  /** L-8, L-9, L-10 through every mask of two neurons. */
  @Test
  void allMomentsAgreeWithEveryMaskOfTwoNeurons() {
    for (int p = 1; p <= 8; p++) {
      for (double xi : new double[] {0.1, 0.4, 0.8}) {
        double held = 0;
        double reciprocal = 0;
        double[] nu = new double[3];
        double own = 0;
        for (int code = 0; code < 1 << (2 * p); code++) {
          int first = code & ((1 << p) - 1);
          int second = code >>> p;
          int ones = Integer.bitCount(code);
          double weight = Math.pow(xi, ones) * Math.pow(1 - xi, 2 * p - ones);
          int x = Integer.bitCount(first);
          double eta = x == 0 ? 0.0 : 1.0 / x;
          double value = eta * Integer.bitCount(first & second);
          double self = eta * x;
          held += x > 0 ? weight : 0;
          reciprocal += weight * eta;
          nu[0] += x > 0 ? weight * value : 0;
          nu[1] += x > 0 ? weight * value * value : 0;
          nu[2] += x > 0 ? weight * self : 0;
          own += weight * (self - xi) * (self - xi);
        }
        MaskMoments m = new MaskMoments(p, xi);
        String where = "p = " + p + ", xi = " + xi;
        assertEquals(m.coverage(), held, 1e-12, where);
        assertEquals(m.reciprocal(), reciprocal, 1e-12, where);
        assertEquals(xi, nu[0] / held, 1e-12, "L-9, " + where);
        assertEquals(1.0, nu[2] / held, 1e-12, "L-9 for the neuron itself, " + where);
        double theta = m.coverage();
        assertEquals(theta - 2 * xi * theta + xi * xi, own, 1e-12, "Lemma 19, " + where);
        assertTrue(own <= theta - xi * xi + 1e-12, "Lemma 19, " + where);
        double mean = nu[0] / held;
        assertEquals(m.nuVariance(), nu[1] / held - mean * mean, 1e-12, "L-10, " + where);
      }
    }
  }
}
