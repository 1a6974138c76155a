package dev.shallot.engine;

import dev.shallot.TrainingException;
import dev.shallot.engine.gram.GramEngine;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.TrainingPlan;
import java.util.Locale;

/**
 * What an engine's arrays take, worked out before the first is allocated. Leading terms only: the
 * network and its copies, the samples, pre-activations, K.
 *
 * @param bytes in all, the caller's data and networks in float64 included
 * @param longestArray numbers in the longest array
 */
public record MemoryEstimate(double bytes, double longestArray) {
  private static final double LONGEST = Integer.MAX_VALUE - 8;

  /** What is left of the heap for all that is not an engine's array. */
  private static final double USABLE = 0.95;

  /** The estimate for an engine; {@link EngineKind#AUTO} counts as dense. */
  public static MemoryEstimate of(EngineSetup setup, EngineKind kind) {
    TrainingPlan plan = setup.plan();
    double n = setup.data().samples();
    double d = setup.data().features();
    double c = setup.data().outputs();
    double m = plan.width();
    // X and Y; the initial network and the one that comes back.
    double given = 8.0 * (n * (d + c) + 2.0 * m * (d + c));
    return switch (kind) {
      case REFERENCE -> {
        double subnet = 8.0 * m * (d + c) * (plan.momentum() > 0.0 ? 2.0 : 1.0);
        yield new MemoryEstimate(
            given + (2.0 + plan.masks().subnets()) * subnet, Math.max(n * d, m * d));
      }
      case DENSE, AUTO -> dense(setup, given);
      case GRAM -> gram(setup, given);
      case SPARK -> {
        // The network is elsewhere; what this JVM holds is X and Y, here and packed, and in a
        // measured round n c numbers of each part of the network, of 32 MiB or less.
        double parts = Math.ceil(plan.precision().bytes() * m * (d + c) / (1 << 25));
        double reports = plan.precision().bytes() * n * c * parts;
        yield new MemoryEstimate(4.0 * 8.0 * n * (d + c) + reports, n * d);
      }
    };
  }

  private static MemoryEstimate dense(EngineSetup setup, double given) {
    TrainingPlan plan = setup.plan();
    double n = setup.data().samples();
    double rows = setup.data().features() + setup.data().outputs();
    double m = plan.width();
    double trainers = SubnetShares.trainers(plan);
    double perStep = setup.samplesPerStep();
    double numbers = (3.0 + trainers) * m * rows + 3.0 * n * rows + trainers * m * perStep;
    if (plan.momentum() > 0.0) {
      // A velocity a weight: the network's, the sums', each trainer's.
      numbers += (2.0 + trainers) * m * rows;
    }
    if (plan.activation().smooth() && plan.trained().output()) {
      numbers += trainers * m * perStep;
    }
    double longest = Math.max(m * Math.max(rows, perStep), n * rows);
    return new MemoryEstimate(given + plan.precision().bytes() * numbers, longest);
  }

  private static MemoryEstimate gram(EngineSetup setup, double given) {
    TrainingPlan plan = setup.plan();
    double n = setup.data().samples();
    double m = plan.width();
    double trainers = SubnetShares.trainers(plan);
    double element = plan.precision().bytes();
    // Pre-activations and coefficients: the network's, their sums, each trainer's; once in float64.
    double bytes = given + element * 2.0 * n * m * (2.0 + trainers) + 8.0 * n * m;
    bytes += (element + 8.0) * n * n;
    double longest = Math.max(n * m, n * n);
    if (GramEngine.tabulates(setup)) {
      bytes += 16.0 * n * n * trainers;
      longest = Math.max(longest, 4.0 * n * n);
    }
    if (GramEngine.counts(setup)) {
      // A quarter of all pairs may be listed: three ints and two float64 each.
      double list = m * n / 4.0 * 28.0;
      double candidates = n * m / 2.0 * (8.0 + element);
      bytes += candidates + 8.0 * n * n + plan.threads() * (20.0 * n * n + list);
    }
    return new MemoryEstimate(bytes, longest);
  }

  /** Whether it fits into this JVM. */
  public boolean fits() {
    return bytes <= USABLE * Runtime.getRuntime().maxMemory() && longestArray <= LONGEST;
  }

  /** "about 1.5 GiB". */
  public String description() {
    double mebibytes = bytes / (1 << 20);
    return mebibytes < 1024
        ? String.format(Locale.ROOT, "about %.0f MiB", Math.max(1.0, mebibytes))
        : String.format(Locale.ROOT, "about %.1f GiB", mebibytes / 1024);
  }

  /** Throws if it does not fit, saying by how much and what would. */
  public void check(EngineSetup setup, EngineKind kind) {
    if (fits()) {
      return;
    }
    TrainingPlan plan = setup.plan();
    StringBuilder ways = new StringBuilder();
    if (longestArray <= LONGEST) {
      ways.append(
          String.format(
              Locale.ROOT, "a heap of %.0f GiB (-Xmx)", Math.ceil(bytes / 0.9 / (1 << 30))));
    }
    EngineKind other = kind == EngineKind.GRAM ? EngineKind.DENSE : EngineKind.GRAM;
    boolean can = other == EngineKind.DENSE || plan.otherThanPlain(setup.data()).isEmpty();
    if (can && of(setup, other).fits()) {
      ways.append(ways.isEmpty() ? "" : ", ")
          .append("engine ")
          .append(other.name().toLowerCase(Locale.ROOT));
    }
    if (plan.batch().isEmpty()) {
      ways.append(ways.isEmpty() ? "" : ", ").append("minibatches (batch)");
    }
    ways.append(ways.isEmpty() ? "" : ", ")
        .append("fewer samples, a smaller width or fewer threads");
    throw new TrainingException(
        "the %s engine would need %s for %,d samples, %,d features and a width of %,d%s, but this JVM may use %,d MiB; what would help: %s"
            .formatted(
                kind.name().toLowerCase(Locale.ROOT),
                description(),
                setup.data().samples(),
                setup.data().features(),
                plan.width(),
                longestArray > LONGEST ? " (and an array of more than 2^31 numbers)" : "",
                Runtime.getRuntime().maxMemory() >> 20,
                ways));
  }
}
