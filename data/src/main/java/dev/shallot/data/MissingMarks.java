package dev.shallot.data;

import java.util.List;

/** The texts that stand for a missing cell. */
final class MissingMarks {
  private final List<String> marks;
  private final int longest;

  MissingMarks(List<String> marks) {
    this.marks = marks;
    this.longest = marks.stream().mapToInt(String::length).max().orElse(0);
  }

  /** Whether a trimmed cell is missing; an empty one always is. */
  boolean contains(char[] text, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return true;
    }
    if (length > longest) {
      return false;
    }
    for (String mark : marks) {
      if (mark.length() == length && matches(mark, text, from)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a trimmed cell is missing. */
  boolean contains(String cell) {
    return cell.isEmpty() || marks.contains(cell);
  }

  private static boolean matches(String mark, char[] text, int from) {
    for (int i = 0; i < mark.length(); i++) {
      if (text[from + i] != mark.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
