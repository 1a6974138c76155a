package dev.shallot.report;

import dev.shallot.picture.Markup;
import java.util.Arrays;
import java.util.List;

/**
 * The places where the script draws, each with its caption; a sentence where there is nothing to
 * draw.
 */
final class ChartFrames {
  private ChartFrames() {}

  static String of(RunSeries series, RunFacts facts, List<String> thinning) {
    StringBuilder html = new StringBuilder();
    html.append("<section>\n<h2>The three phases of a round</h2>\n");
    if (series.hasSteps()) {
      frame(html, "trace", "tall", traceCaption(series));
    } else {
      nothing(
          html,
          "Three-phase loss trace",
          "This run's log holds no step events, so there is no trace to draw. Train with"
              + " events=steps to see each round's sampling, local steps and aggregation.");
    }
    html.append("</section>\n<section>\n<h2>The whole network</h2>\n");
    RunSeries.Rounds rounds = series.rounds();
    if (rounds.count() == 0) {
      nothing(html, "Error by round", "No round is in the event log.");
      return html.append("</section>\n").toString();
    }
    frame(
        html,
        "error",
        "tall",
        "G<sub>k</sub>: "
            + facts.error().name()
            + " of the whole network before round k."
            + (series.hasSteps()
                ? " Thin lines: means over the subnets after sampling (S<sub>k</sub>) and after the"
                    + " last local step (L<sub>k,τ</sub>)."
                : "")
            + (facts.targetNorm() > 0 ? " Dotted: the error of a network that answers 0." : "")
            + gaps(rounds.after()));
    if (Arrays.stream(rounds.heldOut()).anyMatch(Double::isFinite)) {
      frame(
          html,
          "heldOut",
          "tall",
          "The loss that early stopping looks at, on rows that are not trained on, beside the same"
              + " of the rows that are: both divided by their number of rows."
              + (Double.isNaN(facts.keptRound())
                  ? ""
                  : " Dotted: the round whose network was kept."));
    }
    html.append(
        "</section>\n<section>\n<h2>What happened to the neurons</h2>\n<div class=\"pair\">\n");
    frameOrNothing(
        html,
        "displacement",
        "Displacement",
        rounds.displacement(),
        "How far the neuron that moved most is from its start.",
        "No neuron moved.");
    frameOrNothing(
        html,
        "flips",
        "Activation flips",
        rounds.flips(),
        "Share of the m·n pairs (neuron, sample) whose ReLU is on where it was off at the start, or"
            + " the reverse.",
        "No activation differs from its value at the start.");
    frameOrNothing(
        html,
        "uncovered",
        "Uncovered neurons",
        rounds.uncovered(),
        facts.expectedUncovered() > 0
            ? "Neurons that no subnet of the round held. Line and band: m(1\u00a0−\u00a0θ) ±"
                + " 2 standard deviations, θ = 1 − (1 − ξ)<sup>p</sup>."
            : "Neurons that no subnet of the round held.",
        "Every neuron was held by a subnet in every observed round.");
    frameOrNothing(
        html,
        "dead",
        "Dead neurons",
        rounds.dead(),
        "Neurons that are active on no sample.",
        "No neuron was dead after any observed round.");
    html.append("</div>\n</section>\n");
    tracked(html, series.tracked());
    for (String sentence : thinning) {
      html.append("<p class=\"told\">").append(Markup.escape(sentence)).append("</p>\n");
    }
    return html.toString();
  }

