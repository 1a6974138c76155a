package dev.shallot.cli;

import dev.shallot.data.DataFacts;
import dev.shallot.data.PreparedData;
import dev.shallot.kernel.NearestPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the theorems ask of the data, beside {@link Words#facts}.
 *
 * @param unitRows whether ||x_i|| = 1 but for rounding
 * @param pair the two rows nearest to being parallel
 * @param firstRow row of the file, from 1, of the pair's first sample
 * @param secondRow the same for its second sample
 * @param labelBound the smallest C with |y| &lt;= C - 1
 */
record KernelFacts(
    boolean unitRows, Optional<NearestPair> pair, int firstRow, int secondRow, double labelBound) {

  static KernelFacts of(PreparedData data, Optional<NearestPair> pair) {
    double largest = 0.0;
    for (double label : data.train().y()) {
      largest = Math.max(largest, Math.abs(label));
    }
    return new KernelFacts(
        data.facts().rowNormMin() > 1 - 1e-9 && data.facts().rowNormMax() < 1 + 1e-9,
        pair,
        pair.map(p -> data.rows()[p.first()] + 1).orElse(0),
        pair.map(p -> data.rows()[p.second()] + 1).orElse(0),
        1 + largest);
  }

  /** The data's facts with what is known of all pairs, in place of the first rows' alone. */
  DataFacts complete(DataFacts facts) {
    return new DataFacts(
        facts.source(),
        facts.sha256(),
        facts.fileRows(),
        facts.fileColumns(),
        facts.samples(),
        facts.heldOut(),
        facts.features(),
        facts.outputs(),
        facts.featureNames(),
        facts.targetNames(),
        facts.targetNorm(),
        facts.rowNormMin(),
        facts.rowNormMax(),
        pair.isPresent()
            ? OptionalDouble.of(Math.abs(pair.get().cosine()))
            : OptionalDouble.empty(),
        facts.notes().stream().filter(note -> !note.startsWith("the nearest parallel")).toList());
  }

  List<String> lines() {
    String theorem =
        pair.isEmpty()
            ? "pair       no two rows to compare"
            : String.format(
                Locale.ROOT,
                "pair       rows %d and %d are the nearest to parallel: cos = %.6f, %s degrees"
                    + " between their lines%s",
                firstRow,
                secondRow,
                pair.get().cosine(),
                View.number(Math.toDegrees(pair.get().angle())),
                pair.get().angle() == 0.0
                    ? ": they are parallel, and Theorem 1 does not apply"
                    : ", so by Theorem 1 lambda_0 > 0");
    return List.of(
        theorem,
        "labels     |y| <= %s: the theorems' bound |y| <= C - 1 holds with C = %s"
            .formatted(View.number(labelBound - 1), View.number(labelBound)));
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("unitRows", unitRows);
    pair.ifPresent(
        p -> {
          map.put("nearestRows", List.of(firstRow, secondRow));
          map.put("nearestCosine", p.cosine());
          map.put("nearestDegrees", Math.toDegrees(p.angle()));
        });
    map.put("labelBound", labelBound);
    return map;
  }
}
