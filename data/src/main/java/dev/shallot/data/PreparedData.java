package dev.shallot.data;

import dev.shallot.training.TrainingData;
import java.util.Optional;

/**
 * What a run trains on.
 *
 * @param train the training rows
 * @param heldOut the held-out rows, prepared with the training rows' parameters
 * @param preprocessing the same for other tables
 * @param facts for people and for the record
 */
public record PreparedData(
    TrainingData train,
    Optional<TrainingData> heldOut,
    Preprocessing preprocessing,
    DataFacts facts) {

  /** Prepares a table: choose, encode, fill, scale, constant feature, unit rows. */
  public static PreparedData prepare(Table table, DataPlan plan) {
    return Pending.value();
  }
}
