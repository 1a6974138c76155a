package dev.shallot.data;

import dev.shallot.plan.TrainingData;
import java.util.Optional;

/**
 * What a run trains on.
 *
 * @param train the training rows
 * @param heldOut the held-out rows, prepared with the training rows' parameters
 * @param validation rows for early stopping, kept apart from both, prepared in the same way
 * @param preprocessing the same for other tables
 * @param facts for people and for the record
 * @param rows for each training row, which row of the table it was, counted from 0
 */
public record PreparedData(
    TrainingData train,
    Optional<TrainingData> heldOut,
    Optional<TrainingData> validation,
    Preprocessing preprocessing,
    DataFacts facts,
    int[] rows) {

  /**
   * Prepares a table: chooses columns and rows, encodes text, deals with missing cells, splits,
   * scales, appends the constant feature, normalises rows. Every parameter comes from the training
   * rows, except that the file as a whole decides which columns have missing cells (for {@link
   * MissingPolicy#DROP_COLUMNS}) and which levels a text column has.
   *
   * @throws DataException with what is wrong, where, and what to do
   */
  public static PreparedData prepare(Table table, DataPlan plan) {
    return new Preparation(table, plan).prepare();
  }
}