  private static void tracked(StringBuilder html, TrackSeries tracked) {
    if (!tracked.any()) {
      return;
    }
    html.append("<section>\n<h2>Beside the theory</h2>\n<div class=\"pair\">\n");
    boolean limits = tracked.lambda0() > 0;
    if (tracked.has("lambdaMin")) {
      frame(
          html,
          "trackSpectrum",
          "low",
          "Smallest eigenvalue of the whole network's tangent kernel H(k), and smallest to largest"
              + " of the masked kernels m ∘ H of the round's subnets."
              + (limits ? " Theorem 2 speaks of λ₀/2." : "")
              + " Measured, not proven.");
    }
    if (tracked.has("drift")) {
      frame(
          html,
          "trackDrift",
          "low",
          "How far the kernel is from its start, ‖H(k) − H(0)‖<sub>F</sub>/‖H(0)‖<sub>F</sub>.");
    }
    if (tracked.has("flipShare")) {
      frame(
          html,
          "trackFlips",
          "low",
          "Share of the m·n activations that differ from their start, before round k.");
    }
    if (tracked.has("farthest")) {
      frame(
          html,
          "trackDistance",
          "low",
          "How far neurons are from their start: the farthest, and the mean."
              + (limits
                  ? " The theorems' argument needs all of them within R = κλ₀/(192 n)."
                  : ""));
    }
    if (!tracked.octaves().isEmpty()) {
      frame(
          html,
          "trackResidual",
          "low",
          "‖y − u<sub>k</sub>‖² split along the eigenvectors of H(0), in octaves of ranks from the"
              + " largest eigenvalue down.");
    }
    if (tracked.has("pl")) {
      frame(
          html,
          "trackPl",
          "low",
          "σ<sub>min</sub>(Φ)², the constant of the Polyak–Łojasiewicz inequality of both layers,"
              + " at the weights of round k.");
    }
    html.append("</div>\n</section>\n");
  }

  private static String traceCaption(RunSeries series) {
    return "Each round: the error G<sub>k</sub> of the whole network, after sampling the mean error"
        + " S<sub>k</sub> of the "
        + (series.subnets() == 1 ? "one subnet" : Summary.plural(series.subnets(), "subnet"))
        + ", then L<sub>k,t</sub> after "
        + (series.localSteps() == 1
            ? "its local step"
            : "each of " + Summary.plural(series.localSteps(), "local step"))
        + ", then A<sub>k</sub> = G<sub>k+1</sub> after aggregation."
        + (series.subnets() > 1
            ? " Light band: smallest to largest subnet; dark band: ± 1 standard deviation, within"
                + " those."
            : "")
        + gaps(series.steps().mean())
        + "<span class=\"screen\"> Slider or wheel to zoom, drag to move; from far away lines join"
        + " the S<sub>k</sub>, the L<sub>k,τ</sub> and the A<sub>k</sub> of neighbouring"
        + " rounds.</span>";
  }

  /** A log axis has no place for zero, and none for what is not finite. */
  private static String gaps(double[] errors) {
    long without = Arrays.stream(errors).filter(e -> !(e > 0 && Double.isFinite(e))).count();
    return without == 0
        ? ""
        : " %s zero or not finite and left out."
            .formatted(Summary.plural((double) without, "value") + (without == 1 ? " is" : " are"));
  }

  private static void frameOrNothing(
      StringBuilder html, String name, String title, double[] values, String caption, String none) {
    boolean any = false;
    boolean measured = false;
    for (double value : values) {
      any |= value > 0;
      measured |= !Double.isNaN(value);
    }
    if (any) {
      frame(html, name, "low", caption);
    } else {
      nothing(html, title, measured ? none : "Not measured.");
    }
  }

  /** A place for a picture. */
  static void frame(StringBuilder html, String name, String size, String caption) {
    html.append(
        """
        <figure>
        <div class="chart %s" data-chart="%s"></div>
        <figcaption>%s %s</figcaption>
        </figure>
        """
            .formatted(size, name, caption, buttons(name)));
  }

  /** What of a picture can be had as a file. */
  static String buttons(String name) {
    return """
    <span class="get"><button type="button" data-csv="%s">Data (CSV)</button>
    <button type="button" data-figure="%s" data-format="svg">SVG</button>
    <button type="button" data-figure="%s" data-format="png">PNG</button></span>\
    """
        .formatted(name, name, name);
  }

  private static void nothing(StringBuilder html, String title, String sentence) {
    html.append("<div class=\"nothing\"><h3>")
        .append(title)
        .append("</h3><p>")
        .append(sentence)
        .append("</p></div>\n");
  }
}
