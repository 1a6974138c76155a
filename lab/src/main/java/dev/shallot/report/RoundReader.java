package dev.shallot.report;

import dev.shallot.run.RunException;

/** Puts event lines together to rounds, in their order, and refuses those that do not fit. */
final class RoundReader {
  /** Who wants the rounds. */
  interface Sink {
    /** The whole network before training: G_0, and its dead neurons. */
    void initial(double error, double dead);

    /** An observed round that is complete. */
    void round(Round round);

    /** What the numbers of {@link #tracked} are compared with. */
    void tracking(EventLine line);

    /** Diagnostics before round k. */
    void tracked(long k, EventLine line);

    /** The loss on held-out rows, a row, after round k; -1: before training. */
    void heldOut(long k, double loss);
  }

  /**
   * An observed round. Errors are squared norms; what was not measured or is not finite is NaN.
   *
   * @param k the round
   * @param before G_k: A of round k-1, NaN when that one was not observed
   * @param subnets p, 0 if no subnet was measured
   * @param steps the subnets after sampling and after each local step, tau + 1 entries; empty if no
   *     subnet was measured
   * @param low smallest subnet error of the round
   * @param high largest subnet error of the round
   * @param end the line of its aggregation
   */
  record Round(
      long k, double before, int subnets, Spread[] steps, double low, double high, EventLine end) {

    /** A_k. */
    double after() {
      return end.number("error");
    }

    /** S_k, NaN if no subnet was measured. */
    double sampled() {
      return steps.length == 0 ? Double.NaN : steps[0].mean();
    }

    /** L_{k,tau}, NaN if no subnet was measured. */
    double trained() {
      return steps.length == 0 ? Double.NaN : steps[steps.length - 1].mean();
    }
  }

  private static final Spread[] NO_STEPS = {};

  private final Sink sink;
  private boolean started;
  private int subnets;
  private int localSteps;

  /** The round whose aggregation came last, and its error. */
  private long lastRound = -1;

  private double lastError = Double.NaN;

  /** The round that is open: sampled, and so many subnets done. */
  private long openRound = -1;

  private int subnetsDone;
  private double[] sampledErrors = new double[0];

  /** p x (tau + 1), filled while a round is open. */
  private double[] errors = new double[0];

  RoundReader(Sink sink) {
    this.sink = sink;
  }

  /** Whether the log has begun. */
  boolean started() {
    return started;
  }

  /** The round whose aggregation has not come yet, or -1. */
  long openRound() {
    return openRound;
  }

  /** Takes the next line; throws without having changed anything that matters. */
  void add(EventLine line) {
    long k = line.whole("round");
    if (started == line.type().equals("initial")) {
      throw new RunException(
          started
              ? "a second \"initial\" line; the log is of one run"
              : "the first line must be of type \"initial\"");
    }
    switch (line.type()) {
      case "initial" -> initial(line);
      case "sampled" -> sampled(k, line);
      case "local" -> local(k, line);
      case "aggregated" -> aggregated(k, line);
      case "tracking" -> sink.tracking(line);
      case "tracked" -> tracked(k, line);
      case "held-out" -> heldOut(k, line);
      default ->
          throw new RunException(
              "unknown type \""
                  + line.type()
                  + "\"; known are initial, sampled, local, aggregated, tracking, tracked and"
                  + " held-out");
    }
  }

  private void tracked(long k, EventLine line) {
    if (openRound >= 0 || k <= lastRound) {
      throw new RunException(
          "round %s is tracked, but the log stands at round %s"
              .formatted(k, Math.max(openRound, lastRound)));
    }
    sink.tracked(k, line);
  }

  /** The loss for early stopping stands after its round. */
  private void heldOut(long k, EventLine line) {
    if (openRound >= 0 || k != lastRound || !line.numbers().containsKey("loss")) {
      throw new RunException(
          "round %s has a held-out loss of %s, but the log stands at round %s"
              .formatted(k, line.number("loss"), Math.max(openRound, lastRound)));
    }
    sink.heldOut(k, line.number("loss"));
  }

  private void initial(EventLine line) {
    started = true;
    lastError = line.number("error");
    sink.initial(lastError, line.number("dead"));
  }

  private void sampled(long k, EventLine line) {
    if (openRound >= 0 || k <= lastRound) {
      throw new RunException(
          "round %s is sampled, but the log stands at round %s"
              .formatted(k, Math.max(openRound, lastRound)));
    }
    int p = line.errors().length;
    if (p == 0 || (subnets > 0 && p != subnets)) {
      throw new RunException("%s errors, expected %s, one a subnet".formatted(p, subnets));
    }
    openRound = k;
    subnetsDone = 0;
    subnets = p;
    sampledErrors = line.errors();
  }

  private void local(long k, EventLine line) {
    if (k != openRound || line.whole("subnet") != subnetsDone || subnetsDone == subnets) {
      throw new RunException(
          "round %s, subnet %s came out of order".formatted(k, line.whole("subnet")));
    }
    int tau = line.errors().length;
    if (tau == 0 || (localSteps > 0 && tau != localSteps)) {
      throw new RunException("%s errors, expected %s, one a local step".formatted(tau, localSteps));
    }
    localSteps = tau;
    int columns = tau + 1;
    if (errors.length != Math.multiplyExact(subnets, columns)) {
      errors = new double[subnets * columns];
    }
    errors[subnetsDone * columns] = sampledErrors[subnetsDone];
    System.arraycopy(line.errors(), 0, errors, subnetsDone * columns + 1, tau);
    subnetsDone++;
  }

  private void aggregated(long k, EventLine line) {
    boolean open = openRound >= 0;
    if (k <= lastRound || (open && (k != openRound || subnetsDone < subnets))) {
      throw new RunException("round %s is aggregated out of order".formatted(k));
    }
    if (!open && subnets > 0) {
      throw new RunException(
          "round %s is aggregated, but its subnets are not in the log".formatted(k));
    }
    Spread all = open ? Spread.of(errors, 0, 1, errors.length) : Spread.NONE;
    Round round =
        new Round(
            k,
            k == lastRound + 1 ? lastError : Double.NaN,
            subnets,
            open ? steps() : NO_STEPS,
            all.min(),
            all.max(),
            line);
    lastRound = k;
    lastError = line.number("error");
    openRound = -1;
    sink.round(round);
  }

  private Spread[] steps() {
    int columns = localSteps + 1;
    Spread[] steps = new Spread[columns];
    for (int s = 0; s < columns; s++) {
      steps[s] = Spread.of(errors, s, columns, subnets);
    }
    return steps;
  }
}
