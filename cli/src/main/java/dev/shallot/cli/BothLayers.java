package dev.shallot.cli;

import dev.shallot.bound.ConditionWidth;
import dev.shallot.bound.LayerSpectrum;
import dev.shallot.bound.LocalSmoothness;
import dev.shallot.bound.TwoRateCondition;
import dev.shallot.engine.Team;
import dev.shallot.kernel.HiddenLayer;
import dev.shallot.kernel.Samples;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.run.PlanDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is known of training both layers from given weights, without masks.
 *
 * @param features the ends of the spectrum of Phi Phi^T
 * @param condition COND
 * @param smoothness a bound on the Hessian
 * @param width from where on COND is expected; empty where no width will do or none is known
 * @param neurons m
 */
record BothLayers(
    LayerSpectrum features,
    TwoRateCondition condition,
    LocalSmoothness smoothness,
    OptionalLong width,
    int neurons) {

  static BothLayers of(
      PlanDocument document,
      TrainingPlan plan,
      Samples samples,
      double[] targets,
      Network network,
      HiddenLayer layer,
      double outputRate,
      Team team) {
    double ratio = 1.0 / outputRate;
    OptionalLong width =
        document.initialWeights().isPresent() || plan.initScale() == 0.0
            ? OptionalLong.empty()
            : ConditionWidth.estimate(
                samples,
                targets,
                plan.initialization(),
                plan.initScale(),
                plan.activation(),
                ratio,
                team);
    return new BothLayers(
        LayerSpectrum.of(samples, layer, team),
        TwoRateCondition.at(samples, targets, network, ratio, team),
        LocalSmoothness.at(samples, targets, layer, plan.activation(), team),
        width,
        plan.width());
  }

  List<String> lines() {
    String margin =
        condition.smallestSingular() == 0.0
            ? "fails: the features have fewer independent columns than samples"
            : condition.holds()
                ? "holds, by a factor of " + View.number(condition.right() / condition.left())
                : "fails, by a factor of " + View.number(condition.left() / condition.right());
    return List.of(
        "features   singular values of Phi at the start: smallest %s, largest %s"
            .formatted(
                View.number(Math.sqrt(features.smallest())),
                View.number(Math.sqrt(features.largest()))),
        "           PL: ||grad h||^2 >= 2 sigma_min^2 h with sigma_min^2 = %s, measured, at these"
                .formatted(View.number(features.smallest()))
            + " weights alone",
        "smoothness ||Hessian|| <= %s = %s (kernel) + %s (curvature) + %s (coupling), proven for these"
                .formatted(
                    View.number(smoothness.bound()),
                    View.number(smoothness.tangent()),
                    View.number(smoothness.curvature()),
                    View.number(smoothness.coupling()))
            + " weights alone",
        "COND       8 (eta_W/eta_v) s^2 L^2 ||X||^2 V ||r0|| = %s <= sigma_min^3 = %s %s"
            .formatted(View.number(condition.left()), View.number(condition.right()), margin),
        "           if it holds, gradient flow without masks reaches zero error (ours, proven,"
            + " sufficient"
            + " only); m = %s here, ".formatted(View.count(neurons))
            + (width.isPresent()
                ? "expected to hold from m = %s on (estimated)"
                    .formatted(View.count(width.getAsLong()))
                : "no width is known from which it would hold"));
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("label", "OURS");
    map.put("smallestSingular", Math.sqrt(features.smallest()));
    map.put("largestSingular", Math.sqrt(features.largest()));
    map.put("plConstant", features.smallest());
    map.put("smoothnessBound", smoothness.bound());
    map.put("condLeft", finite(condition.left()));
    map.put("condRight", condition.right());
    map.put("condHolds", condition.holds());
    width.ifPresent(m -> map.put("condWidthEstimated", m));
    return map;
  }

  /** JSON has no infinity; the left side has one where there is no smallest singular value. */
  private static Object finite(double value) {
    return Double.isFinite(value) ? (Object) value : "infinite";
  }
}
