package dev.shallot.report;

import dev.shallot.picture.Markup;
import java.util.regex.Pattern;

/**
 * The paper's symbols as markup: they are written in plain letters wherever a terminal shows them.
 */
final class Symbols {
  private static final String[][] LETTERS = {
    {"\\bxi\\b", "ξ"},
    {"\\btau\\b", "τ"},
    {"\\beta(?=\\b|_)", "η"},
    {"\\bkappa\\b", "κ"},
    {"\\btheta\\b", "θ"},
    {"\\blambda(?=\\b|_)", "λ"},
    {"\\balpha\\b", "α"},
    {"\\bdelta\\b", "δ"},
    {"\\|\\|", "‖"},
  };
  private static final Pattern BELOW = Pattern.compile("_(?:\\{([^}]*)}|(\\w))");
  private static final Pattern ABOVE = Pattern.compile("\\^(?:\\{([^}]*)}|(\\w))");

  private Symbols() {}

  /** As plain text: Greek letters in place of their names, nothing below or above. */
  static String letters(String plain) {
    String text = plain;
    for (String[] letter : LETTERS) {
      text = text.replaceAll(letter[0], letter[1]);
    }
    return text;
  }

  /** {@code eta_a} becomes the letter with its index below. */
  static String markup(String plain) {
    String text = letters(Markup.escape(plain));
    text = BELOW.matcher(text).replaceAll(m -> "<sub>" + inner(m) + "</sub>");
    return ABOVE.matcher(text).replaceAll(m -> "<sup>" + inner(m) + "</sup>");
  }

  private static String inner(java.util.regex.MatchResult match) {
    return match.group(1) == null ? match.group(2) : match.group(1);
  }
}
