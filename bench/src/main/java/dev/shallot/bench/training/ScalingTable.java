package dev.shallot.bench.training;

import dev.shallot.bench.report.Results;
import dev.shallot.bench.report.Results.Row;
import java.util.List;

/**
 * Look-ups in the results of {@link ScalingSection}.
 *
 * @param results of that section
 */
record ScalingTable(Results results) {

  List<String> shapes() {
    return results.rows().stream().map(row -> row.text("shape")).distinct().toList();
  }

  List<Row> curve(String shape, Axis axis, Who who, int threads) {
    return results.where(
        row ->
            row.is("shape", shape)
                && row.is("axis", axis)
                && row.is("who", who)
                && row.is("threads", threads));
  }

  /** Milliseconds a local step at a point; auto is what it takes there. */
  double millis(String shape, Axis axis, Who who, int threads, double value) {
    Row row = point(shape, axis, who == Who.AUTO ? Who.DENSE : who, threads, value);
    if (who == Who.AUTO) {
      row = point(shape, axis, Who.valueOf(row.text("auto_takes")), threads, value);
    }
    return row.number("median_ms");
  }

  private Row point(String shape, Axis axis, Who who, int threads, double value) {
    return curve(shape, axis, who, threads).stream()
        .filter(row -> row.number("value") == value)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s was not measured at %s = %s of shape %s"
                        .formatted(who, axis.symbol, value, shape)));
  }

  /** The values at which a curve was measured, ascending. */
  double[] values(String shape, Axis axis) {
    return curve(shape, axis, Who.DENSE, 2).stream()
        .mapToDouble(row -> row.number("value"))
        .sorted()
        .toArray();
  }
}
