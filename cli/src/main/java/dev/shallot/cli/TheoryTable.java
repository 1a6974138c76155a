package dev.shallot.cli;

import dev.shallot.bound.Assumption;
import dev.shallot.bound.BoundReport;
import dev.shallot.bound.Judgement;
import dev.shallot.bound.Label;
import dev.shallot.bound.Measured;
import dev.shallot.bound.Standing;
import dev.shallot.bound.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judgements as a table of at most 100 columns. */
final class TheoryTable {
  /** Assumption or prediction, two numbers, how far off, how known, verdict. */
  private static final String ROW = "  %-45s %10s %10s %7s  %-9s %s";

  private TheoryTable() {}

  private static List<String> heading() {
    return List.of(
        ROW.formatted("", "asked,", "actual,", "orders", "", "").stripTrailing(),
        ROW.formatted("", "predicted", "measured", "off", "known", "verdict"));
  }

  /** The table. */
  static List<String> of(List<Judgement> judgements) {
    List<String> lines = new ArrayList<>(heading());
    Map<String, Assumption> shared = shared(judgements);
    lines.add("What several statements ask of data and model");
    shared.values().forEach(a -> assumption(lines, a));
    for (Judgement judgement : judgements) {
      lines.add("");
      statement(lines, judgement, shared);
    }
    return lines;
  }

  /** Assumptions that two relevant statements or more ask for in the same words. */
  private static Map<String, Assumption> shared(List<Judgement> judgements) {
    Map<String, Assumption> once = new LinkedHashMap<>();
    Map<String, Assumption> shared = new LinkedHashMap<>();
    for (Judgement judgement : judgements) {
      for (Assumption a : judgement.assumptions()) {
        String key = key(a);
        if (judgement.relevant() && once.putIfAbsent(key, a) != null) {
          shared.putIfAbsent(key, a);
        }
      }
    }
    return shared;
  }

  private static String key(Assumption a) {
    return a.id() + " " + a.asked();
  }

  private static void statement(
      List<String> lines, Judgement judgement, Map<String, Assumption> shared) {
    if (!judgement.relevant()) {
      Assumption asks = judgement.assumptions().getFirst();
      lines.add(judgement.statement().title() + ": not about this plan");
      lines.add("  asks " + asks.asked() + note(": ", asks.note()));
      return;
    }
    lines.add(judgement.statement().title());
    TheoryText.wrap(lines, "  ", judgement.statement().claim());
    List<String> failing = new ArrayList<>();
    int holding = 0;
    for (Assumption a : judgement.assumptions()) {
      if (!shared.containsKey(key(a))) {
        assumption(lines, a);
      } else if (a.verdict() == Verdict.HOLDS) {
        holding++;
      } else {
        failing.add("\"%s\" is %s".formatted(a.asked(), a.verdict().word()));
      }
    }
    if (holding + failing.size() > 0) {
      TheoryText.wrap(
          lines,
          "  ",
          "of the shared ones above: %d %s%s"
              .formatted(
                  holding,
                  holding == 1 ? "holds" : "hold",
                  failing.isEmpty() ? "" : ", but " + String.join(", ", failing)));
    }
    numbers(lines, judgement.numbers());
    judgement.reports().forEach(r -> report(lines, judgement, r));
    TheoryText.wrap(lines, "  ", verdict(judgement) + note("; ", judgement.note()));
  }

  /** What the assumptions come to. */
  private static String verdict(Judgement judgement) {
    long violated =
        judgement.assumptions().stream().filter(a -> a.verdict() == Verdict.VIOLATED).count();
    long unknown =
        judgement.assumptions().stream().filter(a -> a.verdict() == Verdict.UNKNOWN).count();
    if (judgement.statement().labels().contains(Label.OURS)) {
      return violated > 0 ? "=> made for another model; compare with care" : "=> a prediction";
    }
    return switch (judgement.assumed()) {
      case VIOLATED ->
          "=> %d assumption%s violated%s: it proves nothing here"
              .formatted(
                  violated,
                  violated == 1 ? "" : "s",
                  unknown > 0 ? ", %d unknown".formatted(unknown) : "");
      case UNKNOWN ->
          "=> none violated, %d unknown: whether it applies cannot be said".formatted(unknown);
      default -> "=> all assumptions hold: it applies";
    };
  }

