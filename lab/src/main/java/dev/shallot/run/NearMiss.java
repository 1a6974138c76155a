package dev.shallot.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names that somebody may have meant. */
final class NearMiss {
  private NearMiss() {}

  /** Up to three candidates that are close to a name, the closest first. */
  static List<String> of(String name, Collection<String> candidates) {
    String wanted = plain(name);
    int limit = wanted.length() < 4 ? 1 : Math.max(2, wanted.length() / 3);
    return candidates.stream()
        .filter(c -> distance(wanted, plain(c)) <= limit || related(wanted, plain(c)))
        .sorted(Comparator.comparingInt(c -> distance(wanted, plain(c))))
        .limit(3)
        .toList();
  }

  /** A sentence about them, with a leading blank, or nothing. */
  static String sentence(String name, Collection<String> candidates) {
    List<String> close = of(name, candidates);
    return close.isEmpty() ? "" : " Did you mean " + String.join(" or ", close) + "?";
  }

  private static boolean related(String a, String b) {
    return (a.length() >= 3 && b.contains(a)) || (b.length() >= 3 && a.contains(b));
  }

  private static String plain(String name) {
    return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** Insertions, deletions and replacements from one text to the other. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = above[0];
      above[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = above[j];
        above[j] = Math.min(replaced, 1 + Math.min(above[j], above[j - 1]));
      }
    }
    return above[b.length()];
  }
}
