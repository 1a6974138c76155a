package dev.shallot.cli;

import dev.shallot.run.Json;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

/**
 * Where a command's words go. For people: results and explanations on standard output. With {@code
 * --json}: one document on standard output, no words. Progress and remarks are always for standard
 * error; {@code --quiet} drops them and the explanations.
 */
final class View {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final boolean quiet;

  View(CommandLine command, CommonOptions options) {
    this.out = command.getOut();
    this.err = command.getErr();
    this.json = options.json;
    this.quiet = options.quiet;
  }

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }

  /** A line of explanation. */
  void explain(String line) {
    if (!json && !quiet) {
      out.println(line);
      out.flush();
    }
  }

  /** A line of the result. */
  void result(String line) {
    if (!json) {
      out.println(line);
      out.flush();
    }
  }

  /** A remark or a line of progress. */
  void remark(String line) {
    if (!quiet) {
      err.println(line);
      err.flush();
    }
  }

  /** The one document of {@code --json}. */
  void document(Map<String, ?> tree) {
    if (json) {
      out.println(Json.write(tree));
      out.flush();
    }
  }

  /** A number with four significant digits, without an exponent where that reads well. */
  static String number(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e6) {
      return Long.toString((long) value);
    }
    if (size >= 1e-3 && size < 1e6) {
      String text =
          new java.math.BigDecimal(value)
              .round(new java.math.MathContext(4))
              .stripTrailingZeros()
              .toPlainString();
      return text;
    }
    return String.format(Locale.ROOT, "%.3e", value);
  }

  /** A whole number with commas between thousands. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A time in words. */
  static String seconds(double seconds) {
    if (seconds < 120.0) {
      return String.format(Locale.ROOT, seconds < 10.0 ? "%.1f s" : "%.0f s", seconds);
    }
    long minutes = Math.round(seconds / 60.0);
    return minutes < 120 ? minutes + " min" : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
