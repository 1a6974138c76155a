package dev.shallot.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some rounds of a run.
 *
 * @param from the first, counted from 0
 * @param to the last, included; from - 1 if there is none
 */
record RoundRange(long from, long to) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})(?::(\\d{1,15}))?");

  /** N (the first N), FROM:TO, or nothing (all), of a run that took so many rounds. */
  static RoundRange of(Optional<String> text, long taken) {
    if (text.isEmpty()) {
      return new RoundRange(0, taken - 1);
    }
    Matcher matcher = TEXT.matcher(text.get().strip());
    if (!matcher.matches()) {
      throw new RunException(
          "rounds must be N (the first N) or FROM:TO (counted from 0, both included), but are \"%s\"."
              .formatted(text.get()));
    }
    long first = Long.parseLong(matcher.group(1));
    RoundRange range =
        matcher.group(2) == null
            ? new RoundRange(0, first - 1)
            : new RoundRange(first, Long.parseLong(matcher.group(2)));
    if (range.to() >= taken || range.from() > range.to()) {
      throw new RunException(
          "rounds \"%s\" are not there: the run took %s."
              .formatted(text.get(), taken == 0 ? "none" : "rounds 0 to %d".formatted(taken - 1)));
    }
    return range;
  }

  long count() {
    return to - from + 1;
  }
}
