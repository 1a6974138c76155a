package dev.shallot.bound;

import dev.shallot.engine.Team;
import dev.shallot.kernel.HiddenLayer;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.spectrum.Eigenvalues;
import dev.shallot.spectrum.ExtremeEigenvalues;

/**
 * The ends of the spectrum of s^2 Phi Phi^T: squares of the singular values of the hidden layer's
 * features. The smallest is the constant of the Polyak-Lojasiewicz inequality ||grad h||^2 &gt;= 2
 * sigma_min^2 h of the loss h = 1/2 ||r||^2 (as in Song et al. 2021), at these weights.
 *
 * @param smallest sigma_min^2; 0 where it is not above the rounding of the largest
 * @param largest sigma_max^2
 */
public record LayerSpectrum(double smallest, double largest) {
  /** Up to this order all eigenvalues are computed. */
  private static final int ALL = 1_000;

  /** Measures a layer: n^2 m flops for the product, n^3 for its eigenvalues. */
  public static LayerSpectrum of(Samples samples, HiddenLayer layer, Team team) {
    int n = samples.count();
    double[] product =
        TangentKernel.twoRate(samples, layer.withOneOutput(), 0.0, 1.0, 1.0).form(team);
    if (layer.width() < n) {
      return new LayerSpectrum(0.0, ends(product, n, team).largest);
    }
    return ends(product, n, team);
  }

  /** The ends of a positive semi-definite matrix of this order. */
  static LayerSpectrum ends(double[] matrix, int order, Team team) {
    double smallest;
    double largest;
    if (order <= ALL) {
      double[] values = Eigenvalues.of(matrix, order);
      smallest = values[0];
      largest = values[order - 1];
    } else {
      smallest = ExtremeEigenvalues.smallest(matrix, order, team).estimate();
      largest = ExtremeEigenvalues.largest(matrix, order, team).estimate();
    }
    double noise = order * Math.ulp(largest);
    return new LayerSpectrum(smallest <= noise ? 0.0 : smallest, largest);
  }

  /** ||X||_2^2, from the smaller of X X^T and X^T X. */
  static double dataNormSquared(Samples samples, Team team) {
    int n = samples.count();
    int d = samples.features();
    double[] x = samples.x();
    boolean tall = n > d;
    int order = Math.min(n, d);
    double[] product = new double[order * order];
    if (tall) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < d; j++) {
          for (int k = 0; k <= j; k++) {
            product[j * d + k] = Math.fma(x[i * d + j], x[i * d + k], product[j * d + k]);
          }
        }
      }
    } else {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          double sum = 0.0;
          for (int k = 0; k < d; k++) {
            sum = Math.fma(x[i * d + k], x[j * d + k], sum);
          }
          product[i * n + j] = sum;
        }
      }
    }
    for (int j = 0; j < order; j++) {
      for (int k = j + 1; k < order; k++) {
        product[j * order + k] = product[k * order + j];
      }
    }
    return ends(product, order, team).largest;
  }

  /** The Euclidean norm. */
  static double norm(double[] vector) {
    double sum = 0.0;
    for (double value : vector) {
      sum = Math.fma(value, value, sum);
    }
    return Math.sqrt(sum);
  }
}
