package dev.shallot.api;

import dev.shallot.run.EarlyStop;
import dev.shallot.run.RunOutcome;
import dev.shallot.run.Score;
import java.util.List;
import java.util.Optional;

/**
 * How a training went.
 *
 * @param rounds how many rounds were taken
 * @param stopReason why it ended
 * @param engine who computed: engine, number type, vector width, threads
 * @param stepSize eta of the hidden layer
 * @param initialError what is lowered, on the training rows as trained on, at the start
 * @param finalError the same at the end, as far as it was measured
 * @param seconds of the training
 * @param trainScores of the model on the training rows, in the targets' units
 * @param heldOutScores on the rows that were held out; empty if there are none
 * @param kept which network is the model, if early stopping chose it; empty: the last
 */
public record TrainingSummary(
    long rounds,
    String stopReason,
    String engine,
    double stepSize,
    double initialError,
    double finalError,
    double seconds,
    List<Score> trainScores,
    List<Score> heldOutScores,
    Optional<EarlyStop.Kept> kept) {
  public TrainingSummary {
    trainScores = List.copyOf(trainScores);
    heldOutScores = List.copyOf(heldOutScores);
  }

  static TrainingSummary of(RunOutcome outcome) {
    return new TrainingSummary(
        outcome.rounds(),
        outcome.reason().message(),
        outcome.engine(),
        outcome.steps().hidden(),
        outcome.initial().error(),
        outcome.last().error(),
        outcome.seconds(),
        outcome.trainScores(),
        outcome.heldOutScores().orElse(List.of()),
        outcome.kept());
  }
}
