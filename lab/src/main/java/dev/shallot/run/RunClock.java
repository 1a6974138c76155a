package dev.shallot.run;

import dev.shallot.track.Tracker;
import java.util.Optional;

/** How long a run took, over all the processes that it went through. */
final class RunClock {
  private final long begin = System.nanoTime();
  private final double earlier;
  private final double earlierTraining;
  private Optional<Tracker> tracker = Optional.empty();
  private long trainingBegin = begin;
  private long trainingEnd = begin;

  /** A clock that goes on from a checkpoint, if there is one. */
  RunClock(Optional<Checkpoint> from) {
    this.earlier = from.map(Checkpoint::seconds).orElse(0.0);
    this.earlierTraining = from.map(Checkpoint::trainingSeconds).orElse(0.0);
  }

  /** Takes the time of diagnostics off that of training. */
  void without(Tracker diagnostics) {
    tracker = Optional.of(diagnostics);
  }

  void trainingBegins() {
    trainingBegin = System.nanoTime();
    trainingEnd = trainingBegin;
  }

  void roundEnds() {
    trainingEnd = System.nanoTime();
  }

  /** Since the run began. */
  double seconds() {
    return earlier + (System.nanoTime() - begin) * 1e-9;
  }

  /** Of rounds alone. */
  double trainingSeconds() {
    return earlierTraining
        + (trainingEnd - trainingBegin) * 1e-9
        - tracker.map(Tracker::secondsBetweenRounds).orElse(0.0);
  }
}
