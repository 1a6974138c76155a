package dev.shallot.network;

import dev.shallot.TrainingException;

/**
 * A single-hidden-layer network without biases,
 *
 * <pre>f_o(x) = scale * sum_{r&lt;m} a_{r,o} phi(&lt;w_r, x&gt;),   o = 0 .. c-1,</pre>
 *
 * phi the activation, max(z, 0) in the papers, with scale = 1/sqrt(m) in the papers' (tangent
 * kernel) parametrisation and 1 in the standard one.
 *
 * <p>The network owns its arrays: {@link #hiddenWeights()} and {@link #outputWeights()} return them
 * without a copy, for reading only.
 */
public final class Network implements NetworkRows {
  private final int width;
  private final int features;
  private final int outputs;
  private final double[] hiddenWeights;
  private final double[] outputWeights;
  private final double scale;
  private final Activation activation;

  /** A ReLU network of these weights; see the other constructor. */
  public Network(
      int width,
      int features,
      int outputs,
      double[] hiddenWeights,
      double[] outputWeights,
      double scale) {
    this(width, features, outputs, hiddenWeights, outputWeights, scale, Activation.RELU);
  }

  /**
   * A network of these weights.
   *
   * @param width m, number of hidden neurons
   * @param features d, number of inputs
   * @param outputs c, number of outputs
   * @param hiddenWeights W, m x d row-major; the network takes it over
   * @param outputWeights a, m x c row-major; the network takes it over
   * @param scale factor in front of the sum, positive
   * @param activation phi
   * @throws TrainingException if a shape is wrong or a number is not finite
   */
  public Network(
      int width,
      int features,
      int outputs,
      double[] hiddenWeights,
      double[] outputWeights,
      double scale,
      Activation activation) {
    if (width < 1 || features < 1 || outputs < 1) {
      throw new TrainingException(
          "a network needs a width, features and outputs of at least 1, but has width %d, %d features, %d outputs"
              .formatted(width, features, outputs));
    }
    checkMatrix("hidden weights", hiddenWeights, width, features);
    checkMatrix("output weights", outputWeights, width, outputs);
    if (!(scale > 0.0 && Double.isFinite(scale))) {
      throw new TrainingException("the output scale must be positive, but is " + scale);
    }
    this.width = width;
    this.features = features;
    this.outputs = outputs;
    this.hiddenWeights = hiddenWeights;
    this.outputWeights = outputWeights;
    this.scale = scale;
    this.activation = activation;
  }

  private static void checkMatrix(String name, double[] matrix, int rows, int columns) {
    if (matrix.length != (long) rows * columns) {
      throw new TrainingException(
          "the %s must be %d x %d = %d numbers, but are %d"
              .formatted(name, rows, columns, (long) rows * columns, matrix.length));
    }
    for (int i = 0; i < matrix.length; i++) {
      if (!Double.isFinite(matrix[i])) {
        throw new TrainingException(
            "the %s must be finite, but row %d, column %d is %s"
                .formatted(name, i / columns, i % columns, matrix[i]));
      }
    }
  }

  /** m, number of hidden neurons. */
  @Override
  public int width() {
    return width;
  }

  /** d, number of inputs. */
  @Override
  public int features() {
    return features;
  }

  /** c, number of outputs. */
  @Override
  public int outputs() {
    return outputs;
  }

  /** W, m x d row-major, not a copy. */
  public double[] hiddenWeights() {
    return hiddenWeights;
  }

  /** a, m x c row-major, not a copy. */
  public double[] outputWeights() {
    return outputWeights;
  }

  /** The factor in front of the sum over neurons. */
  @Override
  public double scale() {
    return scale;
  }

  /** phi. */
  @Override
  public Activation activation() {
    return activation;
  }

  /** The same weights, not copied, under another activation. */
  public Network withActivation(Activation other) {
    return new Network(width, features, outputs, hiddenWeights, outputWeights, scale, other);
  }

  @Override
  public void copyRows(int first, int count, double[] hidden, double[] output) {
    System.arraycopy(hiddenWeights, first * features, hidden, 0, count * features);
    System.arraycopy(outputWeights, first * outputs, output, 0, count * outputs);
  }

  @Override
  public Network whole() {
    return this;
  }

  @Override
  public String toString() {
    return "Network[width %d, %d features, %d outputs, scale %s, %s]"
        .formatted(width, features, outputs, scale, activation);
  }
}
