package dev.shallot.track;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The worst of what was tracked, and where. All of it is measured along this run; nothing of it is
 * a bound.
 *
 * @param lambda0 lambda_min of the infinite kernel, where the papers' setting has one
 * @param radius R = kappa lambda_0/(192 n)
 * @param subnetLambdaMin smallest lambda_min(m o H), with its round and subnet
 * @param wholeLambdaMin smallest lambda_min(H(k))
 * @param drift largest ||H(k) - H(0)||_F/||H(0)||_F
 * @param flips largest share of flips
 * @param farthest largest displacement of a neuron
 * @param outside neurons that were beyond R at the end, of so many
 * @param residual energy of the residual by octaves of eigenvalues, at the start and at the end
 * @param pl sigma_min(Phi)^2 at the start, and its smallest
 * @param failures what could not be measured, and why
 * @param seconds what tracking took
 */
public record TrackSummary(
    OptionalDouble lambda0,
    OptionalDouble radius,
    Optional<Worst> subnetLambdaMin,
    Optional<Worst> wholeLambdaMin,
    Optional<Worst> drift,
    Optional<Worst> flips,
    Optional<Worst> farthest,
    Optional<Outside> outside,
    Optional<Energy> residual,
    Optional<Pl> pl,
    List<String> failures,
    double seconds) {

  /** A number with the round before which it was measured, and its subnet or -1. */
  public record Worst(double value, long round, int subnet, long measured) {}

  /** Neurons beyond R. */
  public record Outside(int neurons, int of, double meanDistance) {}

  /** Squares of the residual's coefficients by octaves. */
  public record Energy(double[] first, double[] last) {}

  /** The constant at the start, and the smallest since. */
  public record Pl(double first, double smallest, long round) {}

  /** As {@code run.json} holds it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    lambda0.ifPresent(value -> map.put("lambda0", value));
    radius.ifPresent(value -> map.put("radius", value));
    put(map, "smallestSubnetLambdaMin", subnetLambdaMin);
    put(map, "smallestLambdaMin", wholeLambdaMin);
    put(map, "largestDrift", drift);
    put(map, "largestFlipShare", flips);
    put(map, "largestDisplacement", farthest);
    outside.ifPresent(
        found -> {
          map.put("meanDistance", found.meanDistance());
          if (radius.isPresent()) {
            map.put("outsideRadius", found.neurons());
          }
        });
    residual.ifPresent(
        energy -> {
          map.put("residualFirst", energy.first());
          map.put("residualLast", energy.last());
        });
    pl.ifPresent(
        found -> {
          map.put("plFirst", found.first());
          map.put("plSmallest", found.smallest());
        });
    if (!failures.isEmpty()) {
      map.put("failures", failures);
    }
    map.put("seconds", seconds);
    return map;
  }

  private static void put(Map<String, Object> map, String name, Optional<Worst> worst) {
    worst.ifPresent(
        found -> {
          Map<String, Object> inner = new LinkedHashMap<>();
          inner.put("value", found.value());
          inner.put("round", found.round());
          if (found.subnet() >= 0) {
            inner.put("subnet", found.subnet());
          }
          map.put(name, inner);
        });
  }

  /** Keeps the worst while a run goes on. */
  static final class Collector {
    private static final int MOST_FAILURES = 5;

    private OptionalDouble lambda0 = OptionalDouble.empty();
    private OptionalDouble radius = OptionalDouble.empty();
    private Optional<Worst> subnet = Optional.empty();
    private Optional<Worst> whole = Optional.empty();
    private Optional<Worst> drift = Optional.empty();
    private Optional<Worst> flips = Optional.empty();
    private Optional<Worst> farthest = Optional.empty();
    private Optional<Outside> outside = Optional.empty();
    private Optional<Energy> energy = Optional.empty();
    private Optional<Pl> pl = Optional.empty();
    private final List<String> failures = new ArrayList<>();
    private final int width;

    Collector(int width) {
      this.width = width;
    }

    /** Takes in what the log says of a round: live, or read again when a run goes on. */
    void take(Tracked tracked) {
      tracked.failure().ifPresent(why -> failed(tracked.round(), why));
      for (Tracked.Entry entry : tracked.numbers()) {
        take(tracked.round(), entry.name(), entry.values());
      }
    }

    private void take(long round, String name, double[] values) {
      double value = values.length == 1 ? values[0] : Double.NaN;
      switch (name) {
        case "lambda0" -> lambda0 = OptionalDouble.of(value);
        case "radius" -> radius = OptionalDouble.of(value);
        case "drift" -> drift = most(drift, value, round);
        case "lambdaMin" -> whole = least(whole, value, round, -1);
        case "subnetLambdaMin" -> {
          for (int l = 0; l < values.length; l++) {
            subnet = least(subnet, values[l], round, l);
          }
        }
        case "flipShare" -> flips = most(flips, value, round);
        case "farthest" -> farthest = most(farthest, value, round);
        case "meanDistance" -> outside = Optional.of(new Outside(0, width, value));
        case "outside" ->
            outside = outside.map(found -> new Outside((int) value, width, found.meanDistance()));
        case "residual" ->
            energy = Optional.of(new Energy(energy.map(Energy::first).orElse(values), values));
        case "pl" -> pl(round, value);
        default -> {
          // Only in the log.
        }
      }
    }

    private void pl(long round, double value) {
      boolean lower = pl.isEmpty() || !(value >= pl.get().smallest());
      pl =
          Optional.of(
              new Pl(
                  pl.map(Pl::first).orElse(value),
                  lower ? value : pl.get().smallest(),
                  lower ? round : pl.get().round()));
    }

    private void failed(long round, String why) {
      if (failures.size() < MOST_FAILURES) {
        failures.add("before round %d: %s".formatted(round, why));
      } else if (failures.size() == MOST_FAILURES) {
        failures.add("and later rounds");
      }
    }

    // "Not at least" and "not at most", so that a NaN is the worst of all.

    private static Optional<Worst> least(Optional<Worst> now, double value, long round, int l) {
      long measured = now.map(Worst::measured).orElse(0L) + 1;
      return now.isEmpty() || !(value >= now.get().value())
          ? Optional.of(new Worst(value, round, l, measured))
          : Optional.of(
              new Worst(now.get().value(), now.get().round(), now.get().subnet(), measured));
    }

    private static Optional<Worst> most(Optional<Worst> now, double value, long round) {
      return now.isEmpty() || !(value <= now.get().value())
          ? Optional.of(new Worst(value, round, -1, 1))
          : now;
    }

    TrackSummary build(double seconds) {
      return new TrackSummary(
          lambda0,
          radius,
          subnet,
          whole,
          drift,
          flips,
          farthest,
          outside,
          energy,
          pl,
          List.copyOf(failures),
          seconds);
    }
  }
}
