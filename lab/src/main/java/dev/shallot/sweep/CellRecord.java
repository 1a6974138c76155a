package dev.shallot.sweep;

import dev.shallot.plan.StepSizes;
import dev.shallot.run.ClassScore;
import dev.shallot.run.NumberScore;
import dev.shallot.run.RunException;
import dev.shallot.run.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A finished cell as a line of {@code cells.jsonl}. Numbers that are not finite are null there. */
final class CellRecord {
  private CellRecord() {}

  static Map<String, Object> of(CellResult result) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("hash", result.hash());
    map.put("at", result.at());
    map.put("stopReason", result.stopReason());
    map.put("message", result.message());
    map.put("rounds", result.roundsTaken());
    map.put("initialError", result.initialError());
    map.put("finalError", result.finalError());
    result.bestAverage().ifPresent(value -> map.put("bestAverage", value));
    map.put("stepSize", result.steps().hidden());
    map.put("outputStepSize", result.steps().output());
    map.put("stepSizeReason", result.steps().reason());
    map.put("targetNorm", result.targetNorm());
    if (!result.heldOut().isEmpty()) {
      map.put("heldOut", result.heldOut().stream().map(CellRecord::brief).toList());
    }
    if (!result.measured().isEmpty()) {
      Map<String, Object> measured = new LinkedHashMap<>();
      result.measured().forEach((name, series) -> measured.put(name, list(series)));
      map.put("measured", measured);
    }
    map.put("engine", result.engine());
    map.put("seconds", result.seconds());
    Map<String, Object> trace = new LinkedHashMap<>();
    trace.put("rounds", Arrays.stream(result.trace().rounds()).boxed().toList());
    trace.put("errors", list(result.trace().errors()));
    trace.put("sampled", list(result.trace().sampled()));
    trace.put("local", list(result.trace().local()));
    map.put("trace", trace);
    return map;
  }

  /** Without the table of classes, which is long. */
  private static Map<String, Object> brief(Score score) {
    Map<String, Object> map = new LinkedHashMap<>(score.toMap());
    map.remove("classes");
    map.remove("confusion");
    return map;
  }

  private static List<Double> list(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  /** The result of a line; its place in the grid is that of the line. */
  static CellResult read(Map<String, Object> map, String where) {
    if (!(map.get("hash") instanceof String hash
        && map.get("at") instanceof Map<?, ?> at
        && map.get("stopReason") instanceof String stopReason
        && map.get("rounds") instanceof Number rounds
        && map.get("trace") instanceof Map<?, ?> trace)) {
      throw new RunException(
          "%s: a finished cell has hash, at, stopReason, rounds and trace.".formatted(where));
    }
    Map<String, String> labels = new LinkedHashMap<>();
    at.forEach((name, label) -> labels.put(String.valueOf(name), String.valueOf(label)));
    return new CellResult(
        -1,
        labels,
        hash,
        stopReason,
        text(map, "message"),
        rounds.longValue(),
        trace(trace),
        number(map, "initialError"),
        number(map, "finalError"),
        map.get("bestAverage") instanceof Number best
            ? OptionalDouble.of(best.doubleValue())
            : OptionalDouble.empty(),
        new StepSizes(
            number(map, "stepSize"), number(map, "outputStepSize"), text(map, "stepSizeReason")),
        number(map, "targetNorm"),
        scores(map),
        measured(map),
        text(map, "engine"),
        number(map, "seconds"));
  }

  private static String text(Map<String, Object> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  private static double number(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static Trace trace(Map<?, ?> trace) {
    double[] rounds = numbers(trace, "rounds");
    return new Trace(
        Arrays.stream(rounds).mapToLong(r -> (long) r).toArray(),
        numbers(trace, "errors"),
        numbers(trace, "sampled"),
        numbers(trace, "local"));
  }

  /** Null stands for a number that is not finite. */
  private static double[] numbers(Map<?, ?> trace, String key) {
    return trace.get(key) instanceof List<?> list
        ? list.stream()
            .mapToDouble(v -> v instanceof Number number ? number.doubleValue() : Double.NaN)
            .toArray()
        : new double[0];
  }

  private static Map<String, double[]> measured(Map<String, Object> map) {
    Map<String, double[]> measured = new LinkedHashMap<>();
    if (map.get("measured") instanceof Map<?, ?> series) {
      for (Object name : series.keySet()) {
        measured.put(String.valueOf(name), numbers(series, String.valueOf(name)));
      }
    }
    return measured;
  }

  private static List<Score> scores(Map<String, Object> map) {
    List<Score> scores = new ArrayList<>();
    if (map.get("heldOut") instanceof List<?> list) {
      for (Object entry : list) {
        if (entry instanceof Map<?, ?> score) {
          if (score.get("accuracy") instanceof Number) {
            scores.add(
                new ClassScore(
                    String.valueOf(score.get("target")),
                    number(score, "accuracy"),
                    number(score, "logLoss"),
                    List.of(),
                    new long[0]));
            continue;
          }
          scores.add(
              new NumberScore(
                  String.valueOf(score.get("target")),
                  number(score, "rmse"),
                  number(score, "mae"),
                  score.get("r2") instanceof Number r2
                      ? OptionalDouble.of(r2.doubleValue())
                      : OptionalDouble.empty()));
        }
      }
    }
    return scores;
  }
}
