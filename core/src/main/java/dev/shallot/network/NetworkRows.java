package dev.shallot.network;

import dev.shallot.TrainingException;

/**
 * A network that can be read a few neurons at a time, so that whoever works on some of them, or
 * writes all of them somewhere, need not have it in memory as a whole. See {@link Network} for what
 * the numbers mean.
 */
public interface NetworkRows {

  /** m, number of hidden neurons. */
  int width();

  /** d, number of inputs. */
  int features();

  /** c, number of outputs. */
  int outputs();

  /** The factor in front of the sum over neurons. */
  double scale();

  /** phi. */
  Activation activation();

  /**
   * Copies neurons first .. first+count-1.
   *
   * @param hidden receives count x d hidden weights from index 0; may be longer
   * @param output receives count x c output weights from index 0; may be longer
   */
  void copyRows(int first, int count, double[] hidden, double[] output);

  /** Whoever got these rows is done with them; nobody reads them afterwards. */
  default void release() {}

  /**
   * All of it in memory; of a {@link Network} itself, no copy.
   *
   * @throws TrainingException if it does not fit into two arrays, or a weight is not finite
   */
  default Network whole() {
    if ((long) width() * Math.max(features(), outputs()) > Integer.MAX_VALUE - 64) {
      throw new TrainingException(
          "width %d times %d features or %d outputs is more than one array holds (2^31 numbers)"
              .formatted(width(), features(), outputs()));
    }
    double[] hidden = new double[width() * features()];
    double[] output = new double[width() * outputs()];
    copyRows(0, width(), hidden, output);
    return new Network(width(), features(), outputs(), hidden, output, scale(), activation());
  }
}
