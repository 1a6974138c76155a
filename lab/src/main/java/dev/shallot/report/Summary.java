package dev.shallot.report;

import dev.shallot.picture.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a run came to: one sentence and a few figures. */
final class Summary {
  private final RunDocument run;
  private final Progress log;
  private final RunFacts facts;

  Summary(RunDocument run, Progress log) {
    this.run = run;
    this.log = log;
    this.facts = RunFacts.of(run);
  }

  /** G_0. */
  private double initialError() {
    return run.number("outcome", "initialError").orElse(log.initialError());
  }

  /** The error at the end; of a run without one the last that was measured. */
  private double finalError() {
    return ended() ? run.numberOrNaN("outcome", "finalError") : log.lastError();
  }

  /** Whether the run came to an end of its own making. */
  boolean ended() {
    return !List.of("", "running", "failed").contains(stopReason());
  }

  private double roundsDone() {
    return run.number("outcome", "rounds").orElse(log.rounds());
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
      case "", "running" -> "no end of the run is recorded.";
      default -> sentence.isEmpty() ? "it ended: " + stopReason() + "." : "it ended: " + sentence;
    };
  }

  /** rounds-done, diverged, stopped, interrupted, failed, running, or empty. */
  String stopReason() {
    return run.text("outcome", "stopReason").orElse("");
  }

  /**
   * A figure.
   *
   * @param name what it is
   * @param value for people
   * @param note smaller, below it; may be empty
   */
  record Card(String name, String value, String note) {}

  /** The figures. */
  List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    card(
        cards,
        (!ended() ? "Error so far " : keptAnother() ? "Last error " : "Final error ")
            + ErrorKind.of(run).formula(),
        Figures.of(finalError()),
        "from " + Figures.of(initialError()) + " before training");
    String zero = ErrorKind.of(run).zero();
    if (facts.targetNorm() > 0) {
      card(
          cards,
          "Relative to " + (zero.equals("‖y‖²") ? zero : "the " + zero),
          Figures.percent(finalError() / facts.targetNorm()),
          zero.equals("‖y‖²")
              ? "‖y‖² = " + Figures.of(facts.targetNorm()) + ", the error of answering 0"
              : "which is " + Figures.of(facts.targetNorm()));
    }
    if (!scoreCards(cards, "heldOutScores", "Held-out")) {
      scoreCards(cards, "trainScores", "Training");
    }
    double planned = facts.plannedRounds();
    card(
        cards,
        "Rounds",
        Figures.count(roundsDone()),
        Double.isNaN(planned) ? "" : "of " + Figures.count(planned) + " planned");
    run.number("outcome", "localStepsApplied")
        .ifPresent(
            steps ->
                card(
                    cards,
                    "Local steps applied",
                    Figures.count(steps),
                    "rounds × p × τ, none lost"));
    run.number("outcome", "stepSize")
        .ifPresent(
            eta ->
                card(
                    cards,
                    "Step size η",
                    Figures.of(eta),
                    run.text("plan", "step-size").orElse("").equals("auto") ? "chosen" : "given"));
    run.number("outcome", "seconds")
        .ifPresent(
            seconds ->
                card(
                    cards,
                    "Time",
                    Figures.duration(seconds),
                    run.number("outcome", "trainingSeconds").isPresent()
                        ? Figures.duration(run.numberOrNaN("outcome", "trainingSeconds"))
                            + " of it training"
                        : ""));
    bytesCard(cards);
    return cards;
  }

  private boolean scoreCards(List<Card> cards, String key, String what) {
    List<RunDocument.Score> scores = run.scores(key);
    if (scores.isEmpty()) {
      return false;
    }
    String of =
        scores.size() == 1 ? scores.getFirst().target() : "mean over " + scores.size() + " targets";
    if (scores.getFirst().classes()) {
      card(cards, what + " accuracy", Figures.percent(scores.getFirst().accuracy()), of);
      card(cards, what + " log loss", Figures.of(scores.getFirst().logLoss()), of);
      return true;
    }
    card(cards, what + " RMSE", Figures.of(mean(scores, RunDocument.Score::rmse)), of);
    double r2 = mean(scores, RunDocument.Score::r2);
    card(cards, what + " R²", Double.isNaN(r2) ? "not defined" : Figures.of(r2), of);
    return true;
  }

  static double mean(List<RunDocument.Score> scores, ToDoubleFunction<RunDocument.Score> of) {
    return scores.stream().mapToDouble(of).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  private void bytesCard(List<Card> cards) {
    if (log.observed() == 0 || Double.isNaN(log.bytes())) {
      return;
    }
    double aRound = log.bytes() / log.observed();
    boolean all = log.observed() >= roundsDone();
    card(
        cards,
        run.value("outcome", "traffic").isPresent() ? "Traffic" : "Traffic if distributed",
        (all ? "" : "≈ ") + Figures.bytes(aRound * roundsDone()),
        Figures.bytes(aRound)
            + " a round"
            + (all ? "" : ", from " + plural((double) log.observed(), "observed round")));
  }

  private static void card(List<Card> cards, String name, String value, String note) {
    cards.add(new Card(name, value, note));
  }

  /** All of it, as a page's script shows it. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("title", title());
    tree.put("verdict", verdict());
    tree.put("stopReason", stopReason());
    tree.put("warnings", ended() ? warnings() : log.notes());
    tree.put(
        "cards",
        cards().stream().map(card -> List.of(card.name(), card.value(), card.note())).toList());
    return tree;
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
    double dead = run.numberOrNaN("outcome", "dead");
    double width = run.numberOrNaN("plan", "width");
    if (dead > 0.5 * width) {
      warnings.add(
          "%s of %s neurons were dead at the end, active on no training row: they learn nothing more. Shorter steps or less momentum may keep them alive."
              .formatted(Figures.count(dead), Figures.count(width)));
    }
    if (keptAnother()) {
      warnings.add(
          "The model is that of an earlier round, which early stopping kept; the last error is not"
              + " that model's, the scores are.");
    }
    warnings.addAll(log.notes());
    return warnings;
  }

  /** Whether early stopping kept the network of another round than the last. */
  private boolean keptAnother() {
    double kept = facts.keptRound();
    return ended() && !Double.isNaN(kept) && kept + 1 != roundsDone();
  }

  /** A count with its noun. */
  static String plural(double count, String noun) {
    return Figures.count(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
