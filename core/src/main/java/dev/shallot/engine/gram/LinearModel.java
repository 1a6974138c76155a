package dev.shallot.engine.gram;

import dev.shallot.engine.EngineSetup;
import dev.shallot.numeric.BitCounts;
import dev.shallot.numeric.LinearKernels;
import dev.shallot.numeric.Simd;
import java.util.Arrays;

/**
 * What a subnet is between two changes of activation: {@code uhat = s (q + g (K o C) S)} in the sum
 * S of the residuals of its steps; see {@link CountedSubnet} for the symbols.
 *
 * <p>A change of activation, a flip, of sample i changes q, and row and column i of K o C. The rows
 * are kept apart, as a matrix D, so that no column has to be written: K o C is what was counted at
 * the start of the round, plus D + D^T.
 */
final class LinearModel {
  private final RoundView<?> round;
  private final BitCounts bitCounts = Simd.bitCounts();
  private final LinearKernels kernels;
  private final int n;
  private final int stride;
  private final double scale;
  private final double g;
  private final double[] k;
  private final double[] y;
  private final long[] heldActive;
  private final int[] patterns;
  private final int[] counts;
  private final double[] kc;
  private final double[] changes;
  private final boolean[] changed;
  private final int[] shared;
  private final double[] q;
  private final double[] product;
  private final double[] padded;
  private final double[] scratch = new double[16];
  private boolean anyChanged;
  private double selfChange;

  LinearModel(RoundView<?> round, LinearKernels kernels) {
    EngineSetup setup = round.space().setup();
    this.round = round;
    this.kernels = kernels;
    this.n = setup.data().samples();
    this.stride = 32 * round.sampleWords();
    this.scale = setup.subnetScale();
    this.g = -setup.steps().hidden() * scale;
    this.k = round.k();
    this.y = setup.data().y();
    this.heldActive = new long[BitCounts.packedLength(n, round.words())];
    this.patterns = new int[round.patterns().length];
    this.counts = new int[BitCounts.pad(n) * BitCounts.pad(n)];
    this.kc = new double[n * stride];
    this.changes = new double[n * stride];
    this.changed = new boolean[n];
    this.shared = new int[stride];
    this.q = new double[n];
    this.product = new double[stride];
    this.padded = new double[stride];
  }

  /** g = -eta s. */
  double g() {
    return g;
  }

  /** +1 if neuron r is active on sample i as things are now, -1 if not. */
  double side(int r, int i) {
    return 2 * ((patterns[r * round.sampleWords() + (i >>> 5)] >>> i) & 1) - 1;
  }

  /** The activations as they are now, by neuron; see {@link RoundView#patterns}. */
  int[] patterns() {
    return patterns;
  }

  /**
   * Begins a round with S = 0.
   *
   * @param heldSums sum of a_r relu(z_r) over the held neurons, n numbers from {@code offset} on
   * @param e receives the residual
   * @return ||e||^2
   */
  double start(double[] heldSums, int offset, double[] e) {
    System.arraycopy(heldSums, offset, q, 0, n);
    for (int i = 0; i < n; i++) {
      if (changed[i]) {
        changed[i] = false;
        Arrays.fill(changes, i * stride, (i + 1) * stride, 0.0);
      }
    }
    anyChanged = false;
    Arrays.fill(product, 0.0);
    return residualOfProduct(e);
  }

  /** Writes the active bits of held neurons without gaps; returns how many words a row takes. */
  private int keep(long[] held) {
    int words = round.words();
    int neurons = 0;
    for (long word : held) {
      neurons += Long.bitCount(word);
    }
    int kept = (neurons + 63) / 64;
    long[] active = round.active();
    for (int i = 0; i < n; i++) {
      long bits = 0;
      int filled = 0;
      int to = 0;
      for (int w = 0; w < words; w++) {
        long more = Long.compress(active[i * words + w], held[w]);
        int count = Long.bitCount(held[w]);
        bits |= more << filled;
        filled += count;
        if (filled >= 64) {
          heldActive[BitCounts.index(i, to++, kept)] = bits;
          filled -= 64;
          int used = count - filled;
          bits = used == 64 ? 0 : more >>> used;
        }
      }
      if (filled > 0) {
        heldActive[BitCounts.index(i, to, kept)] = bits;
      }
    }
    return kept;
  }

  /** Counts: C and K o C at the activations of the round's start. */
  void count(long[] held) {
    int words = keep(held);
    int countStride = BitCounts.pad(n);
    bitCounts.symmetricCounts(n, heldActive, 0, words, counts, countStride);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        kc[i * stride + j] = k[i * stride + j] * counts[i * countStride + j];
      }
    }
    System.arraycopy(round.patterns(), 0, patterns, 0, patterns.length);
  }

  /**
   * Switches sample i of neuron r on or off; {@link #takeIn} follows when all of the sample's are.
   *
   * @param sign +1 or -1
   * @param start a_r z_ir that its activations as they were would have had with S = 0
   * @param sum S_i
   */
  void flip(int r, int i, int sign, double start, double sum) {
    int pattern = r * round.sampleWords();
    patterns[pattern + (i >>> 5)] &= ~(1 << i);
    kernels.addBits(round.sampleWords(), patterns, pattern, sign, shared);
    selfChange += 0.5 * sign;
    if (sign > 0) {
      patterns[pattern + (i >>> 5)] |= 1 << i;
      q[i] += start - g * k[i * stride + i] * sum;
    } else {
      q[i] -= start;
    }
  }

  /**
   * Takes the flips of sample i into q and D: {@code shared[j]} neurons that are active on sample
   * j, j other than i, were switched on there, less those that were switched off.
   *
   * @param sum S_i
   */
  void takeIn(int i, double sum) {
    int row = i * stride;
    double factor = g * sum;
    for (int j = 0; j < n; j++) {
      double term = k[row + j] * shared[j];
      changes[row + j] += term;
      q[j] -= factor * term;
      shared[j] = 0;
    }
    changes[row + i] += selfChange * k[row + i];
    selfChange = 0.0;
    changed[i] = true;
    anyChanged = true;
  }

  /** {@code e = s (q + g (K o C) S) - y}; returns ||e||^2. */
  double residual(double[] sum, double[] e) {
    Arrays.fill(product, 0.0);
    kernels.addProduct(n, kc, stride, sum, product);
    if (anyChanged) {
      kernels.addProduct(n, changes, stride, sum, product);
      System.arraycopy(sum, 0, padded, 0, n);
      for (int i = 0; i < n; i++) {
        if (changed[i]) {
          product[i] += kernels.dot(stride, changes, i * stride, padded, 0, scratch);
        }
      }
    }
    return residualOfProduct(e);
  }

  private double residualOfProduct(double[] e) {
    double error = 0.0;
    for (int i = 0; i < n; i++) {
      e[i] = scale * (q[i] + g * product[i]) - y[i];
      error += e[i] * e[i];
    }
    return error;
  }
}
