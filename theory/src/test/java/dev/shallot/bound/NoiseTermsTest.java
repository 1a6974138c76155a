package dev.shallot.bound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.mask.MaskLaw;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Theorem 3's explicit numbers: the goldens of theory.md 3.1, computed in NumPy there. */
class NoiseTermsTest {
  private static final double PRINTED = 5e-10;

  private static Setting case1(int p, int tau) {
    return Settings.of(
        4, 3, 1000, new MaskLaw.Bernoulli(p, .5), tau, 100, .5, .1, .1 / (48 * 4 * tau * 4));
  }

  private static void close(double expected, double actual) {
    assertEquals(expected, actual, PRINTED * Math.max(1e-3, Math.abs(expected)));
  }

  private static double[] terms(NoiseTerms terms) {
    return terms.toMap().values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void close(double[] expected, double[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      close(expected[i], actual[i]);
    }
  }

  @Test
  void caseA() {
    Setting s = case1(2, 2);
    assertEquals(6.510416666666667e-05, s.stepSize(), 1e-19);
    close(0.75, s.theta());
    close(0.5625, NoiseTerms.c1(s.noise(.1)));
    close(
        new double[] {307.2, 0.3541666667, 0.01041666667, 0.01171875, 0.0009765625, 0.001171875},
        terms(s.printedTerms()));
    close(307.5784505, s.printedTerms().sum());
    close(
        new double[] {
          38.4, 0.08854166667, 0.006944444444, 0.01041666667, 0.0008680555556, 0.000390625
        },
        terms(s.carefulTerms()));
    close(38.50716146, s.carefulTerms().sum());
    close(2.44140625e-06, s.alpha());
    assertEquals(6.510416667e-05, s.radius().estimate(), 1e-14);
    close(11224.97249, s.driftConstant(s.printedTerms().sum()));
  }

  @Test
  void caseB() {
    Setting s = case1(1, 1);
    assertEquals(1.3020833333333333e-04, s.stepSize(), 1e-19);
    close(0.5, s.theta());
    close(0.5, NoiseTerms.c1(s.noise(.1)));
    close(new double[] {307.2, 0.3541666667, 0.04166666667, 0, 0, 0}, terms(s.printedTerms()));
    close(307.5958333, s.printedTerms().sum());
    close(new double[] {38.4, 0.08854166667, 0.04166666667, 0, 0, 0}, terms(s.carefulTerms()));
    close(38.53020833, s.carefulTerms().sum());
    close(1.627604167e-06, s.alpha());
    close(13747.74991, s.driftConstant(s.printedTerms().sum()));
  }

  /** Communities & Crime: vacuous by eight orders, and the rest of the right size. */
  @Test
  void theRealityCheck() {
    double lambda = .01175;
    Setting s =
        Settings.of(
            100,
            99,
            4000,
            new MaskLaw.Bernoulli(10, .5),
            10,
            200,
            .1,
            lambda,
            lambda / (48 * 100 * 10 * 100));
    assertEquals(2.4479e-9, s.stepSize(), 5e-14);
    assertArrayEquals(
        new double[] {2.868e9, .1061, 1.248e-4, .06737, 5.614e-3, 1.759e-5},
        terms(s.printedTerms()),
        5e5);
    double[] rest = terms(s.printedTerms());
    double[] golden = {2.868e9, .1061, 1.248e-4, .06737, 5.614e-3, 1.759e-5};
    for (int i = 0; i < 6; i++) {
      assertEquals(1.0, rest[i] / golden[i], 5e-4, "T" + (i + 1));
    }
    assertEquals(1.434e7, s.carefulTerms().t1(), 5e3);
    assertEquals(0.179, s.printedTerms().remainder(), 5e-4);
    assertEquals(1.7, Theorem3.widthOrder(s, lambda) / 1e25, 0.05);
    Judgement judgement = new Theorem3().judge(s, Optional.empty());
    assertTrue(judgement.report("T3-BOUND").vacuous());
    Assumption width = judgement.assumption("WIDTH");
    assertEquals(Verdict.UNKNOWN, width.verdict(), "an order decides nothing");
    assertEquals(Standing.ORDER, width.standing());
    assertEquals(21.6, width.ordersOff().orElseThrow(), 0.1);
    assertEquals(Verdict.HOLDS, judgement.assumption("STEP").verdict());
  }

  @Test
  void noMasksNoFloor() {
    Setting s = Settings.of(4, 3, 1000, new MaskLaw.Full(2), 1, 100, .5, .1, 1e-4);
    assertEquals(0.0, s.printedTerms().sum());
    assertEquals(0.0, s.carefulTerms().sum());
    assertTrue(new Theorem3().judge(s, Optional.empty()).relevant());
  }
}
