package dev.shallot.cli;

import dev.shallot.bound.Assumption;
import dev.shallot.bound.BoundReport;
import dev.shallot.bound.Interval;
import dev.shallot.bound.Judgement;
import dev.shallot.bound.Label;
import dev.shallot.bound.Measured;
import dev.shallot.bound.Setting;
import dev.shallot.bound.Standing;
import dev.shallot.bound.Verdict;
import dev.shallot.trial.Theory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Judgements as text of at most 100 columns. */
final class TheoryText {
  private static final int WIDTH = 100;

  /** Assumption or prediction, two numbers, how far off, how known, verdict. */
  private static final String ROW = "  %-45s %10s %10s %7s  %-9s %s";

  private TheoryText() {}

  /** What the words of the table mean. */
  static List<String> words() {
    return List.of(
        "proven     by a proof, rounding included, or by definition of the plan; a bound marked so"
            + " is proven",
        "           only where all assumptions of its statement hold",
        "measured   computed from this data or from weights of this run;  estimated  a limit or a"
            + " fit",
        "order      only the order is published: the number takes the hidden constant as 1 and"
            + " bounds nothing",
        "unproven   published as a bound, but its proof has a gap;  unknown  cannot be said");
  }

  /** lambda_0 and where it lies. */
  static List<String> lambda(Setting s) {
    Interval lambda = s.lambda();
    double reach = Math.max(lambda.high() - lambda.estimate(), lambda.estimate() - lambda.low());
    boolean vanishes = lambda.positive() != Verdict.HOLDS;
    return List.of(
        "lambda_0   %s, proven within %.1e; without xi %s; lambda_max %s"
            .formatted(
                vanishes ? "0" : six(lambda.estimate()),
                reach,
                vanishes ? "0" : six(s.data().lambda().estimate()),
                six(s.largestEigenvalue())));
  }

  /** The plan in the papers' symbols. */
  static List<String> plan(Theory theory) {
    Setting s = theory.setting();
    List<String> lines = new ArrayList<>();
    lines.add(
        "plan       m = %s, %s masks, p = %d, xi = %s, theta = %s, tau = %d, K = %s"
            .formatted(
                View.count(s.plan().width()),
                theory.plan().show(dev.shallot.run.PlanKey.MASK),
                s.p(),
                View.number(s.xi()),
                View.number(s.theta()),
                s.tau(),
                View.count(s.plan().rounds())));
    lines.add(
        "           kappa = %s, eta = %s%s, delta = %s"
            .formatted(
                View.number(s.kappa()),
                View.number(s.stepSize()),
                theory.steps().reason().equals("given") ? "" : " (auto)",
                View.number(s.delta())));
    if (s.labelFactor() != 1.0) {
      lines.add(
          "           masks are inverted: in the papers' units eta is %s / xi^2, errors are times"
                  .formatted(View.number(theory.steps().hidden()))
              + " xi^2");
    }
    return lines;
  }

  static List<String> heading() {
    return List.of(
        ROW.formatted("", "asked,", "actual,", "orders", "", "").stripTrailing(),
        ROW.formatted("", "predicted", "measured", "off", "known", "verdict"));
  }

  /** The table. */
  static List<String> table(List<Judgement> judgements) {
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
    wrap(lines, "  ", judgement.statement().claim());
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
      wrap(
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
    wrap(lines, "  ", verdict(judgement) + note("; ", judgement.note()));
  }

  /** What the assumptions come to. */
  static String verdict(Judgement judgement) {
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
        a.required().map(r -> number(r.estimate())).orElse(""),
        a.actual().map(r -> number(r.estimate())).orElse(""),
        a.ordersOff().isPresent() ? orders(a.ordersOff().getAsDouble()) : "",
        a.standing() == Standing.UNKNOWN ? "-" : a.standing().word(),
        a.verdict().word());
    if (!a.note().isEmpty() && a.verdict() != Verdict.HOLDS && a.standing() != Standing.ORDER) {
      wrap(lines, "      ", a.note());
    }
  }

