package dev.shallot.errata;

import dev.shallot.bound.Corollary;
import dev.shallot.bound.MaskMoments;
import dev.shallot.mask.MaskSet;
import dev.shallot.plan.Aggregation;

/** Checks that go through masks. */
final class MaskChecks {
  private MaskChecks() {}

  /** E10: E[1/X | X >= 1] by going through all 2^p columns, beside both formulas. */
  static Shown reciprocal() {
    Shown.Builder out = new Shown.Builder();
    double[][] cases = {{2, .5}, {4, .5}, {10, .3}};
    for (double[] one : cases) {
      int p = (int) one[0];
      double xi = one[1];
      double truth = 0;
      double held = 0;
      for (int code = 1; code < 1 << p; code++) {
        int x = Integer.bitCount(code);
        double weight = Math.pow(xi, x) * Math.pow(1 - xi, p - x);
        held += weight;
        truth += weight / x;
      }
      MaskMoments moments = new MaskMoments(p, xi);
      String at = "p = %d, xi = %s: ".formatted(p, xi);
      out.number(at + "E[1/X | X >= 1], over all 2^p masks", truth / held);
      out.number(at + "published, theta/(p xi)", moments.sizeBiasedReciprocal());
      out.number(at + "sum_j P(X = j)/j / theta", moments.reciprocal() / moments.coverage());
      out.require(truth / held > 1.05 * moments.sizeBiasedReciprocal());
      out.require(Math.abs(truth - moments.reciprocal()) < 1e-12);
    }
    return out.line("the published value is E[1/X | a given subnet holds the neuron]").build();
  }

  /** E11: Var(nu | X_r >= 1) over all masks of two neurons. */
  static Shown variance() {
    Shown.Builder out = new Shown.Builder();
    double[][] cases = {{2, .5}, {5, .1}};
    for (double[] one : cases) {
      int p = (int) one[0];
      double xi = one[1];
      double held = 0;
      double mean = 0;
      double square = 0;
      for (int code = 0; code < 1 << (2 * p); code++) {
        int first = code & ((1 << p) - 1);
        int x = Integer.bitCount(first);
        if (x > 0) {
          int ones = Integer.bitCount(code);
          double weight = Math.pow(xi, ones) * Math.pow(1 - xi, 2 * p - ones);
          double nu = (double) Integer.bitCount(first & (code >>> p)) / x;
          held += weight;
          mean += weight * nu;
          square += weight * nu * nu;
        }
      }
      double truth = square / held - (mean / held) * (mean / held);
      double published = new MaskMoments(p, xi).publishedNuVariance();
      String at = "p = %d, xi = %s: ".formatted(p, xi);
      out.number(at + "Var(nu | X_r >= 1), over all masks", truth);
      out.number(at + "published, (theta - xi^2)/p", published);
      out.number(at + "xi (1-xi) e/theta", new MaskMoments(p, xi).nuVariance());
      out.require(Math.abs(truth - published) > 1e-4);
      out.require(Math.abs(truth - new MaskMoments(p, xi).nuVariance()) < 1e-12);
      out.require(p != 5 || truth > published);
    }
    return out.line("so it is no upper bound either: at p = 5, xi = 0.1 the truth is larger")
        .build();
  }

  /** E12: (1 - xi)^2 <= theta - xi^2. */
  static Shown ownNeuron() {
    Shown.Builder out = new Shown.Builder();
    double xi = 0.3;
    double left = (1 - xi) * (1 - xi);
    double right = new MaskMoments(1, xi).coverage() - xi * xi;
    out.number("p = 1, xi = 0.3: (1-xi)^2, the neuron's own part", left);
    out.number("p = 1, xi = 0.3: theta - xi^2, what the proof puts there", right);
    return out.require(left > right).build();
  }

  /** E16: the bias of the mean step for growing p, and the spread, over all masks. */
  static Shown bias() {
    Shown.Builder out = new Shown.Builder();
    double before = 0;
    double spreadBefore = Double.POSITIVE_INFINITY;
    for (int p = 1; p <= 4; p++) {
      double[] mean = new double[6];
      double[] spread = new double[2];
      double[] u = MicroNetwork.u(MicroNetwork.W);
      MicroNetwork.everyMask(
          p,
          (masks, weight) -> {
            double[] after = MicroNetwork.step(masks, 0.5, Aggregation.COVERAGE_MEAN);
            for (int j = 0; j < 6; j++) {
              mean[j] += weight * (MicroNetwork.W[j] - after[j]) / 0.5;
            }
            if (masks.coverage(0) > 0) {
              spread[0] += weight;
              spread[1] += weight * mixing(masks, u);
            }
          });
      double theta = new MaskMoments(p, MicroNetwork.XI).coverage();
      double square = 0;
      for (int r = 0; r < 3; r++) {
        for (int k = 0; k < 2; k++) {
          double off = mean[2 * r + k] - theta / MicroNetwork.XI * gradient(r, k, u);
          square += off * off;
        }
      }
      double bias = Math.sqrt(square);
      double conditional = spread[1] / spread[0];
      out.number("p = %d: size of the bias of the mean step".formatted(p), bias);
      out.number("p = %d: E||phi_1 - u||^2 given that neuron 1 is held".formatted(p), conditional);
      out.require(bias > before && conditional < spreadBefore);
      before = bias;
      spreadBefore = conditional;
    }
    return out.line("the bias, theta (1-xi)/m sum_i x_i relu, grows with theta; the variance falls")
        .build();
  }

