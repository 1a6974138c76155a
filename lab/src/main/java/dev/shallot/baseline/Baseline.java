package dev.shallot.baseline;

import dev.shallot.run.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A way of learning beside the run, and what it came to.
 *
 * @param name in a table
 * @param error the plan's error on the training rows, ||Y - f||^2 or that of its loss; NaN if it
 *     was not computed
 * @param train scores on the training rows, one a target; empty if it was not computed
 * @param heldOut scores on the held-out rows, if there are any
 * @param seconds what it took
 * @param note what it is, or why it was not computed
 */
public record Baseline(
    String name,
    double error,
    List<Score> train,
    Optional<List<Score>> heldOut,
    double seconds,
    String note) {

  static Baseline skipped(String name, String why) {
    return new Baseline(name, Double.NaN, List.of(), Optional.empty(), 0.0, why);
  }

  /** Whether there is a result. */
  public boolean computed() {
    return !train.isEmpty();
  }

  /** As {@code run.json} holds it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("computed", computed());
    if (computed()) {
      map.put("error", error);
      map.put("seconds", seconds);
      map.put("trainScores", train.stream().map(Score::toMap).toList());
      heldOut.ifPresent(
          scores -> map.put("heldOutScores", scores.stream().map(Score::toMap).toList()));
    }
    map.put("note", note);
    return map;
  }
}
