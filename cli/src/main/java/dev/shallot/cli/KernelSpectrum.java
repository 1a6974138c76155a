package dev.shallot.cli;

import dev.shallot.engine.Team;
import dev.shallot.report.Spectrum;
import dev.shallot.spectrum.EigenvalueInterval;
import dev.shallot.spectrum.Eigenvalues;
import dev.shallot.spectrum.ExtremeEigenvalues;
import dev.shallot.spectrum.Lanczos;
import dev.shallot.spectrum.RitzPair;
import dev.shallot.spectrum.SymmetricOperator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a kernel's eigenvalues.
 *
 * @param kind which kernel
 * @param known eigenvalues and their ranks: all of them, or the largest few and the smallest
 * @param lambdaMin the smallest: an estimate
 * @param proof an interval that holds the smallest for certain; without one lambdaMin is an upper
 *     bound
 * @param lambdaMax the largest
 * @param trace the sum of all
 * @param seconds what it took, from the kernel's making on
 */
record KernelSpectrum(
    KernelKind kind,
    Spectrum known,
    double lambdaMin,
    Optional<EigenvalueInterval> proof,
    double lambdaMax,
    double trace,
    double seconds) {
  /** Largest eigenvalues that are shown when not all are computed. */
  private static final int LARGEST = 12;

  private static final int MOST_PRODUCTS = 200;

  /** From a matrix in memory. */
  static KernelSpectrum of(KernelKind kind, double[] matrix, int order, long start, Team team) {
    EigenvalueInterval smallest = ExtremeEigenvalues.smallest(matrix, order, team);
    double trace = 0.0;
    for (int i = 0; i < order; i++) {
      trace += matrix[i * order + i];
    }
    Spectrum known;
    if (order <= KernelRoom.ALL_EIGENVALUES) {
      known = Spectrum.of(kind.word(), Eigenvalues.of(matrix, order));
    } else {
      List<RitzPair> largest = ExtremeEigenvalues.largest(matrix, order, LARGEST, team);
      known = ends(kind, order, largest, vanishes(smallest) ? 0.0 : smallest.estimate());
    }
    return new KernelSpectrum(
        kind,
        known,
        smallest.estimate(),
        Optional.of(smallest),
        known.values()[0],
        trace,
        (System.nanoTime() - start) * 1e-9);
  }

  /** From products alone, where the matrix is not in memory. */
  static KernelSpectrum of(
      KernelKind kind, SymmetricOperator product, int order, double trace, long start) {
    int count = Math.min(order, LARGEST);
    int steps = Math.min(order, MOST_PRODUCTS);
    List<RitzPair> largest = Lanczos.largest(product, order, count, steps);
    double smallest = Lanczos.smallest(product, order, 1, steps).getFirst().value();
    return new KernelSpectrum(
        kind,
        ends(kind, order, largest, smallest),
        smallest,
        Optional.empty(),
        largest.getFirst().value(),
        trace,
        (System.nanoTime() - start) * 1e-9);
  }

  private static Spectrum ends(
      KernelKind kind, int order, List<RitzPair> largest, double smallest) {
    int count = Math.min(largest.size(), order - 1);
    int[] ranks = new int[count + 1];
    double[] values = new double[count + 1];
    for (int k = 0; k < count; k++) {
      ranks[k] = k + 1;
      values[k] = largest.get(k).value();
    }
    ranks[count] = order;
    values[count] = smallest;
    return new Spectrum(kind.word(), order, ranks, values);
  }

  /** lambda_max / lambda_min; empty where lambda_min may be 0. */
  Optional<Double> condition() {
    return proof.isPresent() && proof.get().low() > 0
        ? Optional.of(lambdaMax / lambdaMin)
        : Optional.empty();
  }

  /** How far from the estimate the proven interval reaches. */
  private Optional<Double> reach() {
    return proof.map(p -> Math.max(p.high() - p.estimate(), p.estimate() - p.low()));
  }

  /** Whether the proven interval holds 0, so that the estimate has no digit. */
  private boolean vanishes() {
    return proof.isPresent() && vanishes(proof.get());
  }

  private static boolean vanishes(EigenvalueInterval proof) {
    return proof.low() <= 0 && proof.high() >= 0;
  }

  /** The heading of {@link #line}. */
  static String heading() {
    return "           %-14s %-13s %-12s %-12s %s"
        .formatted("lambda_min", "proven within", "lambda_max", "condition", "trace");
  }

  /** One line for people. */
  String line() {
    return "%-10s %-14s %-13s %-12s %-12s %s"
        .formatted(
            kind.word(),
            (proof.isEmpty() ? "<= " : "") + shown(),
            reach().map(r -> String.format(Locale.ROOT, "%.1e", r)).orElse("not proven"),
            number(lambdaMax),
            condition().map(KernelSpectrum::number).orElse("unbounded"),
            number(trace));
  }

  /** lambda_min; 0 where its proof holds 0. */
  private String shown() {
    return vanishes() ? "0" : number(lambdaMin);
  }

  /** The line of the eigenvalues over xi, as the literature quotes the infinite kernel's. */
  String lineWithout(double xi) {
    return "           without xi, %s / %s has lambda_min %s and lambda_max %s"
        .formatted(
            kind.symbol(),
            View.number(xi),
            vanishes() ? "0" : number(lambdaMin / xi),
            number(lambdaMax / xi));
  }

  /** Six significant digits. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kernel", kind.word());
    map.put("symbol", kind.symbol());
    map.put("order", known.order());
    map.put("lambdaMin", lambdaMin);
    proof.ifPresent(
        p -> {
          map.put("lambdaMinAtLeast", p.low());
          map.put("lambdaMinAtMost", p.high());
        });
    map.put("lambdaMax", lambdaMax);
    condition().ifPresent(c -> map.put("condition", c));
    map.put("trace", trace);
    map.put("ranks", Arrays.stream(known.ranks()).boxed().toList());
    map.put("eigenvalues", Arrays.stream(known.values()).boxed().toList());
    map.put("seconds", seconds);
    return map;
  }
}
