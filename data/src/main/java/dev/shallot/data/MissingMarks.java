package dev.shallot.data;

import java.util.List;

/** The texts that stand for a missing cell. */
record MissingMarks(List<String> marks) {

  /** Whether a trimmed cell is missing; an empty one always is. */
  boolean contains(String cell) {
    return cell.isEmpty() || marks.contains(cell);
  }
}
