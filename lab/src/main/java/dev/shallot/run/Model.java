package dev.shallot.run;

import dev.shallot.data.Preprocessing;
import dev.shallot.data.Table;
import dev.shallot.network.Network;
import java.util.Map;

/**
 * A trained network with everything that prediction needs. An untrained model cannot exist: models
 * come from a {@link Run} or a {@link ModelFile}.
 *
 * @param network the trained network
 * @param initial the network it started from
 * @param factor of the network's output in a prediction: xi in the papers' scaling, else 1
 * @param preprocessing from a table to features, and from outputs back to the targets' units
 * @param plan the merged plan of its run
 * @param provenance where it was made, and the data's hash
 */
public record Model(
    Network network,
    Network initial,
    double factor,
    Preprocessing preprocessing,
    Map<String, Object> plan,
    Map<String, Object> provenance) {

  public Model {
    if (network.features() != preprocessing.featureCount()
        || network.outputs() != preprocessing.outputCount()) {
      throw new RunException(
          "the network has %d features and %d outputs, but its preprocessing %d and %d"
              .formatted(
                  network.features(),
                  network.outputs(),
                  preprocessing.featureCount(),
                  preprocessing.outputCount()));
    }
  }

  /**
   * Predicts from prepared features.
   *
   * @param features rows x d row-major, as trained on
   * @return rows x c row-major, in the targets' units
   */
  public double[] predict(double[] features) {
    return preprocessing.unscaleLabels(outputs(network, factor, features));
  }

  /**
   * Predicts the rows of a table.
   *
   * @return rows x c row-major, in the targets' units
   * @throws dev.shallot.data.DataException if a column is absent or a cell does not fit
   */
  public double[] predict(Table table) {
    return predict(preprocessing.features(table));
  }

  /** factor * f(x) for each row; 2 rows m (d + c) flops. */
  private static double[] outputs(Network network, double factor, double[] x) {
    int d = network.features();
    int c = network.outputs();
    int rows = x.length / d;
    double scale = factor * network.scale();
    double[] w = network.hiddenWeights();
    double[] a = network.outputWeights();
    double[] out = new double[rows * c];
    for (int i = 0; i < rows; i++) {
      for (int r = 0; r < network.width(); r++) {
        double z = dot(w, r * d, x, i * d, d);
        if (z > 0.0) {
          for (int o = 0; o < c; o++) {
            out[i * c + o] += a[r * c + o] * z;
          }
        }
      }
      for (int o = 0; o < c; o++) {
        out[i * c + o] *= scale;
      }
    }
    return out;
  }

  /** Four sums in place of one: the additions do not wait for each other. */
  private static double dot(double[] u, int from, double[] v, int to, int length) {
    double s0 = 0.0;
    double s1 = 0.0;
    double s2 = 0.0;
    double s3 = 0.0;
    int j = 0;
    for (; j + 3 < length; j += 4) {
      s0 += u[from + j] * v[to + j];
      s1 += u[from + j + 1] * v[to + j + 1];
      s2 += u[from + j + 2] * v[to + j + 2];
      s3 += u[from + j + 3] * v[to + j + 3];
    }
    for (; j < length; j++) {
      s0 += u[from + j] * v[to + j];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
