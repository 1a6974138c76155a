package dev.shallot.bound;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The error floor B1 = T1 + ... + T6 of Theorem 3 (Liao and Kyrillidis), as printed or with every
 * factor of the lemmas carried along. T1 is the bias of masks on a network of finite width; in
 * practice it exceeds the others by many orders, so their sum is told beside it.
 *
 * @param t1 (1-xi)^2 n^3 d / (m lambda_0^2), times its constants
 * @param t2 eta tau (theta - xi^2) n^3 kappa^2 / (p lambda_0)
 * @param t3 (theta - xi^2) n kappa^2 / (tau^2 p)
 * @param t4 (tau - 1)^2 p C1 / tau^2
 * @param t5 eta^2 (tau - 1)^2 n^4 p C1 / lambda_0^2
 * @param t6 eta (tau - 1) p n C1
 */
public record NoiseTerms(double t1, double t2, double t3, double t4, double t5, double t6) {

  /** The numbers that the terms are made of, by their symbols. */
  public record Inputs(
      double n,
      double d,
      double m,
      double p,
      double xi,
      double tau,
      double kappa,
      double lambda,
      double eta) {

    /** {@code 1 - (1 - xi)^p}. */
    public double theta() {
      return 1.0 - StrictMath.pow(1.0 - xi, p);
    }

    /** {@code theta - xi^2}; its exact 0 at xi = 1, where rounding could leave less. */
    double excess() {
      return Math.max(0.0, theta() - xi * xi);
    }
  }

  /** {@code C1 = 4 theta^2 (1 - xi) n kappa^2 / p}. */
  public static double c1(Inputs in) {
    return 4 * in.theta() * in.theta() * (1 - in.xi) * in.n * in.kappa * in.kappa / in.p;
  }

  /** A term that vanishes does so whatever it is divided by, lambda_0 = 0 included. */
  private static double over(double term, double by) {
    return term == 0.0 ? 0.0 : term / by;
  }

  /** As printed. */
  public static NoiseTerms printed(Inputs in) {
    double n3 = in.n * in.n * in.n;
    double k2 = in.kappa * in.kappa;
    double steps = in.tau - 1;
    double pc1 = in.p * c1(in);
    double out = 1 - in.xi;
    return new NoiseTerms(
        over(64 * out * out * n3 * in.d, in.m * in.lambda * in.lambda),
        over(68 * in.eta * in.tau * in.excess() * n3 * k2, in.p * in.lambda),
        in.excess() * in.n * k2 / (6 * in.tau * in.tau * in.p),
        steps * steps * pc1 / (24 * in.tau * in.tau),
        over(8 * in.eta * in.eta * steps * steps * n3 * in.n * pc1, in.lambda * in.lambda),
        4 * in.eta * steps * in.n * pc1);
  }

  /** With every factor carried along: ours, for the constants; the shape is the printed one. */
  public static NoiseTerms careful(Inputs in) {
    NoiseTerms p = printed(in);
    double xi2 = in.xi * in.xi;
    double theta = in.theta();
    return new NoiseTerms(
        2 * xi2 * in.kappa * in.kappa * p.t1,
        xi2 * p.t2,
        2 * xi2 / theta * p.t3,
        2 * xi2 / (theta * theta) * p.t4,
        2 * xi2 / (theta * theta) * p.t5,
        xi2 / theta * p.t6);
  }

  /** B1. */
  public double sum() {
    return t1 + remainder();
  }

  /** B1 without T1; no bound. */
  public double remainder() {
    return t2 + t3 + t4 + t5 + t6;
  }

  /** By name. */
  public Map<String, Double> toMap() {
    Map<String, Double> map = new LinkedHashMap<>();
    map.put("T1", t1);
    map.put("T2", t2);
    map.put("T3", t3);
    map.put("T4", t4);
    map.put("T5", t5);
    map.put("T6", t6);
    return map;
  }
}
