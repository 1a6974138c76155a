package dev.shallot.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of a plan that the curves are measured against; NaN where {@code run.json} does not
 * say.
 *
 * @param mask law of the masks
 * @param width m
 * @param samples n
 * @param subnets p
 * @param keep xi
 * @param localSteps tau
 * @param plannedRounds K
 * @param targetNorm ||Y||^2, or what answering 0 costs by another loss
 * @param keptRound after which the kept network stood, -1 for before training; NaN without early
 *     stopping
 * @param error what is measured
 */
record RunFacts(
    String mask,
    double width,
    double samples,
    double subnets,
    double keep,
    double localSteps,
    double plannedRounds,
    double targetNorm,
    double keptRound,
    ErrorKind error) {

  /** Of the squared loss. */
  RunFacts(
      String mask,
      double width,
      double samples,
      double subnets,
      double keep,
      double localSteps,
      double plannedRounds,
      double targetNorm) {
    this(
        mask,
        width,
        samples,
        subnets,
        keep,
        localSteps,
        plannedRounds,
        targetNorm,
        Double.NaN,
        ErrorKind.SQUARED);
  }

  static RunFacts of(RunDocument run) {
    String mask = run.text("plan", "mask").orElse("");
    double subnets = run.numberOrNaN("plan", "subnets");
    double keep =
        switch (mask) {
          case "bernoulli" -> run.numberOrNaN("plan", "keep");
          case "full" -> 1.0;
          default -> 1.0 / subnets;
        };
    return new RunFacts(
        mask,
        run.numberOrNaN("plan", "width"),
        run.numberOrNaN("data", "samples"),
        subnets,
        keep,
        run.numberOrNaN("plan", "local-steps"),
        run.numberOrNaN("plan", "rounds"),
        run.numberOrNaN("data", "targetNorm"),
        keptRound(run),
        ErrorKind.of(run));
  }

  private static double keptRound(RunDocument run) {
    return run.value("outcome", "kept").orElse("") instanceof Map<?, ?> kept
            && kept.get("round") instanceof Number round
        ? round.doubleValue()
        : Double.NaN;
  }

  /** What the script needs of it. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("width", width);
    tree.put("samples", samples);
    tree.put("targetNorm", targetNorm);
    tree.put("keptRound", keptRound);
    tree.put("lossName", error.row());
    tree.put("errorName", error.name());
    tree.put("errorWord", error.word());
    tree.put("zeroName", error.zero());
    tree.put("expectedUncovered", expectedUncovered());
    tree.put("uncoveredDeviation", uncoveredDeviation());
    return tree;
  }

  /** theta, the probability that a neuron is held by at least one subnet of a round. */
  double coverageProbability() {
    return mask.equals("bernoulli") ? 1.0 - Math.pow(1.0 - keep, subnets) : 1.0;
  }

  /** m(1 - theta), the neurons that nobody holds in a round, on average. */
  double expectedUncovered() {
    return width * (1.0 - coverageProbability());
  }

  /** Standard deviation of the uncovered neurons of a round: they are Binomial(m, 1 - theta). */
  double uncoveredDeviation() {
    return Math.sqrt(width * coverageProbability() * (1.0 - coverageProbability()));
  }

  /** The law's name at the head of a sentence. */
  Optional<String> maskName() {
    return switch (mask) {
      case "full" -> Optional.of("Full masks");
      case "bernoulli" -> Optional.of("Bernoulli masks");
      case "categorical" -> Optional.of("Categorical masks");
      case "partition" -> Optional.of("Equal partitions");
      default -> Optional.empty();
    };
  }
}
