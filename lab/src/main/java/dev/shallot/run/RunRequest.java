package dev.shallot.run;

import dev.shallot.data.PreparedData;
import dev.shallot.training.TrainingListener;
import java.nio.file.Path;
import java.util.List;

/**
 * A run to be made.
 *
 * @param plan the merged plan
 * @param data the prepared data
 * @param folder where it goes; must not exist
 * @param command who asks, for the record: train, demo
 * @param listeners told of everything, after the run's own
 */
public record RunRequest(
    PlanDocument plan,
    PreparedData data,
    Path folder,
    String command,
    List<? extends TrainingListener> listeners) {}
