package dev.shallot.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good predictions of a class are.
 *
 * @param target name
 * @param accuracy share of the rows whose class was predicted, the one with the largest share
 * @param logLoss mean of -ln p, p the share of the right class, at least 2^-52
 * @param classes their names
 * @param confusion classes x classes row-major: rows of a class, by the class that was predicted;
 *     every row counts 1 here, whatever its weight
 */
public record ClassScore(
    String target, double accuracy, double logLoss, List<String> classes, long[] confusion)
    implements Score {
  /** Shares below this count as this: the logarithm stays finite. */
  private static final double LEAST = 0x1p-52;

  /** Tables of more classes are left out of {@code run.json}. */
  private static final int MOST_TOLD = 100;

  static ClassScore of(
      String target, List<String> classes, double[] shares, double[] truth, double[] weights) {
    int c = classes.size();
    Score.check(c, shares, truth, weights);
    long[] confusion = new long[c * c];
    double total = 0.0;
    double right = 0.0;
    double loss = 0.0;
    for (int i = 0; i < truth.length / c; i++) {
      double weight = weights.length == 0 ? 1.0 : weights[i];
      int actual = largest(truth, i * c, c);
      int predicted = largest(shares, i * c, c);
      confusion[actual * c + predicted]++;
      total += weight;
      right += actual == predicted ? weight : 0.0;
      loss -= weight * StrictMath.log(Math.max(LEAST, shares[i * c + actual]));
    }
    return new ClassScore(target, right / total, loss / total, classes, confusion);
  }

  /**
   * The class that outputs or shares say: the first of the largest.
   *
   * @param values the class's is at {@code from}, those of the others behind it
   * @param count how many classes
   * @return the class, from 0
   */
  public static int largest(double[] values, int from, int count) {
    int best = 0;
    for (int o = 1; o < count; o++) {
      best = values[from + o] > values[from + best] ? o : best;
    }
    return best;
  }

  /** Rows of a class that were predicted to be of another, or of itself. */
  public long confused(int actual, int predicted) {
    return confusion[actual * classes.size() + predicted];
  }

  @Override
  public double figure() {
    return logLoss;
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("target", target);
    map.put("accuracy", accuracy);
    map.put("logLoss", logLoss);
    int c = classes.size();
    if (c <= MOST_TOLD && confusion.length > 0) {
      map.put("classes", classes);
      List<List<Long>> rows = new ArrayList<>();
      for (int actual = 0; actual < c; actual++) {
        List<Long> row = new ArrayList<>();
        for (int predicted = 0; predicted < c; predicted++) {
          row.add(confused(actual, predicted));
        }
        rows.add(row);
      }
      map.put("confusion", rows);
    }
    return map;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassScore that && toMap().equals(that.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }
}