  private static void report(List<String> lines, Judgement judgement, BoundReport r) {
    row(
        lines,
        "> " + r.title(),
        number(r.predicted()),
        r.measured().map(TheoryText::measured).orElse(""),
        "",
        known(judgement, r),
        r.vacuous() ? "vacuous" : word(r));
    r.measured()
        .filter(m -> m.standardError() > 0)
        .ifPresent(
            m ->
                lines.add(
                    "      measured %s +- %s (standard error, %d seeds)"
                        .formatted(number(m.mean()), number(m.standardError()), m.seeds())));
    if (!r.note().isEmpty()) {
      wrap(lines, "      ", r.note());
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
    return number(m.mean());
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
      wrap(lines, "  ", what);
    }
    lines.add(ROW.formatted(fits ? what : "", asked, actual, off, known, verdict).stripTrailing());
  }

  private static void numbers(List<String> lines, Map<String, Double> numbers) {
    List<String> items = new ArrayList<>();
    numbers.forEach((name, value) -> items.add("%s = %s".formatted(name, number(value))));
    if (!items.isEmpty()) {
      wrap(lines, "  ", String.join(", ", items));
    }
  }

  private static String note(String before, String note) {
    return note.isEmpty() ? "" : before + note;
  }

  /** A line that is too long for the table's width goes on under its second word. */
  static List<String> folded(String line) {
    if (line.length() <= WIDTH) {
      return List.of(line);
    }
    List<String> lines = new ArrayList<>();
    int head = 11;
    wrap(lines, " ".repeat(head), line.substring(head).strip());
    lines.set(0, line.substring(0, head) + lines.getFirst().substring(head));
    return lines;
  }

  /** Breaks a text at blanks. */
  static void wrap(List<String> lines, String indent, String text) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() + 1 > WIDTH && line.length() > indent.length()) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent);
      }
      line.append(line.length() > indent.length() ? " " : "").append(word);
    }
    lines.add(line.toString());
  }

  /** Orders of magnitude that are missing; a minus sign where there is room to spare. */
  static String orders(double orders) {
    if (Double.isInfinite(orders)) {
      return orders > 0 ? "all" : "none";
    }
    String text = String.format(Locale.ROOT, "%.1f", orders);
    return text.equals("-0.0") || text.equals("0.0") ? "0" : text;
  }

  static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinite" : "-infinite";
    }
    if (Double.isNaN(value)) {
      return "none";
    }
    // Probabilities and factors next to 1 would lose what matters.
    if (value < 1 && value > 0.99) {
      return "1-" + String.format(Locale.ROOT, "%.1e", 1 - value);
    }
    return View.number(value);
  }

  private static String six(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  /** Answers to the questions about a run. */
  static List<String> answers(Theory theory, List<Judgement> judgements) {
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
                  number(radius.actual().get().estimate()),
                  number(radius.required().orElseThrow().estimate()),
                  radius.verdict() == Verdict.VIOLATED
                      ? ", %s orders beyond".formatted(orders(radius.ordersOff().orElse(0)))
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
    lazy.reports().stream()
        .filter(r -> r.measured().isPresent())
        .forEach(
            r ->
                lines.add(
                    "       %s: P-LAZY estimates %s, measured %s, ratio %.3g"
                        .formatted(
                            r.title(),
                            number(r.predicted()),
                            number(r.measured().get().mean()),
                            r.ratio().orElse(Double.NaN))));
    return lines;
  }

  private static void answer(List<String> lines, String question, BoundReport r) {
    Optional<Measured> m = r.measured();
    if (m.isEmpty()) {
      lines.add("  ?    %s: not measured, or its interval leaves it open".formatted(question));
      return;
    }
    lines.add(
        "  %s %s: measured %s, %s %s%s"
            .formatted(
                yes(r.holds()),
                question,
                number(m.get().mean()),
                r.claim() == BoundReport.Claim.AT_LEAST ? "at least" : "at most",
                number(r.predicted()),
                r.vacuous() ? " (vacuous)" : ""));
  }

  private static String yes(Verdict verdict) {
    return switch (verdict) {
      case HOLDS -> "yes ";
      case VIOLATED -> "no  ";
      default -> "?   ";
    };
  }

  static Judgement find(List<Judgement> judgements, String id) {
    return judgements.stream().filter(j -> j.statement().id().equals(id)).findFirst().orElseThrow();
  }
}
