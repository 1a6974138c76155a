package dev.shallot.track;

import dev.shallot.engine.NetworkView;
import dev.shallot.engine.Team;
import dev.shallot.kernel.Activations;
import dev.shallot.kernel.HiddenLayer;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Activation;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingPlan;
import java.util.Optional;

/**
 * The kernels of the layers that a run trains, at the weights of a moment: the papers' H and m o H
 * where ReLU's hidden layer is trained alone (then gates are counted), the two-rate kernel
 * otherwise, in units of the hidden layer's step size; of the output layer alone in units of its
 * own.
 */
final class KernelView {
  private final Samples samples;
  private final Network start;
  private final NetworkView view;
  private final double keep;
  private final boolean counted;
  private final double hiddenRate;
  private final double outputRate;
  private final Team team;
  private final boolean atZero;
  private Optional<Network> network = Optional.empty();
  private Optional<Activations> activations = Optional.empty();
  private Optional<HiddenLayer> layer = Optional.empty();

  /**
   * @param start the network at the start; a trained hidden layer keeps its output weights
   * @param view the network now
   * @param outputRate eta_v/eta_W
   */
  KernelView(
      TrainingPlan plan,
      Samples samples,
      Network start,
      NetworkView view,
      double outputRate,
      Team team) {
    this.samples = samples;
    this.start = start;
    this.view = view;
    this.keep = plan.keepProbability();
    this.counted = counted(plan);
    this.hiddenRate = plan.trained().hidden() ? 1.0 : 0.0;
    this.outputRate =
        plan.trained() == TrainedLayers.BOTH ? outputRate : plan.trained().output() ? 1.0 : 0.0;
    this.team = team;
    this.atZero = plan.aggregation().activeAtZero();
  }

  static boolean counted(TrainingPlan plan) {
    return plan.activation() == Activation.RELU && plan.trained() == TrainedLayers.HIDDEN;
  }

  /** The whole network's kernel, xi included. */
  void whole(double[] matrix) {
    TangentKernel kernel =
        counted
            ? TangentKernel.finite(samples, start, activations(), keep)
            : TangentKernel.twoRate(samples, layer(), hiddenRate, outputRate, keep);
    kernel.form(matrix, team);
  }

  /** The kernel of a subnet. */
  void subnet(MaskSet masks, int subnet, double[] matrix) {
    TangentKernel kernel =
        counted
            ? TangentKernel.masked(samples, start, activations(), masks, subnet)
            : TangentKernel.twoRate(
                samples, layer().held(masks, subnet), hiddenRate, outputRate, 1.0);
    kernel.form(matrix, team);
  }

  /** Which neuron is active on which sample. */
  Activations activations() {
    Activations found = activations.orElseGet(this::lookAtActivations);
    activations = Optional.of(found);
    return found;
  }

  private Activations lookAtActivations() {
    Optional<long[]> rows = view.activations();
    return rows.isPresent()
        ? Activations.of(samples.count(), start.width(), rows.get())
        : Activations.of(samples, network(), atZero, team);
  }

  /** The weights, asked for once. */
  Network network() {
    Network found = network.orElseGet(view::network);
    network = Optional.of(found);
    return found;
  }

  /** ||w_r - first_r||^2 of each neuron. */
  double[] squaredDisplacements(double[] first) {
    double[] now = network().hiddenWeights();
    int d = network().features();
    double[] squares = new double[network().width()];
    for (int r = 0; r < squares.length; r++) {
      for (int j = r * d; j < (r + 1) * d; j++) {
        squares[r] += (now[j] - first[j]) * (now[j] - first[j]);
      }
    }
    return squares;
  }

  /** Values and slopes of all neurons. */
  HiddenLayer layer() {
    HiddenLayer found = layer.orElseGet(() -> HiddenLayer.of(samples, network(), true, team));
    layer = Optional.of(found);
    return found;
  }

  /** ||now - first||_F / ||first||_F. */
  static double drift(double[] first, double[] now) {
    double moved = 0.0;
    double size = 0.0;
    for (int i = 0; i < first.length; i++) {
      moved += (now[i] - first[i]) * (now[i] - first[i]);
      size += first[i] * first[i];
    }
    return Math.sqrt(moved / size);
  }
}
