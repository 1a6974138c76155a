package dev.shallot.report;

import java.util.ArrayList;
import java.util.List;

/** Keeps every round of a log, and the micro-steps of the first ones. */
final class SeriesBuilder implements RoundReader.Sink {
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
  private final Numbers heldOut = new Numbers();
  private final Numbers mean = new Numbers();
  private final Numbers min = new Numbers();
  private final Numbers max = new Numbers();
  private final Numbers deviation = new Numbers();
  private final TrackSeries.Builder track = new TrackSeries.Builder();

  private double initialError = Double.NaN;
  private double initialDead = Double.NaN;
  private double initialHeldOut = Double.NaN;
  private int subnets;
  private int columns;

  SeriesBuilder(int detailSteps) {
    this.detailSteps = detailSteps;
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  @Override
  public void initial(double error, double deadNeurons) {
    initialError = error;
    initialDead = deadNeurons;
  }

  @Override
  public void tracking(EventLine line) {
    track.start(line);
  }

  @Override
  public void tracked(long k, EventLine line) {
    track.add(k, line);
  }

  @Override
  public void heldOut(long k, double loss) {
    if (k < 0) {
      initialHeldOut = loss;
    } else {
      heldOut.setLast(loss);
    }
  }

  @Override
  public void round(RoundReader.Round one) {
    round.add((double) one.k());
    before.add(one.before());
    if (one.steps().length > 0) {
      steps(one);
    }
    after.add(one.after());
    displacement.add(one.end().number("displacement"));
    flips.add(one.end().number("flips"));
    uncovered.add(one.end().number("uncovered"));
    dead.add(one.end().number("dead"));
    bytes.add(one.end().number("bytes"));
    heldOut.add(Double.NaN);
  }

  private void steps(RoundReader.Round one) {
    subnets = one.subnets();
    columns = one.steps().length;
    if (mean.size() + columns <= detailSteps && mean.size() == sampled.size() * columns) {
      for (Spread spread : one.steps()) {
        mean.add(spread.mean());
        min.add(spread.min());
        max.add(spread.max());
        deviation.add(spread.deviation());
      }
    }
    sampled.add(one.sampled());
    trained.add(one.trained());
    low.add(one.low());
    high.add(one.high());
  }

  /** What was kept; the reader tells whether the log ends inside a round. */
  RunSeries build(RoundReader reader) {
    if (!reader.started()) {
      note("The event log holds no event.");
    }
    if (reader.openRound() >= 0) {
      note(
          "The log ends inside round %s; what it holds of that round is left out."
              .formatted(reader.openRound()));
    }
    return new RunSeries(
        initialError,
        initialDead,
        initialHeldOut,
        subnets,
        Math.max(0, columns - 1),
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
            bytes.toArray(),
            heldOut.toArray()),
        new RunSeries.Steps(mean.toArray(), min.toArray(), max.toArray(), deviation.toArray()),
        track.build(),
        List.copyOf(notes));
  }
}
