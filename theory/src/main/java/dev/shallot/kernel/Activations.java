package dev.shallot.kernel;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.network.Network;
import dev.shallot.numeric.BitCounts;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;

/**
 * Which neuron is active on which sample, one bit each: {@code A_ri = 1{<w_r, x_i> >= 0}}.
 *
 * <p>A row belongs to a sample and holds the bits of all neurons, 64 a word, bits past the last
 * neuron zero. Rows lie in the panels of {@link BitCounts}, ready to be counted. Immutable.
 */
public final class Activations {
  private static final int WORD = 64;

  /** Samples of a step: their pre-activations with a word of neurons stay in the second cache. */
  private static final int ROWS = 128;

  private final int samples;
  private final int width;
  private final long[] panels;

  private Activations(int samples, int width, long[] panels) {
    this.samples = samples;
    this.width = width;
    this.panels = panels;
  }

  private static int words(int width) {
    return (width + WORD - 1) / WORD;
  }

  private static long[] panels(int samples, int width) {
    long length = (long) BitCounts.pad(samples) * words(width);
    if (length > Integer.MAX_VALUE - 64) {
      throw new TheoryException(
          "the activations of %d samples and %d neurons are %d words, more than one array holds: take fewer samples or neurons"
              .formatted(samples, width, length));
    }
    return new long[(int) length];
  }

  /**
   * The activations of a network's hidden neurons. Pre-activations are computed in float64, each
   * one chain of fused multiply-adds over the features upwards: 2 n m d flops.
   *
   * @param samples X
   * @param network W
   * @param activeAtZero whether a pre-activation of exactly zero is active, as in the paper
   * @param team who computes
   */
  public static Activations of(Samples samples, Network network, boolean activeAtZero, Team team) {
    if (network.features() != samples.features()) {
      throw new TheoryException(
          "the network takes %d features, but the samples have %d"
              .formatted(network.features(), samples.features()));
    }
    int n = samples.count();
    int m = network.width();
    int d = samples.features();
    Kernels<double[]> kernels = Simd.float64();
    long[] panels = panels(n, m);
    double[] x = samples.padded();
    Pass[] passes = new Pass[team.workers()];
    for (int i = 0; i < passes.length; i++) {
      passes[i] = new Pass(kernels, d);
    }
    int words = words(m);
    team.run(
        words,
        (word, worker) -> {
          Pass pass = passes[worker];
          int columns = Math.min(WORD, m - word * WORD);
          pass.pack(network.hiddenWeights(), word * WORD, columns);
          for (int first = 0; first < n; first += ROWS) {
            pass.write(x, first, Math.min(ROWS, n - first), activeAtZero, panels, word, words);
          }
        });
    return new Activations(n, m, panels);
  }

  /**
   * Those that somebody else worked out.
   *
   * @param rows a row of words a sample, neuron r in bit r mod 64 of word r div 64; bits past the
   *     last neuron must be zero
   */
  public static Activations of(int samples, int width, long[] rows) {
    int words = words(width);
    if (rows.length != (long) samples * words) {
      throw new TheoryException(
          "the activations of %d samples and %d neurons are %d words, but got %d"
              .formatted(samples, width, (long) samples * words, rows.length));
    }
    long[] panels = panels(samples, width);
    for (int i = 0; i < samples; i++) {
      for (int w = 0; w < words; w++) {
        panels[BitCounts.index(i, w, words)] = rows[i * words + w];
      }
    }
    return new Activations(samples, width, panels);
  }

  /** One worker's way through the samples with 64 neurons. */
  private static final class Pass {
    private final Kernels<double[]> kernels;
    private final int features;
    private final double[] packed;
    private final double[] z = new double[ROWS * WORD];
    private final long[] bits = new long[ROWS];
    private final int[] index = new int[WORD];
    private int columns;

    Pass(Kernels<double[]> kernels, int features) {
      this.kernels = kernels;
      this.features = features;
      this.packed = new double[kernels.packedLength(features, WORD)];
    }

    void pack(double[] weights, int first, int count) {
      columns = count;
      for (int r = 0; r < count; r++) {
        index[r] = first + r;
      }
      kernels.packTransposed(weights, features, index, features, count, packed);
    }

    void write(
        double[] x,
        int first,
        int count,
        boolean activeAtZero,
        long[] panels,
        int word,
        int words) {
      int rows = BitCounts.pad(count);
      kernels.multiply(rows, features, columns, x, first * features, features, packed, z, 0, WORD);
      kernels.activations(count, columns, WORD, z, 0, activeAtZero, bits, 0);
      for (int i = 0; i < count; i++) {
        panels[BitCounts.index(first + i, word, words)] = bits[i];
      }
    }
  }

  /**
   * The activations of some of the neurons, closed up: the j-th chosen neuron becomes neuron j.
   *
   * @param chosen bit r mod 64 of word r div 64 says whether neuron r is chosen
   * @throws TheoryException if the words are too few, or choose a neuron that is not there
   */
  public Activations held(long[] chosen) {
    int words = words(width);
    int held = 0;
    for (int w = 0; w < chosen.length; w++) {
      held += Long.bitCount(chosen[w]);
    }
    int rest = width % WORD;
    if (chosen.length != words || (rest != 0 && chosen[words - 1] >>> rest != 0)) {
      throw new TheoryException(
          "a choice among %d neurons has %d words and no bits past the last neuron, but got %d words with %d bits set"
              .formatted(width, words, chosen.length, held));
    }
    Activations closed = new Activations(samples, held, panels(samples, held));
    for (int i = 0; i < samples; i++) {
      closed.copyRow(this, chosen, i);
    }
    return closed;
  }

  private void copyRow(Activations from, long[] chosen, int sample) {
    int words = words();
    int free = 0;
    int to = 0;
    long word = 0L;
    for (int w = 0; w < chosen.length; w++) {
      int count = Long.bitCount(chosen[w]);
      long bits = Long.compress(from.word(sample, w), chosen[w]);
      word |= bits << free;
      if (free + count >= WORD) {
        panels[BitCounts.index(sample, to++, words)] = word;
        // A shift by 64 would be one by 0.
        word = free == 0 ? 0L : bits >>> (WORD - free);
      }
      free = (free + count) % WORD;
    }
    if (to < words) {
      panels[BitCounts.index(sample, to, words)] = word;
    }
  }

  /**
   * How many activations differ from those of another network of the same shape on the same
   * samples: flips, of n times width.
   */
  public long differences(Activations other) {
    if (other.samples != samples || other.width != width) {
      throw new TheoryException(
          "activations of %d samples and %d neurons have nothing in common with those of %d and %d"
              .formatted(samples, width, other.samples, other.width));
    }
    long differences = 0;
    for (int w = 0; w < panels.length; w++) {
      differences += Long.bitCount(panels[w] ^ other.panels[w]);
    }
    return differences;
  }

  /** n. */
  public int samples() {
    return samples;
  }

  /** Number of neurons. */
  public int width() {
    return width;
  }

  /** Words of a row. */
  int words() {
    return words(width);
  }

  /** The rows in panels. */
  long[] panels() {
    return panels;
  }

  /** A word of a sample's row. */
  long word(int sample, int word) {
    return panels[BitCounts.index(sample, word, words())];
  }

  /** Whether a neuron is active on a sample. */
  public boolean active(int neuron, int sample) {
    return (word(sample, neuron / WORD) >>> (neuron % WORD) & 1L) != 0;
  }
}
