package dev.shallot.report;

import dev.shallot.run.RunException;
import java.util.ArrayList;
import java.util.List;

/** Puts event lines together, in their order, and refuses those that do not fit. */
final class SeriesBuilder {
  private final int detailSteps;
  private final List<String> notes = new ArrayList<>();
  private final Numbers round = new Numbers();
  private final Numbers before = new Numbers();
  private final Numbers sampled = new Numbers();
  private final Numbers trained = new Numbers();
  private final Numbers low = new Numbers();
  private final Numbers high = new Numbers();
  private final Numbers after = new Numbers();
  private final Numbers displacement = new Numbers();
  private final Numbers flips = new Numbers();
  private final Numbers uncovered = new Numbers();
  private final Numbers dead = new Numbers();
  private final Numbers bytes = new Numbers();
  private final Numbers mean = new Numbers();
  private final Numbers min = new Numbers();
  private final Numbers max = new Numbers();
  private final Numbers deviation = new Numbers();

  private final TrackSeries.Builder track = new TrackSeries.Builder();

  private boolean started;
  private double initialError = Double.NaN;
  private double initialDead = Double.NaN;
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

  SeriesBuilder(int detailSteps) {
    this.detailSteps = detailSteps;
  }

  void note(String sentence) {
    notes.add(sentence);
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
      case "tracking" -> track.start(line);
      case "tracked" -> tracked(k, line);
      default ->
          throw new RunException(
              "unknown type \""
                  + line.type()
                  + "\"; known are initial, sampled, local, aggregated, tracking and tracked");
    }
  }

  private void tracked(long k, EventLine line) {
    if (openRound >= 0 || k <= lastRound) {
      throw new RunException(
          "round %s is tracked, but the log stands at round %s"
              .formatted(k, Math.max(openRound, lastRound)));
    }
    track.add(k, line);
  }

  private void initial(EventLine line) {
    started = true;
    initialError = line.number("error");
    initialDead = line.number("dead");
    lastError = initialError;
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
    round.add((double) k);
    before.add(k == lastRound + 1 ? lastError : Double.NaN);
    if (open) {
      closeSteps();
    }
    lastRound = k;
    lastError = line.number("error");
    after.add(lastError);
    displacement.add(line.number("displacement"));
    flips.add(line.number("flips"));
    uncovered.add(line.number("uncovered"));
    dead.add(line.number("dead"));
    bytes.add(line.number("bytes"));
    openRound = -1;
  }

  private void closeSteps() {
    int columns = localSteps + 1;
    boolean keep = mean.size() + columns <= detailSteps && mean.size() == sampled.size() * columns;
    for (int s = 0; s < columns; s++) {
      Spread spread = Spread.of(errors, s, columns, subnets);
      if (keep) {
        mean.add(spread.mean());
        min.add(spread.min());
        max.add(spread.max());
        deviation.add(spread.deviation());
      }
      if (s == localSteps) {
        trained.add(spread.mean());
      }
    }
    sampled.add(Spread.of(errors, 0, columns, subnets).mean());
    Spread all = Spread.of(errors, 0, 1, errors.length);
    low.add(all.min());
    high.add(all.max());
  }

  RunSeries build() {
    if (!started) {
      note("The event log holds no event.");
    }
    if (openRound >= 0) {
      note(
          "The log ends inside round %s; what it holds of that round is left out."
              .formatted(openRound));
    }
    // Subnets of which no round was finished are as good as none.
    boolean steps = trained.size() > 0;
    return new RunSeries(
        initialError,
        initialDead,
        steps ? subnets : 0,
        steps ? localSteps : 0,
        new RunSeries.Rounds(
            round.toArray(),
            before.toArray(),
            sampled.toArray(),
            trained.toArray(),
            low.toArray(),
            high.toArray(),
            after.toArray(),
            displacement.toArray(),
            flips.toArray(),
            uncovered.toArray(),
            dead.toArray(),
            bytes.toArray()),
        new RunSeries.Steps(mean.toArray(), min.toArray(), max.toArray(), deviation.toArray()),
        track.build(),
        List.copyOf(notes));
  }
}
