package dev.shallot.data;

import java.util.List;
import java.util.Optional;

/**
 * How a text file is laid out. Binary files (Parquet, NPZ) use the missing marks only, for their
 * text columns.
 *
 * @param separator between cells: one character, {@code tab}, or {@code whitespace} for one or
 *     several blanks or tabs; empty: detected
 * @param header whether the first row holds names; empty: detected
 * @param missingMarks cells that mean "missing", compared after trimming; an empty cell always does
 */
public record TableFormat(
    Optional<String> separator, Optional<Boolean> header, List<String> missingMarks) {

  /** The separator of files whose cells stand apart by any number of blanks or tabs. */
  public static final String WHITESPACE = "whitespace";

  /** What means "missing" unless said otherwise. */
  public static final List<String> DEFAULT_MISSING_MARKS =
      List.of("", "?", "NA", "N/A", "NaN", "nan", "null", "NULL", "-");

  public TableFormat {
    separator = separator.map(TableFormat::canonical);
    missingMarks = missingMarks.stream().map(String::strip).distinct().toList();
  }

  /** Everything detected, and the usual missing marks. */
  public static TableFormat detect() {
    return new TableFormat(Optional.empty(), Optional.empty(), DEFAULT_MISSING_MARKS);
  }

  private static String canonical(String separator) {
    String character =
        switch (separator) {
          case "tab", "\\t" -> "\t";
          case "blank", "space", " " -> WHITESPACE;
          default -> separator;
        };
    boolean usable =
        character.equals(WHITESPACE)
            || (character.length() == 1
                && character.charAt(0) < 128
                && !Character.isLetterOrDigit(character.charAt(0))
                && "\"\n\r.+-".indexOf(character.charAt(0)) < 0);
    if (!usable) {
      throw new DataException(
          "the separator must be one character such as ',' ';' '|', or 'tab' or 'whitespace', but"
              + " is '"
              + separator
              + "'");
    }
    return character;
  }
}
