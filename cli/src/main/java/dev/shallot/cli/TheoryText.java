package dev.shallot.cli;

import dev.shallot.bound.Interval;
import dev.shallot.bound.Setting;
import dev.shallot.bound.Verdict;
import dev.shallot.trial.Theory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words and numbers of {@code shallot theory}, in at most 100 columns. */
final class TheoryText {
  static final int WIDTH = 100;

  private TheoryText() {}

  /** What the words of the table mean. */
  static List<String> words() {
    return List.of(
        "proven     by a proof, rounding included, or by definition of the plan",
        "assumed    a bound that is proven only if all assumptions of its statement hold: some do"
            + " not",
        "measured   computed from this data, or from weights of this run",
        "estimated  a limit or a fit, no bound",
        "order      only an order is published: its number takes the hidden constant as 1, no"
            + " bound",
        "unproven   published as a bound, but the published proof has a gap",
        "unknown    cannot be said: an order, an interval that leaves it open, or nobody looked",
        "vacuous    a bound that says no more than is true without it");
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
      return orders > 0 ? "inf" : "-inf";
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
}
