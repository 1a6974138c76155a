package dev.shallot.run;

import dev.shallot.data.PreparedData;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.training.HeldOutStopping;
import dev.shallot.training.TrainingListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Early stopping as a plan asks for it, or none. */
public final class EarlyStop {
  private final Optional<HeldOutStopping> stopping;

  private EarlyStop(Optional<HeldOutStopping> stopping) {
    this.stopping = stopping;
  }

  /**
   * For one run.
   *
   * @param sink told of every measurement
   */
  public static EarlyStop of(
      PlanDocument document, TrainingPlan plan, PreparedData data, HeldOutStopping.Sink sink) {
    if (document.heldOutPatience().isEmpty()) {
      return new EarlyStop(Optional.empty());
    }
    TrainingData rows =
        data.validation()
            .or(data::heldOut)
            .orElseThrow(
                () ->
                    new RunException(
                        "stop-held-out needs rows that are not trained on: give split, or"
                            + " validation."));
    return new EarlyStop(
        Optional.of(new HeldOutStopping(plan, rows, document.heldOutPatience().getAsInt(), sink)));
  }

  /** Who listens: nobody, or one. */
  public List<TrainingListener> listeners() {
    return stopping.map(s -> List.<TrainingListener>of(s)).orElse(List.of());
  }

  /** The network to keep, given the one that training ended with. */
  public NetworkRows choose(NetworkRows last) {
    return stopping.<NetworkRows>flatMap(HeldOutStopping::best).orElse(last);
  }

  /** Which network is kept; empty without early stopping, which keeps the last. */
  public Optional<Kept> kept() {
    return stopping.map(s -> new Kept(s.bestRound(), s.bestLoss()));
  }

  /**
   * A network that was kept.
   *
   * @param round after which it stood; -1: before training
   * @param loss on the rows for early stopping, a row
   */
  public record Kept(long round, double loss) {
    Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("round", round);
      map.put("loss", loss);
      return map;
    }

    /** "the network after round 7". */
    public String describe() {
      return round < 0 ? "the network of before training" : "the network after round " + round;
    }
  }
}
