package dev.shallot.kernel;

import dev.shallot.engine.Team;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/** Samples, a network and masks to try, and their kernels in the plainest loops. */
record Problem(Samples samples, Network network, MaskSet masks) {
  static final double KEEP = 0.4;

  static Problem random(int n, int d, int m, int c, Initialization law, long seed) {
    Samples samples = new Samples(gaussian(n * d, seed, 1), n, d);
    MaskSet masks = new MaskLaw.Bernoulli(3, KEEP).draw(seed, 0, m);
    return new Problem(samples, law.draw(0.7, m, d, c, seed), masks);
  }

  static double[] gaussian(int count, long seed, int purpose) {
    CounterRandom random = new CounterRandom(seed, RandomStream.SYNTHETIC_FEATURES, purpose, 0);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.gaussian(i);
    }
    return numbers;
  }

  Activations activations() {
    return Activations.of(samples, network, true, Team.ALONE);
  }

  TangentKernel finite() {
    return TangentKernel.finite(samples, network, activations(), KEEP);
  }

  TangentKernel masked(int subnet) {
    return TangentKernel.masked(samples, network, activations(), masks, subnet);
  }

  private double product(double[] left, int i, double[] right, int j) {
    double sum = 0.0;
    for (int k = 0; k < samples.features(); k++) {
      sum += left[i * samples.features() + k] * right[j * samples.features() + k];
    }
    return sum;
  }

  /** The definition, entry by entry; subnet -1 for the finite kernel. */
  double[] plain(int subnet) {
    int n = samples.count();
    int c = network.outputs();
    int order = n * c;
    double[] a = network.outputWeights();
    double[] x = samples.x();
    double factor = network.scale() * network.scale() * (subnet < 0 ? KEEP : 1.0);
    double[] matrix = new double[order * order];
    for (int row = 0; row < order; row++) {
      for (int column = 0; column < order; column++) {
        int i = row % n;
        int j = column % n;
        double sum = 0.0;
        for (int r = 0; r < network.width(); r++) {
          boolean held = subnet < 0 || masks.holds(subnet, r);
          boolean both =
              product(network.hiddenWeights(), r, x, i) >= 0
                  && product(network.hiddenWeights(), r, x, j) >= 0;
          sum += held && both ? a[r * c + row / n] * a[r * c + column / n] : 0.0;
        }
        matrix[row * order + column] = factor * product(x, i, x, j) * sum;
      }
    }
    return matrix;
  }
}
