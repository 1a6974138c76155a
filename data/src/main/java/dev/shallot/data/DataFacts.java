package dev.shallot.data;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What was read and what is trained on, for people and for the run's record.
 *
 * @param source where the table came from
 * @param sha256 of the source, see {@link Table#sha256}
 * @param fileRows rows of the table
 * @param fileColumns columns of the table
 * @param samples rows trained on
 * @param heldOut rows held out
 * @param features numbers a row, after encoding and with the constant feature
 * @param outputs number of targets, or of classes
 * @param featureNames one a feature
 * @param targetNames one a target
 * @param targetNorm the error of a network that answers zero on the training rows, as trained on:
 *     ||Y||^2; of classes n ln c; with sample weights each row's part by its weight
 * @param rowNormMin smallest Euclidean norm of a training row, as trained on
 * @param rowNormMax largest Euclidean norm of a training row, as trained on
 * @param nearestParallel max over i &lt; j of |cos(x_i, x_j)| among the first training rows (at
 *     most 2,000 of them, fewer where rows are long; a note tells); empty with fewer than two
 *     non-zero rows
 * @param notes everything that was detected, dropped, filled, encoded, one sentence each
 */
public record DataFacts(
    String source,
    String sha256,
    long fileRows,
    int fileColumns,
    int samples,
    int heldOut,
    int features,
    int outputs,
    List<String> featureNames,
    List<String> targetNames,
    double targetNorm,
    double rowNormMin,
    double rowNormMax,
    OptionalDouble nearestParallel,
    List<String> notes) {

  public DataFacts {
    featureNames = List.copyOf(featureNames);
    targetNames = List.copyOf(targetNames);
    notes = List.copyOf(notes);
  }
}
