package dev.shallot.engine.gram;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.StateExchange;
import dev.shallot.engine.Team;
import dev.shallot.mask.MaskSet;
import dev.shallot.plan.Aggregation;
import java.io.IOException;

/**
 * Rounds whose local steps move n numbers in place of the weights, for one frozen output of weights
 * +1 and -1 and full batches. Exact, as everything here.
 *
 * <p><b>Why it can be so cheap.</b> Between two changes of activation a subnet is a linear model,
 * and a local step multiplies its residual by I - eta H, with H the masked tangent kernel: n^2
 * flops. H is an integer count times K, and counting shared activations of held neurons takes an
 * AND and a popcount for 64 neurons at a time. The weights are needed when an activation might
 * change, which at the start of a round we know to be impossible for all pre-activations farther
 * from zero than tau steps can move them; the others follow a line that is forecast, and the few
 * that come near zero on it are worked out one by one ({@link CountedSubnet}). At the end of the
 * round all neurons are moved at once, by one product with K for all subnets and all steps ({@link
 * CountedUpdate}).
 *
 * <p>So a round costs about
 *
 * <pre>
 *   2 n^2 m  +  p (xi n^2 m / 64 words counted)  +  p tau 10 n^2  flops,
 * </pre>
 *
 * where stepping costs {@code p tau 2 n^2 xi m}. It depends on the data how many pre-activations
 * must be watched. Where they are many - large steps, tiny initial weights - a round is given up
 * and taken step by step, and so are the next 1, 2, 4 .. 64 rounds before the next attempt.
 *
 * @param <A> array type
 */
final class CountedRounds<A> {
  private static final int LONGEST_PAUSE = 64;

  private final RoundView<A> view;
  private final SampleSpace<A> space;
  private final Candidates<A> candidates;
  private final CountedSubnet<A>[] workers;
  private final CountedUpdate<A> update;
  private final SubnetMoves[] moves;
  private final double[] heldSums;
  private final long[] held;
  private final A sums;
  private final A[] scratches;
  private final boolean[] done;
  private final int n;
  private final int p;
  private int pause;
  private int nextPause = 1;

  CountedRounds(SampleSpace<A> space, GramState<A> whole, int threads) {
    this.space = space;
    this.view = new RoundView<>(space, whole);
    this.n = whole.samples();
    this.p = space.setup().plan().masks().subnets();
    this.candidates = new Candidates<>(space.kernels(), space.counted(), whole, p);
    this.workers = workers(threads);
    for (int worker = 0; worker < threads; worker++) {
      workers[worker] = new CountedSubnet<>(view, candidates);
    }
    this.update = new CountedUpdate<>(space, view, threads);
    this.moves = new SubnetMoves[p];
    for (int l = 0; l < p; l++) {
      moves[l] = new SubnetMoves(new double[n], new Flips(whole.stride()));
    }
    this.heldSums = new double[p * n];
    this.held = new long[p * view.words()];
    this.sums = space.kernels().allocate(p * n);
    this.scratches = scratches(threads);
    for (int worker = 0; worker < threads; worker++) {
      scratches[worker] = space.kernels().allocate(64);
    }
    this.done = new boolean[p];
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <A> CountedSubnet<A>[] workers(int count) {
    return new CountedSubnet[count];
  }

  @SuppressWarnings("unchecked")
  private static <A> A[] scratches(int count) {
    return (A[]) new Object[count];
  }

  /** Whether rounds of a plan can be counted. */
  static boolean suit(EngineSetup setup) {
    if (setup.plan().trained().output()
        || setup.data().outputs() != 1
        || setup.plan().batch().isPresent()
        || setup.plan().aggregation() == Aggregation.ZERO_UNCOVERED) {
      return false;
    }
    for (double a : setup.initial().outputWeights()) {
      if (Math.abs(a) != 1.0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes a round, or leaves it: then nothing has changed but the two arrays.
   *
   * @param meter whose displacements are kept up to date
   * @return whether the round is done
   */
  boolean round(
      RoundTask task, double[] stepErrors, double[] subnetErrors, GramMeter<A> meter, Team team) {
    if (pause > 0) {
      pause--;
      return false;
    }
    view.look(team);
    addUp(task.masks(), team);
    team.run(
        p,
        (l, worker) ->
            done[l] = workers[worker].train(task, l, heldSums, moves[l], stepErrors, subnetErrors));
    candidates.end();
    for (boolean subnet : done) {
      if (!subnet) {
        pause = nextPause;
        nextPause = Math.min(2 * nextPause, LONGEST_PAUSE);
        return false;
      }
    }
    nextPause = 1;
    update.apply(task.masks(), moves, meter.squares(view.whole(), team), team);
    return true;
  }

  /** Which of the next rounds are counted: one that is stepped has other last bits. */
  void exchange(StateExchange state) throws IOException {
    pause = Math.toIntExact(state.whole("wait", pause));
    nextPause = Math.toIntExact(state.whole("next", nextPause));
  }

  /** The outputs of all subnets before their first step. */
  private void addUp(MaskSet masks, Team team) {
    for (int l = 0; l < p; l++) {
      masks.copyBits(l, held, l * view.words());
    }
    candidates.begin(masks);
    GramState<A> whole = view.whole();
    team.run(
        n,
        (i, worker) -> {
          candidates.find(i);
          space
              .counted()
              .heldSums(
                  whole.stride(),
                  p,
                  whole.z(),
                  i * whole.stride(),
                  whole.output(),
                  held,
                  view.words(),
                  sums,
                  i,
                  n,
                  scratches[worker]);
        });
    space.kernels().store(sums, 0, heldSums, 0, p * n);
  }
}
