package dev.shallot.bench.training;

import dev.shallot.data.Column;
import dev.shallot.data.Synthetic;
import dev.shallot.data.SyntheticLabels;
import dev.shallot.data.SyntheticSet;
import dev.shallot.data.Table;
import dev.shallot.plan.TrainingData;

/**
 * What is trained on. Our engines' cost depends a little on the numbers (what is near zero is
 * watched), so they are honest ones: unit rows, targets that a network can learn, scaled to {@code
 * ||Y||^2 = n / 10}.
 */
enum DataSet {
  /** Uniform directions, targets of a small ReLU network. */
  SPHERE(SyntheticSet.SPHERE),
  /** A stand-in for a census table such as Communities and Crime: all rows look alike. */
  CORRELATED(SyntheticSet.TABULAR);

  /** ||Y||^2 / n. */
  private static final double TARGET_POWER = 0.1;

  private static final long SEED = 1;

  private final SyntheticSet set;

  DataSet(SyntheticSet set) {
    this.set = set;
  }

  TrainingData draw(int samples, int features, int outputs) {
    Table table =
        Synthetic.generate(set, SyntheticLabels.NATURAL, samples, features, outputs, SEED);
    double[] x = columns(table, 0, features);
    for (int i = 0; i < samples; i++) {
      scale(x, i * features, features, 1.0);
    }
    double[] y = columns(table, features, outputs);
    scale(y, 0, y.length, Math.sqrt(TARGET_POWER * samples));
    return new TrainingData(samples, features, outputs, x, y);
  }

  /** Some neighbouring columns of numbers as a row-major matrix. */
  private static double[] columns(Table table, int first, int count) {
    double[] matrix = new double[table.rows() * count];
    for (int j = 0; j < count; j++) {
      if (!(table.column(first + j) instanceof Column.Numbers numbers)) {
        throw new IllegalStateException("a synthetic set is all numbers");
      }
      for (int i = 0; i < table.rows(); i++) {
        matrix[i * count + j] = numbers.values()[i];
      }
    }
    return matrix;
  }

  /** Gives a piece of an array the Euclidean norm. */
  private static void scale(double[] array, int offset, int count, double norm) {
    double squares = 0.0;
    for (int i = offset; i < offset + count; i++) {
      squares += array[i] * array[i];
    }
    for (int i = offset; i < offset + count; i++) {
      array[i] *= norm / Math.sqrt(squares);
    }
  }

  /** The largest |cosine| of two different rows. */
  static double largestCosine(TrainingData data) {
    int d = data.features();
    double largest = 0.0;
    for (int i = 0; i < data.samples(); i++) {
      for (int k = 0; k < i; k++) {
        double dot = 0.0;
        for (int j = 0; j < d; j++) {
          dot += data.x()[i * d + j] * data.x()[k * d + j];
        }
        largest = Math.max(largest, Math.abs(dot));
      }
    }
    return largest;
  }
}
