package dev.shallot.run;

import dev.shallot.data.Preprocessing;
import dev.shallot.data.Table;
import dev.shallot.engine.dense.Forward;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A trained network with everything that prediction needs. An untrained model cannot exist: models
 * come from a {@link Run} or a {@link ModelFile}.
 *
 * @param rows the trained network
 * @param start the network it started from
 * @param factor of the network's output in a prediction: xi in the papers' scaling, else 1
 * @param preprocessing from a table to features, and from outputs back to the targets' units
 * @param plan the merged plan of its run
 * @param provenance where it was made, and the data's hash
 */
public record Model(
    NetworkRows rows,
    NetworkRows start,
    double factor,
    Preprocessing preprocessing,
    Map<String, Object> plan,
    Map<String, Object> provenance) {

  public Model {
    if (rows.features() != preprocessing.featureCount()
        || rows.outputs() != preprocessing.outputCount()) {
      throw new RunException(
          "the network has %d features and %d outputs, but its preprocessing %d and %d"
              .formatted(
                  rows.features(),
                  rows.outputs(),
                  preprocessing.featureCount(),
                  preprocessing.outputCount()));
    }
  }

  /** The trained network as a whole. */
  public Network network() {
    return rows.whole();
  }

  /** The network it started from, as a whole. */
  public Network initial() {
    return start.whole();
  }

  /**
   * Predicts from prepared features.
   *
   * @param features rows x d row-major, as trained on
   * @return rows x c row-major, in the targets' units; of classes the share of each
   */
  public double[] predict(double[] features) {
    return predict(features, Runtime.getRuntime().availableProcessors());
  }

  /** As {@link #predict(double[])}, on so many threads; they change no result. */
  public double[] predict(double[] features, int threads) {
    int samples = features.length / rows.features();
    double[] outputs = Forward.outputs(rows, features, samples, threads);
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] *= factor;
    }
    return preprocessing.predictions(outputs);
  }

  /**
   * Predicts the rows of a table.
   *
   * @return rows x c row-major, in the targets' units; of classes the share of each
   * @throws dev.shallot.data.DataException if a column is absent or a cell does not fit
   */
  public double[] predict(Table table) {
    return predict(preprocessing.features(table));
  }

  /** The classes that outputs stand for, in order; empty where numbers are predicted. */
  public List<String> classes() {
    return preprocessing.classes();
  }

  /**
   * The class of each row: the one with the largest share, of equal ones the first.
   *
   * @param shares rows x c row-major, from {@link #predict}
   * @throws RunException if numbers are predicted
   */
  public List<String> labels(double[] shares) {
    List<String> classes = classes();
    if (classes.isEmpty()) {
      throw new RunException("this model predicts numbers, not classes");
    }
    List<String> labels = new ArrayList<>();
    for (int at = 0; at < shares.length; at += classes.size()) {
      labels.add(classes.get(ClassScore.largest(shares, at, classes.size())));
    }
    return labels;
  }
}
