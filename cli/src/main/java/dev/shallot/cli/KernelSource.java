package dev.shallot.cli;

import dev.shallot.data.NpyArray;
import dev.shallot.data.PreparedData;
import dev.shallot.engine.Team;
import dev.shallot.kernel.Activations;
import dev.shallot.kernel.HiddenLayer;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Makes the three kernels of a plan and its data, and says what they are. */
final class KernelSource {
  private final PlanDocument document;
  private final TrainingPlan plan;
  private final Samples samples;
  private final int outputs;
  private final Network network;
  private final MaskSet masks;
  private final double[] targets;
  private final double outputRate;
  private final Team team;
  private Optional<Activations> activations = Optional.empty();
  private Optional<HiddenLayer> layer = Optional.empty();

  KernelSource(PlanDocument document, PreparedData data, double outputRate, Team team) {
    this.document = document;
    this.plan = document.trainingPlan();
    this.samples = Samples.of(data.train());
    this.outputs = data.train().outputs();
    this.network = Run.initialNetwork(document, data.train());
    this.masks = plan.masks().draw(plan.seed(), 0, plan.width());
    this.targets = data.train().y();
    this.outputRate = outputRate;
    this.team = team;
  }

  int samples() {
    return samples.count();
  }

  int outputs() {
    return outputs;
  }

  /** Bytes of data, weights and activations. */
  long bytes() {
    long numbers =
        2L * samples.x().length
            + network.hiddenWeights().length
            + 2L * network.outputWeights().length;
    long layers = plan.activation().smooth() ? 32L * samples() * plan.width() : 0;
    return 8 * numbers + (long) samples() * plan.width() / 4 + layers;
  }

  TangentKernel kernel(KernelKind kind) {
    double xi = plan.keepProbability();
    if (kind == KernelKind.BOTH) {
      return TangentKernel.twoRate(samples, layer(), 1.0, outputRate, xi);
    }
    if (plan.activation().smooth()) {
      return switch (kind) {
        case INFINITE -> smoothLimit();
        case FINITE -> TangentKernel.twoRate(samples, layer(), 1.0, 0.0, xi);
        case MASKED, BOTH -> TangentKernel.twoRate(samples, layer().held(masks, 0), 1.0, 0.0, 1.0);
      };
    }
    return switch (kind) {
      case INFINITE -> TangentKernel.infinite(samples, outputs, infiniteFactor());
      case FINITE -> TangentKernel.finite(samples, network, activations(), plan.keepProbability());
      case MASKED, BOTH -> TangentKernel.masked(samples, network, activations(), masks, 0);
    };
  }

  private TangentKernel smoothLimit() {
    if (document.initialWeights().isPresent()) {
      throw new CliException(
          "the infinite kernel of %s needs the law of the hidden weights, and weights from a file have none: leave infinite out of --kernels."
              .formatted(document.show(PlanKey.ACTIVATION)));
    }
    double deviation =
        plan.initScale() * plan.initialization().hiddenDeviation(plan.width(), samples.features());
    return TangentKernel.infinite(
        samples, outputs, plan.activation(), deviation, infiniteFactor(), 0.0, team);
  }

  /** What training both layers asks for. */
  BothLayers bothLayers() {
    return BothLayers.of(document, plan, samples, targets, network, layer(), outputRate, team);
  }

  private HiddenLayer layer() {
    HiddenLayer found = layer.orElseGet(() -> HiddenLayer.of(samples, network, true, team));
    layer = Optional.of(found);
    return found;
  }

  private Activations activations() {
    Activations found = activations.orElseGet(() -> Activations.of(samples, network, true, team));
    activations = Optional.of(found);
    return found;
  }

  /** xi times m s^2 E[a^2], by the law of the weights or, where they come from a file, by them. */
  private double infiniteFactor() {
    if (document.initialWeights().isEmpty()) {
      return plan.keepProbability()
          * TangentKernel.limitFactor(plan.initialization(), plan.width(), outputs);
    }
    double squares = 0.0;
    for (double a : network.outputWeights()) {
      squares += a * a;
    }
    return plan.keepProbability() * network.scale() * network.scale() * squares / outputs;
  }

  /** The setting in a few words. */
  String words() {
    return "n = %s, d = %s, m = %s, xi = %s%s"
        .formatted(
            View.count(samples()),
            View.count(samples.features()),
            View.count(plan.width()),
            View.number(plan.keepProbability()),
            outputs > 1 ? ", c = " + outputs : "");
  }

  /** What a file of tiles says about itself. */
  String label(KernelKind kind) {
    return "%s tangent kernel %s: %s, seed %d"
        .formatted(kind.word(), kind.symbol(), words(), plan.seed());
  }

  List<String> lines(Set<KernelKind> kinds) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "kernels    of the %s: %s, %s%s weights, seed %d, %s"
            .formatted(
                kinds.contains(KernelKind.BOTH)
                    ? "hidden layer, K of both at eta_v/eta_W = " + View.number(outputRate)
                    : "hidden layer",
                words(),
                plan.activation().smooth() ? document.show(PlanKey.ACTIVATION) + ", " : "",
                document.show(PlanKey.INIT),
                plan.seed(),
                document.show(PlanKey.MASK) + " masks"));
    if (kinds.contains(KernelKind.MASKED)) {
      lines.add(
          "           m o H is that of subnet 0 of round 0, which holds %s of %s neurons"
              .formatted(View.count(masks.held(0)), View.count(plan.width())));
    }
    if (kinds.size() > 1 || !kinds.contains(KernelKind.INFINITE)) {
      lines.add(
          TangentKernel.counted(network.outputWeights())
                  && !plan.activation().smooth()
                  && !kinds.contains(KernelKind.BOTH)
              ? "           sums over neurons are counted exactly (output weights of one size)"
              : "           sums over neurons are float64 sums");
    }
    return lines;
  }

  /** The infinite kernel's eigenvalues as the literature quotes them, where xi is not 1. */
  List<String> withoutKeep(List<KernelSpectrum> spectra) {
    double xi = plan.keepProbability();
    return spectra.stream()
        .filter(s -> s.kind() == KernelKind.INFINITE && xi != 1.0)
        .map(s -> s.lineWithout(xi))
        .toList();
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    Map<String, Object> keys = document.toMap();
    for (PlanKey key : KernelCommand.FLAGS) {
      map.put(key.key(), keys.get(key.key()));
    }
    map.put("samples", samples());
    map.put("outputs", outputs);
    map.put("held", masks.held(0));
    return map;
  }

  /** Adds what the matrices were made of. */
  void arrays(SequencedMap<String, NpyArray> arrays) {
    byte[] mask = new byte[plan.width()];
    for (int r = 0; r < mask.length; r++) {
      mask[r] = (byte) (masks.holds(0, r) ? 1 : 0);
    }
    arrays.put("X", NpyArray.matrix(samples(), samples.features(), samples.x()));
    arrays.put("W", NpyArray.matrix(plan.width(), samples.features(), network.hiddenWeights()));
    arrays.put("a", NpyArray.matrix(plan.width(), outputs, network.outputWeights()));
    arrays.put("scale", new NpyArray(new int[0], new double[] {network.scale()}));
    arrays.put("xi", new NpyArray(new int[0], new double[] {plan.keepProbability()}));
    arrays.put("mask", new NpyArray(new int[] {mask.length}, mask));
  }
}
