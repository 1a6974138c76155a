package dev.shallot.lemma;

import dev.shallot.mask.MaskSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjDoubleConsumer;

/** Every mask of a few neurons with its probability; p m at most 16. */
final class Masks {
  private Masks() {}

  static void bernoulli(int p, int m, double xi, ObjDoubleConsumer<MaskSet> use) {
    for (int code = 0; code < 1 << (p * m); code++) {
      int ones = Integer.bitCount(code);
      use.accept(rows(p, m, code), Math.pow(xi, ones) * Math.pow(1 - xi, p * m - ones));
    }
  }

  private static MaskSet rows(int p, int m, int code) {
    int[][] rows = new int[p][];
    for (int l = 0; l < p; l++) {
      List<Integer> held = new ArrayList<>();
      for (int r = 0; r < m; r++) {
        if ((code >>> (l * m + r) & 1) != 0) {
          held.add(r);
        }
      }
      rows[l] = held.stream().mapToInt(Integer::intValue).toArray();
    }
    return MaskSet.of(m, rows);
  }
}
