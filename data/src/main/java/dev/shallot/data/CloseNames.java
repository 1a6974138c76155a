package dev.shallot.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which names someone may have meant. */
final class CloseNames {
  private static final int SHOWN = 12;
  private static final int CLOSE = 3;

  private CloseNames() {}

  /** A sentence about the names that are close to one, or else about all there are. */
  static String hint(String name, List<String> names) {
    List<Candidate> candidates = new ArrayList<>();
    String wanted = name.toLowerCase(Locale.ROOT);
    int most = wanted.length() / 3;
    for (String candidate : names) {
      String lower = candidate.toLowerCase(Locale.ROOT);
      boolean contains = wanted.length() >= 2 && (lower.contains(wanted) || wanted.contains(lower));
      int distance = distance(wanted, lower);
      if (contains || distance <= most) {
        candidates.add(new Candidate(candidate, contains ? Math.min(distance, most) : distance));
      }
    }
    if (candidates.isEmpty()) {
      return "the columns are " + list(names);
    }
    candidates.sort(Comparator.comparingInt(Candidate::distance));
    List<String> close = candidates.stream().limit(CLOSE).map(Candidate::name).toList();
    return "did you mean " + String.join(" or ", close.stream().map(n -> "'" + n + "'").toList());
  }

  /** Names for people, the first dozen of many. */
  static String list(List<String> names) {
    if (names.size() <= SHOWN) {
      return String.join(", ", names);
    }
    return String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
  }

  /** Levenshtein's distance: insertions, deletions and replacements. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }

  private record Candidate(String name, int distance) {}
}
