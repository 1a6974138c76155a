package dev.shallot.run;

import java.util.Map;
import java.util.Optional;

/**
 * A run that ended.
 *
 * @param folder where it is
 * @param outcome how it ended
 * @param model the trained model; empty if the run diverged
 * @param json the content of {@code run.json}
 */
public record RunResult(
    RunFolder folder, RunOutcome outcome, Optional<Model> model, Map<String, Object> json) {}
