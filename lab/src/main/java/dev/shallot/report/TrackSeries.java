package dev.shallot.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Diagnostics along a run, before rounds; see {@code dev.shallot.track}. A value that was not
 * measured or is not finite is NaN.
 *
 * @param lambda0 lambda_min of the infinite kernel, NaN where there is none
 * @param radius R, NaN where there is none
 * @param round k of each entry
 * @param columns the numbers by name, and {@code subnetLow}, {@code subnetHigh} over the subnets
 * @param octaves energy of the residual, one column an octave of eigenvalues, largest first
 */
record TrackSeries(
    double lambda0,
    double radius,
    double[] round,
    Map<String, double[]> columns,
    List<double[]> octaves) {
  private static final List<String> NAMES =
      List.of(
          "drift",
          "lambdaMin",
          "flipShare",
          "farthest",
          "meanDistance",
          "movement",
          "outside",
          "pl");

  boolean any() {
    return round.length > 0;
  }

  /** Whether a quantity was measured at least once. */
  boolean has(String name) {
    double[] column = columns.getOrDefault(name, new double[0]);
    return java.util.Arrays.stream(column).anyMatch(Double::isFinite);
  }

  /** Puts lines together. */
  static final class Builder {
    private double lambda0 = Double.NaN;
    private double radius = Double.NaN;
    private final Numbers round = new Numbers();
    private final Map<String, Numbers> columns = new LinkedHashMap<>();
    private final List<Numbers> octaves = new ArrayList<>();

    void start(EventLine line) {
      lambda0 = line.number("lambda0");
      radius = line.number("radius");
    }

    void add(long k, EventLine line) {
      for (String name : NAMES) {
        column(name).add(line.number(name));
      }
      double[] subnets = line.array("subnetLambdaMin");
      Spread spread = Spread.of(subnets, 0, 1, subnets.length);
      column("subnetLow").add(subnets.length == 0 ? Double.NaN : spread.min());
      column("subnetHigh").add(subnets.length == 0 ? Double.NaN : spread.max());
      double[] energies = line.array("residual");
      while (octaves.size() < energies.length) {
        Numbers late = new Numbers();
        for (int i = 0; i < round.size(); i++) {
          late.add(Double.NaN);
        }
        octaves.add(late);
      }
      for (int i = 0; i < octaves.size(); i++) {
        octaves.get(i).add(i < energies.length ? energies[i] : Double.NaN);
      }
      round.add((double) k);
    }

    private Numbers column(String name) {
      return columns.computeIfAbsent(name, ignored -> new Numbers());
    }

    TrackSeries build() {
      Map<String, double[]> built = new LinkedHashMap<>();
      columns.forEach((name, numbers) -> built.put(name, numbers.toArray()));
      return new TrackSeries(
          lambda0, radius, round.toArray(), built, octaves.stream().map(Numbers::toArray).toList());
    }
  }
}