  /** Entry of the full gradient of 1/2 ||y - u||^2. */
  private static double gradient(int r, int k, double[] u) {
    double sum = 0;
    for (int i = 0; i < 2; i++) {
      double active = MicroNetwork.z(MicroNetwork.W, r, i) >= 0 ? 1 : 0;
      sum +=
          MicroNetwork.XI
              / Math.sqrt(3)
              * MicroNetwork.A[r]
              * (u[i] - MicroNetwork.DATA.y()[i])
              * MicroNetwork.DATA.x()[2 * i + k]
              * active;
    }
    return sum;
  }

  /** ||phi_1 - u||^2 with phi_1 the mean output of the subnets that hold neuron 1. */
  private static double mixing(MaskSet masks, double[] u) {
    double square = 0;
    for (int i = 0; i < 2; i++) {
      double phi = 0;
      for (int l = 0; l < masks.subnets(); l++) {
        for (int r = 0; r < 3 && masks.holds(l, 0); r++) {
          phi +=
              masks.holds(l, r)
                  ? MicroNetwork.A[r]
                      / Math.sqrt(3)
                      * Math.max(0, MicroNetwork.z(MicroNetwork.W, r, i))
                      / masks.coverage(0)
                  : 0.0;
        }
      }
      square += (phi - u[i]) * (phi - u[i]);
    }
    return square;
  }

  /** E17: one step by Algorithm 1 and by multi-sample dropout, mean over all masks. */
  static Shown multiSample() {
    Shown.Builder out = new Shown.Builder();
    double[] algorithm = new double[6];
    double[] inoue = new double[6];
    MicroNetwork.everyMask(
        2,
        (masks, weight) -> {
          double[] one = MicroNetwork.step(masks, 0.5, Aggregation.COVERAGE_MEAN);
          double[] other = MicroNetwork.step(masks, 0.5, Aggregation.SUBNET_MEAN);
          for (int j = 0; j < 6; j++) {
            algorithm[j] += weight * (one[j] - MicroNetwork.W[j]);
            inoue[j] += weight * (other[j] - MicroNetwork.W[j]);
          }
        });
    double theta = new MaskMoments(2, MicroNetwork.XI).coverage();
    out.number("mean move of w_11 by Algorithm 1 (divide by X_r)", algorithm[0]);
    out.number("mean move of w_11 by multi-sample dropout (divide by p)", inoue[0]);
    out.number("their ratio", inoue[0] / algorithm[0]);
    out.number("xi/theta", MicroNetwork.XI / theta);
    return out.require(Math.abs(inoue[0] / algorithm[0] - MicroNetwork.XI / theta) < 1e-12).build();
  }

  /** E18. */
  static Shown dropoutOrder() {
    Shown.Builder out = new Shown.Builder();
    for (double xi : new double[] {.5, .1, .01}) {
      double theorem = Corollary.varianceTerm(1, xi);
      out.number("xi = %s: (theta - xi^2)/p of Theorem 3 at p = 1".formatted(xi), theorem);
      out.number("xi = %s: 1 - xi of the corollary".formatted(xi), 1 - xi);
      out.require(theorem <= 1 - xi);
    }
    return out.line("the corollary holds and is loose by the factor xi").build();
  }

  /** E19. */
  static Shown onePartner() {
    Shown.Builder out = new Shown.Builder();
    for (double xi : new double[] {.2, .5, .8}) {
      double one = Corollary.varianceTerm(1, xi);
      double two = Corollary.varianceTerm(2, xi);
      out.number("xi = %s, p = 1: (theta - xi^2)/p".formatted(xi), one);
      out.number("xi = %s, p = 2".formatted(xi), two);
      out.number("xi = %s, p = 3".formatted(xi), Corollary.varianceTerm(3, xi));
      out.require(Math.abs(one - two) < 1e-15 && Corollary.varianceTerm(3, xi) < two);
    }
    return out.build();
  }
}
