package dev.shallot.track;

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
  private final Network network;
  private final double keep;
  private final boolean counted;
  private final double hiddenRate;
  private final double outputRate;
  private final Team team;
  private final boolean atZero;
  private Optional<Activations> activations = Optional.empty();
  private Optional<HiddenLayer> layer = Optional.empty();

  /**
   * @param outputRate eta_v/eta_W
   */
  KernelView(TrainingPlan plan, Samples samples, Network network, double outputRate, Team team) {
    this.samples = samples;
    this.network = network;
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
            ? TangentKernel.finite(samples, network, activations(), keep)
            : TangentKernel.twoRate(samples, layer(), hiddenRate, outputRate, keep);
    kernel.form(matrix, team);
  }

  /** The kernel of a subnet. */
  void subnet(MaskSet masks, int subnet, double[] matrix) {
    TangentKernel kernel =
        counted
            ? TangentKernel.masked(samples, network, activations(), masks, subnet)
            : TangentKernel.twoRate(
                samples, layer().held(masks, subnet), hiddenRate, outputRate, 1.0);
    kernel.form(matrix, team);
  }

  /** Which neuron is active on which sample. */
  Activations activations() {
    Activations found = activations.orElseGet(() -> Activations.of(samples, network, atZero, team));
    activations = Optional.of(found);
    return found;
  }

  /** Values and slopes of all neurons. */
  HiddenLayer layer() {
    HiddenLayer found = layer.orElseGet(() -> HiddenLayer.of(samples, network, true, team));
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
