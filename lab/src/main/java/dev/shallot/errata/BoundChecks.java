package dev.shallot.errata;

import dev.shallot.bound.NoiseTerms;
import dev.shallot.bound.Theorem4;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/** Checks of Theorem 3's constants and of Theorem 4's cross term. */
final class BoundChecks {
  private BoundChecks() {}

  /** E13: B1 as printed and with every factor carried along. */
  static Shown constants() {
    Shown.Builder out = new Shown.Builder();
    NoiseTerms.Inputs in =
        new NoiseTerms.Inputs(4, 3, 1000, 2, .5, 2, .5, .1, .1 / (48 * 4 * 2 * 4));
    NoiseTerms printed = NoiseTerms.printed(in);
    NoiseTerms careful = NoiseTerms.careful(in);
    out.line("n = 4, d = 3, m = 1000, p = 2, xi = 0.5, tau = 2, kappa = 0.5, lambda_0 = 0.1");
    printed.toMap().forEach((name, value) -> out.number(name + " as printed", value));
    careful.toMap().forEach((name, value) -> out.number(name + " with every factor", value));
    return out.line("the dependence on every symbol but xi and kappa is the same")
        .require(printed.sum() != careful.sum())
        .build();
  }

  /**
   * E15, on n = d = 1, x = 1, y = 0, kappa = 1, p = 2, tau = 1: the cross terms have no zero mean,
   * since trained weights depend on the signs a.
   */
  static Shown crossTerm() {
    Shown.Builder out = new Shown.Builder();
    double eta = 0.1;
    double gamma = 0.5;
    double lambda = 0.25;
    out.line("n = d = 1, x = 1, y = 0, kappa = 1, p = 2, tau = 1, eta = 0.1, gamma = 0.5");
    double[] iotas = new double[2];
    int[] widths = {1000, 10_000};
    for (int w = 0; w < 2; w++) {
      CrossTerm cross = CrossTerm.measure(widths[w], 1000, eta);
      // eta gamma lambda / (2p) sum_l E||y - uhat^l||^2, plus the part that falls with m.
      double first = eta * gamma * lambda / 4 * 2 * cross.localError();
      // 32 eta tau (p-1)^2 kappa^2 n^3 d / (gamma lambda m), see Theorem4.noise
      double second = Theorem4.noise(eta, 1, 2, 1, 1, 1, widths[w], lambda, gamma);
      String at = "m = %,d: ".formatted(widths[w]);
      out.number(at + "left side of Lemma 15, mean of 1000 draws", cross.mean());
      out.number(at + "its standard error", cross.standardError());
      out.number(at + "right side of Lemma 15", first + second);
      iotas[w] = cross.mean();
      out.require(w == 0 || cross.mean() - 4 * cross.standardError() > first + second);
    }
    out.require(iotas[1] > 0.5 * iotas[0]);
    return out.line("the left side does not fall with the width, as the right side does").build();
  }

  /** The left side of Lemma 15: (1/p^2) E[D_0^2 - D_tau^2], D the difference of two subnets. */
  record CrossTerm(double mean, double standardError, double localError) {

    static CrossTerm measure(int m, int draws, double eta) {
      double sum = 0;
      double squares = 0;
      double local = 0;
      for (int draw = 0; draw < draws; draw++) {
        CounterRandom random = new CounterRandom(15, RandomStream.PROBES, draw, m);
        double[] f = new double[2];
        double[] active = new double[2];
        double[] trained = new double[2];
        // w > 0 alone matters: negative neurons answer 0 and have no gradient.
        for (int pass = 0; pass < 2; pass++) {
          for (int r = 0; r < m; r++) {
            double w = random.gaussian(r);
            if (w < 0) {
              continue;
            }
            long word = random.word((long) m + 2 + r);
            double a = word < 0 ? -1 : 1;
            int owner = (int) (word & 1);
            if (pass == 0) {
              f[owner] += a * w / Math.sqrt(m);
              active[owner]++;
            } else {
              double moved = w - eta / Math.sqrt(m) * a * f[owner];
              trained[owner] += a * Math.max(0, moved) / Math.sqrt(m);
            }
          }
        }
        double before = f[0] - f[1];
        double after = trained[0] - trained[1];
        double iota = (before * before - after * after) / 4;
        sum += iota;
        squares += iota * iota;
        local += (f[0] * f[0] + f[1] * f[1]) / 2;
      }
      double mean = sum / draws;
      return new CrossTerm(
          mean, Math.sqrt((squares / draws - mean * mean) / (draws - 1)), local / draws);
    }
  }
}
