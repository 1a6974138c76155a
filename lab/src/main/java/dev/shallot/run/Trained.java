package dev.shallot.run;

import java.util.Map;
import java.util.Optional;

/**
 * What training gave, wherever its files went.
 *
 * @param outcome how it ended
 * @param model the trained model; empty if the run diverged
 * @param json what {@code run.json} says, or would say
 */
public record Trained(RunOutcome outcome, Optional<Model> model, Map<String, Object> json) {
  /** The same with the folder that it was written to. */
  RunResult in(RunFolder folder) {
    return new RunResult(folder, outcome, model, json);
  }
}
