package dev.shallot.cli;

import dev.shallot.data.DataFacts;
import dev.shallot.data.PreparedData;
import dev.shallot.run.ClassScore;
import dev.shallot.run.NumberScore;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.RunOutcome;
import dev.shallot.run.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Facts, plans and outcomes as lines of text. */
final class Words {
  private Words() {}

  /** What was read and what is trained on. */
  static List<String> facts(PreparedData data) {
    return facts(data, data.facts());
  }

  /** The same, with more that is known of the data by now. */
  static List<String> facts(PreparedData data, DataFacts facts) {
    boolean classes = !data.preprocessing().classes().isEmpty();
    List<String> lines = new ArrayList<>();
    lines.add(
        "data       %s: %s rows, %s columns"
            .formatted(
                facts.source(), View.count(facts.fileRows()), View.count(facts.fileColumns())));
    lines.add(
        "           n = %s samples%s, d = %s features, c = %s %s (%s)"
            .formatted(
                View.count(facts.samples()),
                facts.heldOut() > 0
                    ? " and %s held out".formatted(View.count(facts.heldOut()))
                    : "",
                View.count(facts.features()),
                facts.outputs(),
                classes ? "classes of" : facts.outputs() == 1 ? "target" : "targets",
                shortened(facts.targetNames())));
    boolean unit = facts.rowNormMin() > 1 - 1e-9 && facts.rowNormMax() < 1 + 1e-9;
    lines.add(
        "           %s = %s; %s; %s"
            .formatted(
                classes || data.train().weights().length > 0 ? "error of answering 0" : "||y||^2",
                View.number(facts.targetNorm()),
                unit
                    ? "unit rows"
                    : "row norms %s to %s"
                        .formatted(
                            View.number(facts.rowNormMin()), View.number(facts.rowNormMax())),
                parallel(facts)));
    facts.notes().forEach(note -> lines.add("           - " + note));
    return lines;
  }

  private static String parallel(DataFacts facts) {
    if (facts.nearestParallel().isEmpty()) {
      return "no two rows to compare";
    }
    double cosine = facts.nearestParallel().getAsDouble();
    return cosine > 1 - 1e-9
        ? "two rows are parallel (|cos| = 1), so the tangent kernel may be singular"
        : String.format(Locale.ROOT, "no two rows parallel (largest |cos| = %.5f)", cosine);
  }

  private static String shortened(List<String> names) {
    return names.size() <= 4
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, 3)) + ", ... " + names.get(names.size() - 1);
  }

  /** The merged plan in one compact block, with the paper's symbols. */
  static List<String> plan(PlanDocument plan) {
    return plan(plan, Set.of());
  }

  /** The same without some keys. */
  static List<String> plan(PlanDocument plan, Set<String> without) {
    List<String> lines = new ArrayList<>();
    for (PlanKey.Part part : PlanKey.Part.values()) {
      List<String> items = new ArrayList<>();
      for (PlanKey key : PlanKey.values()) {
        if (key.part() == part
            && !without.contains(key.key())
            && plan.value(key).isPresent()
            && worthTelling(plan, key)) {
          String symbol =
              key.symbol().isEmpty() || key.symbol().length() > 5 ? "" : " (" + key.symbol() + ")";
          items.add("%s%s %s".formatted(key.key(), symbol, plan.show(key)));
        }
      }
      wrap(lines, part == PlanKey.Part.NETWORK ? "plan" : "", items);
    }
    return lines;
  }

  /** Layout details that were detected are told among the notes; what nobody set says nothing. */
  private static boolean worthTelling(PlanDocument plan, PlanKey key) {
    return switch (key) {
      case SEPARATOR, HEADER, NA, OUTPUT_STEP_SIZE, TRACK, TRACK_EVERY, CHECKPOINT_EVERY ->
          !plan.isDefault(key);
      default -> !(key.stops() || PlanDocument.added().containsKey(key)) || !plan.isDefault(key);
    };
  }

  private static void wrap(List<String> lines, String head, List<String> items) {
    String first = head;
    StringBuilder line = new StringBuilder();
    for (String item : items) {
      if (line.length() > 0 && line.length() + item.length() > 84) {
        lines.add("%-10s %s".formatted(first, line.append(',')));
        line.setLength(0);
        first = "";
      }
      line.append(line.length() > 0 ? ", " : "").append(item);
    }
    if (line.length() > 0) {
      lines.add("%-10s %s".formatted(first, line));
    }
  }

  /**
   * How a run ended.
   *
   * @param plan of the run
   */
  static List<String> outcome(RunOutcome outcome, PlanDocument plan) {
    String error = plan.errorName();
    List<String> lines = new ArrayList<>();
    lines.add(
        "error      %s = %s, from %s, after %s rounds (%s local steps) in %s"
            .formatted(
                error,
                View.number(outcome.last().error()),
                View.number(outcome.initial().error()),
                View.count(outcome.rounds()),
                View.count(outcome.localSteps()),
                View.seconds(outcome.trainingSeconds())));
    outcome
        .kept()
        .ifPresent(
            best ->
                lines.add(
                    "kept       %s, with a loss of %s a row on the rows for early stopping"
                        .formatted(best.describe(), View.number(best.loss()))));
    int width = plan.trainingPlan().width();
    if (outcome.last().dead() > width / 2) {
      lines.add(
          "dead       %s of %s neurons are active on no training row and learn nothing more: shorter steps or less momentum may keep them"
              .formatted(View.count(outcome.last().dead()), View.count(width)));
    }
    scores(lines, "train", outcome.trainScores());
    outcome.heldOutScores().ifPresent(scores -> scores(lines, "held out", scores));
    outcome.traffic().ifPresent(t -> lines.addAll(TrafficWords.of(t)));
    outcome.tracked().ifPresent(t -> lines.addAll(TrackWords.of(t, outcome)));
    return lines;
  }

  /** One line a target. */
  static void scores(List<String> lines, String rows, List<Score> scores) {
    for (Score any : scores) {
      if (any instanceof ClassScore classes) {
        lines.add(ClassWords.line(rows, classes));
        continue;
      }
      NumberScore score = any.number();
      lines.add(
          "%-10s RMSE %s, MAE %s, R2 %s%s"
              .formatted(
                  rows,
                  View.number(score.rmse()),
                  View.number(score.mae()),
                  score.r2().isPresent()
                      ? View.number(score.r2().getAsDouble())
                      : "undefined (constant target)",
                  scores.size() > 1 ? "  (" + score.target() + ")" : ""));
    }
  }
}
