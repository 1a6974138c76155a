package dev.shallot.cli;

import dev.shallot.bound.Assumption;
import dev.shallot.bound.BoundReport;
import dev.shallot.bound.Judgement;
import dev.shallot.bound.Measured;
import dev.shallot.bound.Verdict;
import dev.shallot.trial.Theory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run showed, question by question. */
final class TheoryAnswers {
  private TheoryAnswers() {}

  /** Answers to the questions about a run. */
  static List<String> of(Theory theory, List<Judgement> judgements) {
    List<String> lines = new ArrayList<>();
    lines.add("What the run shows");
    Judgement two = find(judgements, "T2");
    Judgement one = find(judgements, "H1");
    Judgement lazy = find(judgements, "P-LAZY");
    String id = theory.setting().bernoulli() ? "T3" : "T4";
    Judgement main = find(judgements, id);
    answer(lines, "masked kernels stay above lambda_0/2", two.report("T2c"));
    Assumption radius = two.assumption("RADIUS");
    if (radius.actual().isPresent()) {
      lines.add(
          "  %s weights stay within R: farthest %s, R = %s%s"
              .formatted(
                  yes(radius.verdict()),
                  TheoryText.number(radius.actual().get().estimate()),
                  TheoryText.number(radius.required().orElseThrow().estimate()),
                  radius.verdict() == Verdict.VIOLATED
                      ? ", %s orders beyond"
                          .formatted(TheoryText.orders(radius.ordersOff().orElse(0)))
                      : ""));
    }
    answer(lines, "local losses contract by (4)", one.report("HYP-4"));
    answer(
        lines,
        id.equals("T3")
            ? "the error falls by alpha a round or faster"
            : "the error falls by 1 - q a round or faster",
        main.report(id + "-RATE"));
    answer(lines, "it stays below the bound of " + id, main.report(id + "-BOUND"));
    for (BoundReport report : find(judgements, "COND").reports()) {
      answer(lines, "it falls as fast as COND promises", report);
    }
    lazy.reports().stream()
        .filter(r -> r.measured().isPresent())
        .forEach(
            r ->
                lines.add(
                    "       %s: P-LAZY estimates %s, measured %s%s"
                        .formatted(
                            r.title(),
                            TheoryText.number(r.predicted()),
                            TheoryText.number(r.measured().get().mean()),
                            r.ratio().isPresent()
                                ? ", ratio " + View.number(r.ratio().getAsDouble())
                                : "")));
    return lines;
  }

  private static void answer(List<String> lines, String question, BoundReport r) {
    Optional<Measured> m = r.measured();
    if (m.isEmpty()) {
      lines.add("  ?    %s: cannot be said".formatted(question));
      return;
    }
    lines.add(
        "  %s %s: measured %s, %s %s%s"
            .formatted(
                yes(r.holds()),
                question,
                TheoryText.number(m.get().mean()),
                r.claim() == BoundReport.Claim.AT_MOST ? "at most" : "at least",
                TheoryText.number(r.predicted()),
                r.vacuous() ? " (vacuous)" : ""));
  }

  private static String yes(Verdict verdict) {
    return switch (verdict) {
      case HOLDS -> "yes ";
      case VIOLATED -> "no  ";
      default -> "?   ";
    };
  }

  private static Judgement find(List<Judgement> judgements, String id) {
    return judgements.stream().filter(j -> j.statement().id().equals(id)).findFirst().orElseThrow();
  }
}
