package dev.shallot.report;

import dev.shallot.picture.Figures;
import dev.shallot.picture.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a run came to: one sentence and a few figures. */
final class Summary {
  private final RunDocument run;
  private final RunSeries series;
  private final RunFacts facts;

  Summary(RunDocument run, RunSeries series) {
    this.run = run;
    this.series = series;
    this.facts = RunFacts.of(run);
  }

  /** G_0. */
  private double initialError() {
    return run.number("outcome", "initialError").orElse(series.initialError());
  }

  /** The error at the end; of a run without one the last that was measured. */
  private double finalError() {
    return ended() ? run.numberOrNaN("outcome", "finalError") : series.lastError();
  }

  private boolean ended() {
    return List.of(
            "rounds-done",
            "diverged",
            "stopped",
            "interrupted",
            "target-error",
            "plateau",
            "time-budget")
        .contains(stopReason());
  }

  private double roundsDone() {
    double[] rounds = series.rounds().round();
    return run.number("outcome", "rounds")
        .orElse(rounds.length == 0 ? 0 : rounds[rounds.length - 1] + 1);
  }

  /** What the run is about: the file, or the target where it has one name. */
  String title() {
    String source = run.text("data", "source").orElse("");
    String file = source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
    List<String> targets = run.texts("data", "targetNames");
    String target =
        switch (targets.size()) {
          case 0 -> "";
          case 1 -> targets.getFirst();
          default -> targets.size() + " targets";
        };
    if (file.isEmpty()) {
      return target.isEmpty() ? "A Shallot run" : target;
    }
    return target.isEmpty() ? file : target + " from " + file;
  }

  /** Masks, m, p, xi and tau, as plain text. */
  String setting() {
    StringBuilder text = new StringBuilder(facts.maskName().orElse("Masks"));
    symbol(text, "m", Figures.count(facts.width()), facts.width());
    symbol(text, "p", Figures.count(facts.subnets()), facts.subnets());
    if (facts.mask().equals("bernoulli")) {
      symbol(text, "ξ", Figures.exact(facts.keep()), facts.keep());
    }
    symbol(text, "τ", Figures.count(facts.localSteps()), facts.localSteps());
    return text.toString();
  }

  /** The run in a sentence, as plain text. */
  String verdict() {
    return "%s: error %s → %s in %s; %s"
        .formatted(
            setting(),
            Figures.of(initialError()),
            Figures.of(finalError()),
            plural(roundsDone(), "round"),
            ending());
  }

  private static void symbol(StringBuilder text, String symbol, String value, double known) {
    if (!Double.isNaN(known)) {
      text.append(", ").append(symbol).append(" = ").append(value);
    }
  }

  private String ending() {
    String message = run.text("outcome", "stopMessage").orElse("");
    String sentence = message.isEmpty() || message.endsWith(".") ? message : message + ".";
    return switch (stopReason()) {
      case "rounds-done" -> "all rounds are done.";
      case "diverged" -> sentence.isEmpty() ? "it diverged." : "it diverged: " + sentence;
      case "stopped" -> sentence.isEmpty() ? "it was stopped." : "it was stopped: " + sentence;
      case "target-error" -> "it stopped at its target error: " + sentence;
      case "plateau" -> "it stopped on a plateau: " + sentence;
      case "time-budget" -> "it stopped when its time was spent: " + sentence;
      case "interrupted" -> "it was interrupted and can go on.";
      case "failed" -> sentence.isEmpty() ? "it failed." : "it failed: " + sentence;
      default -> "no end of the run is recorded.";
    };
  }

  /** rounds-done, diverged, stopped, interrupted, failed, running, or empty. */
  String stopReason() {
    return run.text("outcome", "stopReason").orElse("");
  }

  /** The figures, as markup. */
  String cards() {
    StringBuilder html = new StringBuilder();
    card(
        html,
        "Final error ‖y − u‖²",
        Figures.of(finalError()),
        "from " + Figures.of(initialError()) + " before training");
    if (facts.targetNorm() > 0) {
      card(
          html,
          "Relative to ‖y‖²",
          Figures.percent(finalError() / facts.targetNorm()),
          "‖y‖² = " + Figures.of(facts.targetNorm()) + ", the error of answering 0");
    }
    if (!scoreCards(html, "heldOutScores", "Held-out")) {
      scoreCards(html, "trainScores", "Training");
    }
    double planned = facts.plannedRounds();
    card(
        html,
        "Rounds",
        Figures.count(roundsDone()),
        Double.isNaN(planned) ? "" : "of " + Figures.count(planned) + " planned");
    run.number("outcome", "localStepsApplied")
        .ifPresent(
            steps ->
                card(
                    html,
                    "Local steps applied",
                    Figures.count(steps),
                    "rounds × p × τ, none lost"));
    run.number("outcome", "stepSize")
        .ifPresent(
            eta ->
                card(
                    html,
                    "Step size η",
                    Figures.of(eta),
                    run.text("plan", "step-size").orElse("").equals("auto") ? "chosen" : "given"));
    run.number("outcome", "seconds")
        .ifPresent(
            seconds ->
                card(
                    html,
                    "Time",
                    Figures.duration(seconds),
                    run.number("outcome", "trainingSeconds").isPresent()
                        ? Figures.duration(run.numberOrNaN("outcome", "trainingSeconds"))
                            + " of it training"
                        : ""));
    bytesCard(html);
    return html.toString();
  }

  private boolean scoreCards(StringBuilder html, String key, String what) {
    List<RunDocument.Score> scores = run.scores(key);
    if (scores.isEmpty()) {
      return false;
    }
    String of =
        scores.size() == 1 ? scores.getFirst().target() : "mean over " + scores.size() + " targets";
    card(html, what + " RMSE", Figures.of(mean(scores, RunDocument.Score::rmse)), of);
    double r2 = mean(scores, RunDocument.Score::r2);
    card(html, what + " R²", Double.isNaN(r2) ? "not defined" : Figures.of(r2), of);
    return true;
  }

  private static double mean(
      List<RunDocument.Score> scores, ToDoubleFunction<RunDocument.Score> of) {
    return scores.stream().mapToDouble(of).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  private void bytesCard(StringBuilder html) {
    double[] bytes = series.rounds().bytes();
    double sum = 0.0;
    for (double b : bytes) {
      sum += b;
    }
    if (bytes.length == 0 || Double.isNaN(sum)) {
      return;
    }
    double aRound = sum / bytes.length;
    boolean all = bytes.length >= roundsDone();
    card(
        html,
        "Traffic if distributed",
        (all ? "" : "≈ ") + Figures.bytes(aRound * roundsDone()),
        Figures.bytes(aRound)
            + " a round"
            + (all ? "" : ", from " + plural(bytes.length, "observed round")));
  }

  private static void card(StringBuilder html, String name, String value, String note) {
    html.append("<div class=\"card\"><dt>")
        .append(Markup.escape(name))
        .append("</dt><dd>")
        .append(Markup.escape(value))
        .append("</dd><dd class=\"note\">")
        .append(Markup.escape(note))
        .append("</dd></div>\n");
  }

  /** Sentences above the pictures: how the run ended badly, what the log lacks. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (stopReason().equals("diverged")) {
      warnings.add("This run diverged, so there is no model.");
    }
    if (!ended()) {
      warnings.add(
          "The run was not finished: it is still going, was killed, or failed. What follows is what"
              + " its event log holds so far.");
    }
    warnings.addAll(series.notes());
    return warnings;
  }

  /** A count with its noun. */
  static String plural(double count, String noun) {
    return Figures.count(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
