package dev.shallot.data;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds what stands between the cells of a text: the character that cuts most of the first records
 * into equally many cells, and of several such the one that leaves most cells numbers. Only when no
 * character does, blanks are tried.
 */
final class SeparatorSniffer {
  private static final char[] CHARACTERS = {',', '\t', ';', '|'};
  private static final int RECORDS = 200;
  private static final double AGREEMENT = 0.7;

  private final TextSource.Head head;
  private final MissingMarks marks;
  private final String name;

  SeparatorSniffer(TextSource.Head head, MissingMarks marks, String name) {
    this.head = head;
    this.marks = marks;
    this.name = name;
  }

  /** The separator, {@link TextRows#BLANKS} for blanks; empty: one column only. */
  Optional<Character> sniff() throws IOException {
    Optional<Score> best = Optional.empty();
    for (char separator : CHARACTERS) {
      Score score = score(separator);
      if (score.cells >= 2 && (best.isEmpty() || score.beats(best.get()))) {
        best = Optional.of(score);
      }
    }
    if (best.isEmpty() || best.get().agreement < AGREEMENT) {
      Score blanks = score(TextRows.BLANKS);
      boolean better =
          best.isEmpty() ? blanks.agreement >= AGREEMENT : blanks.agreement > best.get().agreement;
      if (blanks.cells >= 2 && better) {
        best = Optional.of(blanks);
      }
    }
    return best.map(Score::separator);
  }

  private Score score(char separator) throws IOException {
    // A wrong separator cuts quoted cells badly; what was read before counts.
    List<List<String>> records = sample(head, separator, RECORDS, name).records;
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (List<String> record : records) {
      counts.merge(record.size(), 1, Integer::sum);
    }
    int cells = commonest(counts);
    int agreeing = counts.getOrDefault(cells, 0);
    int numbers = 0;
    int seen = 0;
    for (List<String> record : records) {
      for (String cell : record) {
        seen++;
        numbers += marks.contains(cell) || looksLikeNumber(cell) ? 1 : 0;
      }
    }
    return new Score(
        separator,
        cells,
        records.isEmpty() ? 0.0 : (double) agreeing / records.size(),
        seen == 0 ? 0.0 : (double) numbers / seen);
  }

  /** The first records up to one that is refused; one that may be cut off is left out. */
  static Sample sample(TextSource.Head head, char separator, int most, String name)
      throws IOException {
    List<List<String>> records = new ArrayList<>();
    try (TextRows rows = new TextRows(new StringReader(head.text()), separator, name)) {
      while (records.size() <= most && rows.hasNext()) {
        records.add(rows.next());
      }
    } catch (DataException e) {
      return new Sample(records, Optional.of(e));
    }
    boolean mayBeCut = !head.whole() && records.size() <= most;
    if (records.size() > most || (mayBeCut && records.size() > 1)) {
      records.removeLast();
    }
    return new Sample(records, Optional.empty());
  }

  /** The commonest count; of several the largest. */
  static int commonest(SortedMap<Integer, Integer> counts) {
    int commonest = 0;
    int most = 0;
    for (var entry : counts.entrySet()) {
      if (entry.getValue() >= most) {
        commonest = entry.getKey();
        most = entry.getValue();
      }
    }
    return commonest;
  }

  /** Also with a decimal comma: such a file should fail for that, not for its separator. */
  private static boolean looksLikeNumber(String cell) {
    return Numerals.isNumber(cell) || Numerals.hasDecimalComma(cell);
  }

  /** The cells of the first records, and what is wrong with the one behind them, if anything. */
  record Sample(List<List<String>> records, Optional<DataException> refusal) {}

  private record Score(char separator, int cells, double agreement, double numbers) {
    boolean beats(Score other) {
      boolean bothAgree = agreement >= AGREEMENT && other.agreement >= AGREEMENT;
      if (!bothAgree && agreement != other.agreement) {
        return agreement > other.agreement;
      }
      return numbers != other.numbers ? numbers > other.numbers : cells > other.cells;
    }
  }
}
