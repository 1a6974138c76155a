package dev.shallot.data;

import java.util.List;

/**
 * Tells whether the first record holds names. A column votes for a header when its first cell is no
 * number while the cells below are, and against it when both are; columns of text or of missing
 * cells do not vote. There is a header when some column votes for it, and no more against it.
 */
final class HeaderDetector {
  private final List<List<String>> records;
  private final MissingMarks marks;

  /** Judges the first records of a file. */
  HeaderDetector(List<List<String>> records, MissingMarks marks) {
    this.records = records;
    this.marks = marks;
  }

  boolean hasHeader() {
    List<String> first = records.getFirst();
    if (records.size() == 1) {
      return first.stream().noneMatch(cell -> marks.contains(cell) || Numerals.isNumber(cell));
    }
    int votesFor = 0;
    int votesAgainst = 0;
    for (int column = 0; column < first.size(); column++) {
      String cell = first.get(column);
      if (!marks.contains(cell) && isNumericBelow(column)) {
        if (Numerals.isNumber(cell)) {
          votesAgainst++;
        } else {
          votesFor++;
        }
      }
    }
    return votesFor > 0 && votesFor >= votesAgainst;
  }

  private boolean isNumericBelow(int column) {
    int numbers = 0;
    int others = 0;
    for (List<String> record : records.subList(1, records.size())) {
      if (column < record.size() && !marks.contains(record.get(column))) {
        if (Numerals.isNumber(record.get(column))) {
          numbers++;
        } else {
          others++;
        }
      }
    }
    return numbers > others;
  }
}
