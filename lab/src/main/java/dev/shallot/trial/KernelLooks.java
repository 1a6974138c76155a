package dev.shallot.trial;

import dev.shallot.bound.Interval;
import dev.shallot.bound.RunEvidence;
import dev.shallot.bound.Setting;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Engines;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.Team;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.kernel.Activations;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.spectrum.ExtremeEigenvalues;
import java.util.Optional;

/**
 * Looks at masked kernels and weights, before local steps and after them, in some rounds: as many
 * as a budget of work allows, the first and the last among them. How many is a function of the
 * sizes alone.
 *
 * <p>Weights after local steps come from one more engine, which takes the subnet's steps from the
 * round's weights on. With minibatches it would see others than the subnet did, so there only
 * kernels before local steps are looked at.
 */
final class KernelLooks {
  /** Work in units of a multiply-add of a factorisation. */
  private static final double BUDGET = 4e9;

  private static final int MOST = 240;
  private static final int FEWEST = 4;

  private final EngineSetup setup;
  private final Setting setting;
  private final Team team;
  private final Samples samples;
  private final int order;
  private final int subnets;
  private final int rounds;
  private double[] matrix = new double[0];
  private double[] infinite = new double[0];

  private Optional<Interval> smallest = Optional.empty();
  private long round;
  private int subnet;
  private int step;
  private int kernels;
  private int seenRounds;
  private double deviation;
  private double displacement;
  private double localMove;
  private double lemma5 = Double.NaN;

  KernelLooks(EngineSetup setup, Setting setting, Team team) {
    this.setup = setup;
    this.setting = setting;
    this.team = team;
    this.samples = Samples.of(setup.data());
    this.order = Math.multiplyExact(setup.data().samples(), setup.data().outputs());
    double n = order;
    double one = n * n * n + n * n * setup.plan().width() / 32;
    int all = (int) Math.clamp(BUDGET / one, FEWEST, MOST);
    this.subnets = Math.min(setup.plan().masks().subnets(), Math.max(1, all / 8));
    this.rounds = Math.max(1, all / (2 * subnets));
  }

  /** Whether a round is to be looked at: evenly spread, the first and the last among them. */
  boolean wants(int k, int all) {
    if (setup.plan().activation().smooth()) {
      return false; // its kernels are not H
    }
    if (all <= rounds || k == 0) {
      return true;
    }
    long gaps = Math.max(1, rounds - 1);
    return k * gaps / (all - 1) > (k - 1) * gaps / (all - 1);
  }

  /** Every round tells how far the whole network has moved. */
  void moved(double displacement) {
    this.displacement = Math.max(this.displacement, displacement);
  }

  void look(long k, Network network, MaskSet masks, RoundReport report) {
    seenRounds++;
    for (int l = 0; l < subnets; l++) {
      kernel(k, l, 0, network, masks);
      if (setup.plan().batch().isEmpty()) {
        trained(k, l, network, masks, report);
      }
    }
  }

  private void kernel(long k, int l, int t, Network network, MaskSet masks) {
    if (matrix.length == 0) {
      matrix = new double[order * order];
    }
    Activations activations =
        Activations.of(samples, network, setup.plan().aggregation().activeAtZero(), team);
    TangentKernel.masked(samples, network, activations, masks, l).form(matrix, team);
    Interval lambda = Interval.of(ExtremeEigenvalues.smallest(matrix, order, team));
    kernels++;
    if (smallest.isEmpty() || lambda.estimate() < smallest.get().estimate()) {
      smallest = Optional.of(lambda);
      round = k;
      subnet = l;
      step = t;
    }
    if (k == 0 && t == 0) {
      deviation = Math.max(deviation, fromInfinite());
    }
  }

  /** ||m o H - H-inf||_2; spends the matrix. */
  private double fromInfinite() {
    if (infinite.length == 0) {
      infinite =
          TangentKernel.infinite(samples, setup.data().outputs(), setting.kernelFactor())
              .form(team);
    }
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] -= infinite[i];
    }
    double top = ExtremeEigenvalues.largest(matrix, order, 1, team).getFirst().value();
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = -matrix[i];
    }
    double bottom = ExtremeEigenvalues.largest(matrix, order, 1, team).getFirst().value();
    return Math.max(top, bottom);
  }

  /** The subnet after its local steps. */
  private void trained(long k, int l, Network network, MaskSet masks, RoundReport report) {
    TrainingPlan plan = setup.plan();
    int[] held = new int[masks.held(l)];
    masks.heldNeurons(l, held);
    MaskSet alone = MaskSet.of(plan.width(), new int[][] {held});
    try (TrainingEngine engine =
        Engines.open(new EngineSetup(alone(plan), setup.steps(), network, setup.data()))) {
      engine.round(new RoundTask(k, alone, false, false));
      Network after = engine.network();
      double move = engine.measure().displacement();
      localMove = Math.max(localMove, move);
      moved(farthest(after));
      lemma5(move, report.subnetErrors()[l * (plan.localSteps() + 1)]);
      kernel(k, l, plan.localSteps(), after, masks);
    }
  }

  /** The plan with one subnet of the same xi, so that its rows come out as they were trained. */
  private static TrainingPlan alone(TrainingPlan plan) {
    return TrainingPlan.builder(plan.width(), new MaskLaw.Bernoulli(1, plan.keepProbability()))
        .scaling(plan.scaling())
        .localSteps(plan.localSteps())
        .stepSize(plan.stepSize())
        .outputStepSize(plan.outputStepSize())
        .trained(plan.trained())
        .precision(plan.precision())
        .engine(plan.engine())
        .threads(plan.threads())
        .build();
  }

  private double farthest(Network after) {
    double[] w = after.hiddenWeights();
    double[] w0 = setup.initial().hiddenWeights();
    int d = after.features();
    double most = 0.0;
    for (int r = 0; r < after.width(); r++) {
      double square = 0.0;
      for (int j = r * d; j < (r + 1) * d; j++) {
        square += (w[j] - w0[j]) * (w[j] - w0[j]);
      }
      most = Math.max(most, square);
    }
    return Math.sqrt(most);
  }

  /** The part of eta tau sqrt(n/m) ||y - uhat_k|| that a move took, in the papers' units. */
  private void lemma5(double move, double error) {
    boolean asked =
        setup.data().outputs() == 1
            && setup.plan().trained() == dev.shallot.plan.TrainedLayers.HIDDEN;
    double bound =
        setting.stepSize()
            * setting.tau()
            * Math.sqrt(setting.n() / setting.m())
            * Math.sqrt(error * setting.errorFactor());
    if (asked && bound > 0) {
      lemma5 = Double.isNaN(lemma5) ? move / bound : Math.max(lemma5, move / bound);
    }
  }

  Optional<RunEvidence.Looks> result() {
    return smallest.map(
        lambda ->
            new RunEvidence.Looks(
                lambda,
                round,
                subnet,
                step,
                kernels,
                seenRounds,
                deviation,
                displacement,
                localMove,
                lemma5));
  }
}
