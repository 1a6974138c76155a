package dev.shallot.report;

import dev.shallot.picture.Axis;
import dev.shallot.picture.Lines;
import dev.shallot.picture.PhaseTrace;
import dev.shallot.picture.Picture;
import dev.shallot.run.RunException;
import dev.shallot.sweep.SweepFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The figures of reports as pictures that can be written to files for a paper. */
public final class ReportPictures {
  /** Micro-steps that a trace shows, unless three rounds have more. */
  private static final int TRACE_STEPS = 60;

  private ReportPictures() {}

  /**
   * The pictures of a run, of a sweep, or of several runs.
   *
   * @param folders one or more
   * @return by name, in the report's order
   * @throws RunException if a folder is neither or is damaged
   */
  public static SequencedMap<String, Picture> of(List<Path> folders) {
    if (folders.size() > 1) {
      return comparison(folders);
    }
    Path folder = folders.getFirst();
    return SweepFolder.isSweep(folder) ? SweepPictures.of(folder) : run(folder);
  }

  private static SequencedMap<String, Picture> run(Path folder) {
    RunDocument run = RunDocument.read(folder);
    RunSeries series = EventReader.read(folder.resolve("events.jsonl"), ChartData.DETAIL_STEPS);
    Summary summary = new Summary(run, series.progress());
    SequencedMap<String, Picture> pictures = new LinkedHashMap<>();
    if (series.detailed() > 0) {
      pictures.put("trace", trace(series, summary, ErrorKind.of(run).word()));
    }
    RunSeries.Rounds rounds = series.rounds();
    List<Lines.Series> errors = new ArrayList<>();
    double[] done = Arrays.stream(rounds.round()).map(k -> k + 1).toArray();
    errors.add(
        Lines.Series.plain(
            "whole network: G", with(0, done), with(series.initialError(), rounds.after())));
    if (series.hasSteps()) {
      errors.add(Lines.Series.plain("after sampling: S", rounds.round(), rounds.sampled()));
      errors.add(Lines.Series.plain("after local steps: L", rounds.round(), rounds.trained()));
    }
    RunFacts facts = RunFacts.of(run);
    double norm = facts.targetNorm();
    pictures.put(
        "error",
        new Lines(
            summary.title(),
            summary.setting(),
            Axis.linear("round k"),
            Axis.log(facts.error().name()),
            errors,
            norm > 0 ? List.of(new Lines.Guide(norm, facts.error().zero())) : List.of()));
    if (Arrays.stream(rounds.heldOut()).anyMatch(Double::isFinite)) {
      double[] losses = with(series.initialHeldOut(), rounds.heldOut());
      double[] trained = with(series.initialError(), rounds.after());
      Arrays.setAll(trained, i -> trained[i] / facts.samples());
      pictures.put(
          "held-out",
          new Lines(
              summary.title(),
              summary.setting(),
              Axis.linear("rounds done"),
              Axis.log(facts.error().row()),
              List.of(
                  Lines.Series.plain("rows for early stopping", with(0, done), losses),
                  Lines.Series.plain("rows trained on", with(0, done), trained)),
              List.of()));
    }
    pictures.put(
        "displacement", single(summary, "largest ‖wᵣ − w₀,ᵣ‖", done, rounds.displacement()));
    pictures.put("flips", single(summary, "activation flips", done, rounds.flips()));
    return pictures;
  }

  private static Picture single(Summary summary, String name, double[] done, double[] values) {
    return new Lines(
        summary.title(),
        summary.setting(),
        Axis.linear("rounds done"),
        Axis.linear(name),
        List.of(Lines.Series.plain(name, with(0, done), with(0, values))),
        List.of());
  }

  private static double[] with(double first, double[] rest) {
    double[] all = new double[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  private static Picture trace(RunSeries series, Summary summary, String error) {
    int tau = series.localSteps();
    int count = Math.min(series.detailed(), Math.max(3, TRACE_STEPS / (tau + 2)));
    int steps = count * (tau + 1);
    return new PhaseTrace(
        summary.title(),
        summary.setting(),
        error,
        tau,
        Arrays.copyOf(series.rounds().before(), count),
        Arrays.copyOf(series.steps().mean(), steps),
        Arrays.copyOf(series.steps().deviation(), steps),
        Arrays.copyOf(series.rounds().after(), count));
  }

  private static SequencedMap<String, Picture> comparison(List<Path> folders) {
    Comparison comparison;
    try {
      comparison = Comparison.of(CompareReport.named(folders));
    } catch (IOException e) {
      throw new RunException("cannot read these runs: " + e.getMessage(), e);
    }
    List<Lines.Series> lines = new ArrayList<>();
    for (int i = 0; i < folders.size(); i++) {
      LiveRun.Compared one = comparison.runs().get(i);
      double scale =
          comparison.comparable() ? 1.0 : 1.0 / one.run().numberOrNaN("data", "targetNorm");
      double[] first = numbers(one.curves(), "round");
      double[] last = numbers(one.curves(), "last");
      double[] error = errors(one.curves());
      double[] x = new double[error.length];
      Arrays.setAll(x, j -> (first[j] + last[j]) / 2 + 1);
      double[] y = with(one.log().initialError(), error);
      Arrays.setAll(y, j -> y[j] * scale);
      lines.add(Lines.Series.plain(comparison.names().get(i), with(0, x), y));
    }
    SequencedMap<String, Picture> pictures = new LinkedHashMap<>();
    pictures.put(
        "errors",
        new Lines(
            "Error of the whole network",
            comparison.comparable() ? "" : "not of the same data or loss: relative to answering 0",
            Axis.linear("rounds done"),
            Axis.log(comparison.errorName()),
            lines,
            List.of()));
    return pictures;
  }

  private static double[] errors(Map<String, Object> curves) {
    return curves.get("rounds") instanceof Map<?, ?> rounds
            && rounds.get("error") instanceof Map<?, ?> error
            && error.get("mean") instanceof List<?> mean
        ? numbers(mean)
        : new double[0];
  }

  private static double[] numbers(Map<String, Object> curves, String name) {
    return curves.get("rounds") instanceof Map<?, ?> rounds
            && rounds.get(name) instanceof List<?> values
        ? numbers(values)
        : new double[0];
  }

  private static double[] numbers(List<?> values) {
    return values.stream()
        .mapToDouble(v -> v instanceof Number n ? n.doubleValue() : Double.NaN)
        .toArray();
  }
}