  private static void assumption(List<String> lines, Assumption a) {
    row(
        lines,
        a.asked(),
        a.required().map(r -> TheoryText.number(r.estimate())).orElse(""),
        a.actual().map(r -> TheoryText.number(r.estimate())).orElse(""),
        a.ordersOff().isPresent() ? TheoryText.orders(a.ordersOff().getAsDouble()) : "",
        a.standing() == Standing.UNKNOWN ? "-" : a.standing().word(),
        a.verdict().word());
    if (!a.note().isEmpty() && a.verdict() != Verdict.HOLDS && a.standing() != Standing.ORDER) {
      TheoryText.wrap(lines, "      ", a.note());
    }
  }

  private static void report(List<String> lines, Judgement judgement, BoundReport r) {
    row(
        lines,
        "> " + r.title(),
        TheoryText.number(r.predicted()),
        r.measured().map(TheoryTable::measured).orElse(""),
        "",
        known(judgement, r),
        r.vacuous() ? "vacuous" : word(r));
    r.measured()
        .filter(m -> m.standardError() > 0)
        .ifPresent(
            m ->
                lines.add(
                    "      measured %s +- %s (standard error, %d seeds)"
                        .formatted(
                            TheoryText.number(m.mean()),
                            TheoryText.number(m.standardError()),
                            m.seeds())));
    if (!r.note().isEmpty()) {
      TheoryText.wrap(lines, "      ", r.note());
    }
  }

  private static String word(BoundReport r) {
    return switch (r.holds()) {
      case NOT_APPLICABLE -> "";
      case UNKNOWN -> "unknown";
      default -> r.holds().word();
    };
  }

  private static String known(Judgement judgement, BoundReport r) {
    return switch (r.label()) {
      case EXPL -> judgement.assumed() == Verdict.HOLDS || r.unconditional() ? "proven" : "assumed";
      case ORD -> "order";
      case ERR -> "unproven";
      default -> "estimated";
    };
  }

  private static String measured(Measured m) {
    return TheoryText.number(m.mean());
  }

  private static void row(
      List<String> lines,
      String what,
      String asked,
      String actual,
      String off,
      String known,
      String verdict) {
    boolean fits = what.length() <= 45;
    if (!fits) {
      TheoryText.wrap(lines, "  ", what);
    }
    lines.add(ROW.formatted(fits ? what : "", asked, actual, off, known, verdict).stripTrailing());
  }

  private static void numbers(List<String> lines, Map<String, Double> numbers) {
    List<String> items = new ArrayList<>();
    List<String> printed = new ArrayList<>();
    List<String> careful = new ArrayList<>();
    numbers.forEach(
        (name, value) -> {
          if (name.matches("T[1-6]|B1")) {
            printed.add("%s %s".formatted(name, TheoryText.number(value)));
          } else if (name.endsWith(" careful")) {
            careful.add("%s %s".formatted(name.replace(" careful", ""), TheoryText.number(value)));
          } else {
            items.add("%s = %s".formatted(name, TheoryText.number(value)));
          }
        });
    if (careful.isEmpty()) {
      printed.forEach(one -> items.add(one.replace(" ", " = ")));
    } else {
      TheoryText.wrap(lines, "  ", "as printed: " + String.join(", ", printed));
      TheoryText.wrap(lines, "  ", "all factors: " + String.join(", ", careful));
    }
    if (!items.isEmpty()) {
      TheoryText.wrap(lines, "  ", String.join(", ", items));
    }
  }

  private static String note(String before, String note) {
    return note.isEmpty() ? "" : before + note;
  }
}
