package dev.shallot.bench.training;

import dev.shallot.mask.MaskLaw;
import dev.shallot.plan.Aggregation;
import java.util.Locale;

/**
 * Everything that decides what is computed, but not who computes it.
 *
 * @param data what is trained on
 * @param samples n
 * @param features d
 * @param width m
 * @param outputs c
 * @param keep xi
 * @param subnets p
 * @param localSteps tau
 * @param aggregation coverage mean, or subnet mean: multi-sample dropout
 */
record Case(
    DataSet data,
    int samples,
    int features,
    int width,
    int outputs,
    double keep,
    int subnets,
    int localSteps,
    Aggregation aggregation) {

  /** Communities and Crime: narrow data, wide network, one output. */
  static final Case A = sphere(100, 122, 4000, 1);

  /** The same size, on rows that look alike. */
  static final Case A_CORRELATED = A.on(DataSet.CORRELATED);

  /** Image embeddings: many features, ten outputs. */
  static final Case B = sphere(1000, 2048, 500, 10);

  /** In between, where weight space and sample space cost about the same. */
  static final Case M = sphere(400, 256, 2000, 10);

  private static Case sphere(int samples, int features, int width, int outputs) {
    return new Case(
        DataSet.SPHERE, samples, features, width, outputs, 0.5, 4, 5, Aggregation.COVERAGE_MEAN);
  }

  Case on(DataSet other) {
    return new Case(
        other, samples, features, width, outputs, keep, subnets, localSteps, aggregation);
  }

  Case samples(int n) {
    return new Case(data, n, features, width, outputs, keep, subnets, localSteps, aggregation);
  }

  Case width(int m) {
    return new Case(data, samples, features, m, outputs, keep, subnets, localSteps, aggregation);
  }

  Case keep(double xi) {
    return new Case(data, samples, features, width, outputs, xi, subnets, localSteps, aggregation);
  }

  Case rounds(int p, int tau) {
    return new Case(data, samples, features, width, outputs, keep, p, tau, aggregation);
  }

  /** p masks, one step, the p losses averaged. */
  Case multiSample(int p) {
    return new Case(data, samples, features, width, outputs, keep, p, 1, Aggregation.SUBNET_MEAN);
  }

  MaskLaw law() {
    return new MaskLaw.Bernoulli(subnets, keep);
  }

  /** Local steps of a round, over all subnets. */
  int steps() {
    return subnets * localSteps;
  }

  /** Flops of a local step in weight space: two products with the held neurons, there and back. */
  double denseFlops() {
    return 4.0 * samples * features * keep * width;
  }

  /** "sphere-n100-d122-m4000-c1-xi0.5-p4-tau5-mean": what {@link #parse} reads. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s-n%d-d%d-m%d-c%d-xi%s-p%d-tau%d-%s",
        data.name().toLowerCase(Locale.ROOT),
        samples,
        features,
        width,
        outputs,
        keep,
        subnets,
        localSteps,
        aggregation == Aggregation.SUBNET_MEAN ? "averaged" : "mean");
  }

  static Case parse(String text) {
    String[] parts = text.split("-", -1);
    return new Case(
        DataSet.valueOf(parts[0].toUpperCase(Locale.ROOT)),
        integer(parts[1], "n"),
        integer(parts[2], "d"),
        integer(parts[3], "m"),
        integer(parts[4], "c"),
        Double.parseDouble(parts[5].substring("xi".length())),
        integer(parts[6], "p"),
        integer(parts[7], "tau"),
        parts[8].equals("averaged") ? Aggregation.SUBNET_MEAN : Aggregation.COVERAGE_MEAN);
  }

  private static int integer(String part, String symbol) {
    return Integer.parseInt(part.substring(symbol.length()));
  }
}
