package dev.shallot.bench.training;

import dev.shallot.bench.report.Results;
import dev.shallot.bench.report.Results.Row;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Look-ups in the results of {@link GridSection}.
 *
 * @param results of that section
 */
record GridTable(Results results) {
  private static final String MEDIAN = "median_ms";

  Optional<Row> row(String shape, Load load, Who who, int threads) {
    Who measured = who == Who.AUTO ? auto(shape, load, threads).orElse(Who.AUTO) : who;
    return results.rows().stream()
        .filter(
            row ->
                row.is("shape", shape)
                    && row.is("load", load)
                    && row.is("who", measured)
                    && row.is("threads", threads))
        .findFirst();
  }

  /** Milliseconds a local step. */
  Optional<Double> millis(String shape, Load load, Who who, int threads) {
    return row(shape, load, who, threads).map(row -> row.number(MEDIAN));
  }

  /** Which engine auto takes; nothing where it was not measured. */
  Optional<Who> auto(String shape, Load load, int threads) {
    return results.rows().stream()
        .filter(row -> row.is("shape", shape) && row.is("load", load) && row.is("threads", threads))
        .map(row -> Who.valueOf(row.text("auto_takes")))
        .findFirst();
  }

  /** The fastest of some, with any number of threads, in milliseconds a local step. */
  Optional<Double> best(String shape, Load load, Collection<Who> whos) {
    return whos.stream()
        .flatMap(who -> List.of(1, 2).stream().flatMap(t -> millis(shape, load, who, t).stream()))
        .min(Double::compare);
  }

  /** Those of some whom anybody measured at this load. */
  List<Who> present(Load load) {
    return List.of(Who.values()).stream()
        .filter(
            who ->
                who == Who.AUTO
                    || results.rows().stream()
                        .anyMatch(row -> row.is("load", load) && row.is("who", who)))
        .toList();
  }

  /** Shapes that were measured at this load, in order. */
  List<String> shapes(Load load) {
    return GridSection.SHAPES.keySet().stream()
        .filter(
            shape ->
                results.rows().stream().anyMatch(r -> r.is("load", load) && r.is("shape", shape)))
        .toList();
  }
}
