package dev.shallot.engine.gram;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Team;
import dev.shallot.numeric.BitMatrix;

/**
 * What the subnets of a counted round look at together: the network at its start, its activations
 * by sample and by neuron, K, the signs of the output weights. Only {@link #look} changes it.
 *
 * @param <A> array type
 */
final class RoundView<A> {
  private final SampleSpace<A> space;
  private final GramState<A> whole;
  private final int n;
  private final int words;
  private final int sampleWords;
  private final double[] k;
  private final double[] signs;
  private final long[] active;
  private final int[] patterns;
  private final long[][] squares;

  RoundView(SampleSpace<A> space, GramState<A> whole) {
    EngineSetup setup = space.setup();
    this.space = space;
    this.whole = whole;
    this.n = whole.samples();
    this.words = whole.stride() / 64;
    this.sampleWords = (n + 31) / 32;
    this.squares = new long[setup.plan().threads()][64];
    this.k = new double[Math.multiplyExact(n, 32 * sampleWords)];
    double[] gram = GramState.gram(setup.data());
    for (int i = 0; i < n; i++) {
      System.arraycopy(gram, i * n, k, i * 32 * sampleWords, n);
    }
    this.signs = new double[whole.stride()];
    System.arraycopy(setup.initial().outputWeights(), 0, signs, 0, whole.width());
    this.active = new long[Math.multiplyExact(n, words)];
    this.patterns = new int[Math.multiplyExact(words * 64, sampleWords)];
  }

  /** Takes in the network as it is now. */
  void look(Team team) {
    team.run(
        n,
        (i, worker) ->
            space
                .kernels()
                .activations(
                    1,
                    whole.width(),
                    whole.stride(),
                    whole.z(),
                    i * whole.stride(),
                    true,
                    active,
                    i * words));
    team.run(
        whole.stride() / 64,
        (block, worker) ->
            BitMatrix.transposeColumn(
                active, n, words, block, patterns, sampleWords, squares[worker]));
  }

  SampleSpace<A> space() {
    return space;
  }

  GramState<A> whole() {
    return whole;
  }

  /** K in float64, n rows of {@code 32 sampleWords} numbers, padded with zeros. */
  double[] k() {
    return k;
  }

  /** The output weights, +1 or -1; 0 past the last neuron. */
  double[] signs() {
    return signs;
  }

  /** Bit r of row i is 1{z_ir active}; {@link #words} words a row. */
  long[] active() {
    return active;
  }

  int words() {
    return words;
  }

  /** Bit i of row r is 1{z_ir active}; {@link #sampleWords} words of 32 bits a row. */
  int[] patterns() {
    return patterns;
  }

  int sampleWords() {
    return sampleWords;
  }

  int stride() {
    return whole.stride();
  }
}
