package dev.shallot.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.mask.MaskLaw;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Goldens of theory.md 2.4, 3.2 and 3.3, computed in NumPy there. */
class StatementGoldensTest {

  @Test
  void theRightSideOfEquation5() {
    Setting s = Settings.of(4, 3, 1000, new MaskLaw.Bernoulli(2, .5), 2, 10, .5, .1, 1e-3);
    assertEquals(0.005213103701134451, Hypothesis1.moveBound(s, 1.5), 1e-17);
  }

  @Test
  void theorem4() {
    double factor = Theorem4.factor(1e-3, .05, 5, .5);
    assertEquals(0.9999375031249218, factor, 1e-16);
    double noise = Theorem4.noise(1e-3, 5, 4, .5, 4, 3, 1000, .05, .5);
    assertEquals(2.7648, noise, 1e-12);
    assertEquals(44239.011895243224, noise / (1 - factor), 1e-5);
    assertEquals(221184, Theorem4.closedFloor(5, 4, .5, 4, 3, 1000, .05, .5), 1e-6);
    Setting s = Settings.of(4, 3, 1000, new MaskLaw.Categorical(4), 5, 10, .5, .05, 1e-3);
    Judgement judgement = new Theorem4().judge(s, Optional.empty());
    assertEquals(44239.011895243224, judgement.number("geometric floor"), 1e-5);
    assertEquals(Label.ERR, judgement.report("T4-BOUND").label());
  }

  @Test
  void theorem4HasNoFloorWithoutPartners() {
    Setting s = Settings.of(4, 3, 1000, new MaskLaw.Categorical(1), 5, 10, .5, .05, 1e-3);
    Judgement judgement = new Theorem4().judge(s, Optional.empty());
    assertEquals(0.0, judgement.number("closed floor"));
    assertFalse(judgement.report("T4-BOUND").vacuous());
  }

  @Test
  void theVarianceTermOfTheCorollaries() { // E19
    double[] xis = {.2, .5, .8};
    double[][] goldens = {
      {1, .16, .25, .16},
      {2, .16, .25, .16},
      {3, .14933333, .20833333, .11733333},
      {4, .1376, .171875, .0896},
      {8, .09902848, .09326172, .04499968},
      {10, .08526258, .07490234, .03599999}
    };
    for (double[] g : goldens) {
      for (int j = 0; j < 3; j++) {
        assertEquals(g[j + 1], Corollary.varianceTerm((int) g[0], xis[j]), 6e-9);
      }
    }
    for (double xi : xis) {
      assertEquals(
          Corollary.varianceTerm(1, xi), Corollary.varianceTerm(2, xi), 1e-15, "p = 1 and 2");
      for (int p = 2; p < 20; p++) {
        assertTrue(Corollary.varianceTerm(p + 1, xi) < Corollary.varianceTerm(p, xi));
      }
    }
    assertEquals(0.0, Corollary.varianceTerm(7, 1.0));
  }

  @Test
  void theVarianceTermIsLargestInside() {
    double[][] goldens = {
      {1, .5},
      {2, .5},
      {3, .4514},
      {4, .4103},
      {5, .3769},
      {6, .3495},
      {8, .307},
      {10, .2754},
      {20, .1886}
    };
    for (double[] g : goldens) {
      double best = 0;
      for (int step = 1; step < 100_000; step++) {
        double xi = step * 1e-5;
        best =
            Corollary.varianceTerm((int) g[0], xi) > Corollary.varianceTerm((int) g[0], best + 1e-9)
                ? xi
                : best;
      }
      assertEquals(g[1], best, 6e-5, "p = " + g[0]);
    }
  }

  @Test
  void corollariesAreAboutTheirMethods() {
    Setting dropout = Settings.of(25, 3, 1000, new MaskLaw.Bernoulli(1, .5), 1, 10, .2, .1, 1e-9);
    Setting multi = Settings.of(25, 3, 1000, new MaskLaw.Bernoulli(3, .5), 1, 10, .2, .1, 1e-9);
    Setting ist = Settings.of(25, 3, 1000, new MaskLaw.Bernoulli(3, .5), 4, 10, .2, .1, 1e-9);
    Setting owners = Settings.of(25, 3, 1000, new MaskLaw.Categorical(3), 4, 10, .2, .1, 1e-9);
    assertEquals(List.of(true, true, true), relevant(dropout));
    assertEquals(List.of(false, true, true), relevant(multi));
    assertEquals(List.of(false, false, true), relevant(ist));
    assertEquals(List.of(false, false, false), relevant(owners));
    Judgement one = new Corollary(Corollary.Kind.DROPOUT).judge(dropout, Optional.empty());
    assertEquals(0.5, one.report("C1-ERROR").predicted());
    assertEquals(Verdict.NOT_APPLICABLE, one.report("C1-ERROR").holds(), "an order is no bound");
    assertEquals(Verdict.HOLDS, one.assumption("KAPPA").verdict());
    Judgement three = new Corollary(Corollary.Kind.MULTI_WORKER).judge(ist, Optional.empty());
    // (1-xi)^2/(nK) + (theta-xi^2)/p + (tau-1)^2 theta^2 (1-xi)/tau^2
    double golden = .25 / 250 + .20833333333333334 + 9 * .875 * .875 * .5 / 16;
    assertEquals(golden, three.report("C3-ERROR").predicted(), 1e-15);
  }

  private static List<Boolean> relevant(Setting s) {
    return java.util.Arrays.stream(Corollary.Kind.values())
        .map(kind -> new Corollary(kind).judge(s, Optional.empty()).relevant())
        .toList();
  }
}
