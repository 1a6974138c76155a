package dev.shallot.engine.gram;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.StateExchange;
import dev.shallot.engine.Team;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
import java.io.IOException;

/**
 * Measures the whole network in sample space. A neuron's displacement is {@code sqrt(beta^T K
 * beta)}; that of a zeroed neuron is the norm of its initial weights.
 *
 * @param <A> array type
 */
final class GramMeter<A> {
  private static final int BLOCK = LaneKernels.BLOCK;

  private final SampleSpace<A> space;
  private final EngineSetup setup;
  private final Kernels<A> kernels;
  private final LaneKernels<A> lanes;
  private final int words;
  private final long[] initialActive;
  private final long[] active;
  private final A outputs;
  private final A residual;
  private final A[] coefficients;
  private final A[] products;
  private final A[] scratches;
  private final double[] initialNorms;
  private final double[] squares;
  private boolean squaresKnown = true;

  GramMeter(SampleSpace<A> space, GramState<A> initial, int workers) {
    this.space = space;
    this.setup = space.setup();
    this.kernels = space.kernels();
    this.lanes = space.lanes();
    this.words = (initial.width() + 63) >>> 6;
    int n = initial.samples();
    this.initialActive = new long[Math.multiplyExact(n, words)];
    this.active = new long[n * words];
    this.outputs = kernels.allocate(initial.outputs() * space.stride());
    this.residual = kernels.allocate(initial.outputs() * space.stride());
    this.coefficients = arrays(workers);
    this.products = arrays(workers);
    this.scratches = arrays(workers);
    for (int worker = 0; worker < workers; worker++) {
      coefficients[worker] = kernels.allocate(space.rows() * BLOCK);
      products[worker] = kernels.allocate(space.rows() * BLOCK);
      scratches[worker] = kernels.allocate(16);
    }
    double[] w = setup.initial().hiddenWeights();
    int d = setup.initial().features();
    this.squares = new double[initial.stride()];
    this.initialNorms = new double[initial.width()];
    for (int r = 0; r < initialNorms.length; r++) {
      for (int j = r * d; j < (r + 1) * d; j++) {
        initialNorms[r] += w[j] * w[j];
      }
    }
    for (int i = 0; i < n; i++) {
      activations(initial, i, initialActive);
    }
  }

  @SuppressWarnings("unchecked")
  private static <A> A[] arrays(int count) {
    return (A[]) new Object[count];
  }

  private void activations(GramState<A> state, int i, long[] bits) {
    kernels.activations(
        1,
        state.width(),
        state.stride(),
        state.z(),
        i * state.stride(),
        setup.plan().aggregation().activeAtZero(),
        bits,
        i * words);
  }

  /** A row of words a sample. */
  long[] activations(GramState<A> state) {
    long[] bits = new long[active.length];
    for (int i = 0; i < state.samples(); i++) {
      activations(state, i, bits);
    }
    return bits;
  }

  Measurement measure(GramState<A> state, Team team) {
    int n = state.samples();
    team.run(
        n,
        (i, worker) -> {
          lanes.sumOverNeurons(
              1,
              state.outputs(),
              state.stride(),
              state.z(),
              i * state.stride(),
              state.output(),
              0,
              outputs,
              i,
              space.stride(),
              scratches[worker]);
          activations(state, i, active);
        });
    double error =
        kernels.residual(
            state.outputs() * space.stride(),
            setup.wholeScale(),
            outputs,
            space.targets(),
            residual);
    long flips = 0;
    int alive = 0;
    for (int w = 0; w < words; w++) {
      long any = 0;
      for (int i = 0; i < n; i++) {
        long now = active[i * words + w];
        any |= now;
        flips += Long.bitCount(now ^ initialActive[i * words + w]);
      }
      alive += Long.bitCount(any);
    }
    return new Measurement(error, displacement(state, team), flips, state.width() - alive);
  }

  private double displacement(GramState<A> state, Team team) {
    double[] now = squares(state, team);
    double most = 0.0;
    for (int r = 0; r < state.width(); r++) {
      most = Math.max(most, now[r]);
    }
    return Math.sqrt(most);
  }

  /** Says that the network moved and nobody brought {@link #squares} up to date. */
  void forgetSquares() {
    squaresKnown = false;
  }

  /**
   * ||w_r - w_{0,r}||^2 of each neuron, worked out if need be. Who moves the network may keep them
   * up to date, or else calls {@link #forgetSquares}.
   */
  double[] squares(GramState<A> state, Team team) {
    if (!squaresKnown) {
      workOutSquares(state, team);
      squaresKnown = true;
    }
    return squares;
  }

  /** Squares that were kept up to date are not, in their last bits, those worked out anew. */
  void exchange(StateExchange state) throws IOException {
    state.doubles("sq", squares, 1, squares.length, squares.length);
    squaresKnown = state.whole("sqok", squaresKnown ? 1 : 0) != 0;
  }

  private void workOutSquares(GramState<A> state, Team team) {
    double[] kept = new double[state.width()];
    kernels.store(state.kept(), 0, kept, 0, kept.length);
    team.run(
        state.stride() / BLOCK,
        (block, worker) -> {
          A beta = coefficients[worker];
          A product = products[worker];
          for (int i = 0; i < state.samples(); i++) {
            System.arraycopy(
                state.beta(), i * state.stride() + block * BLOCK, beta, i * BLOCK, BLOCK);
          }
          kernels.clear(product, 0, space.rows() * BLOCK);
          lanes.multiplyAdd(
              space.rows(), state.samples(), space.k(), space.stride(), beta, 0, product, 0);
          double[] dots = new double[BLOCK];
          lanes.dots(state.samples(), beta, product, 0, dots);
          for (int r = 0; r < Math.min(BLOCK, state.width() - block * BLOCK); r++) {
            int neuron = block * BLOCK + r;
            squares[neuron] = kept[neuron] == 0.0 ? initialNorms[neuron] : dots[r];
          }
        });
  }
}
