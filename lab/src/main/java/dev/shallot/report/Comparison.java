package dev.shallot.report;

import dev.shallot.picture.Figures;
import dev.shallot.run.PlanKey;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Several runs beside each other: their error traces, the plan keys in which they differ, their
 * results.
 */
public final class Comparison {
  /** More lines cannot be told apart. */
  public static final int MOST_RUNS = 12;

  /**
   * A run and what to call it.
   *
   * @param name short, different from the others'
   * @param run its folder
   */
  public record Named(String name, LiveRun run) {}

  private final List<String> names;
  private final List<LiveRun.Compared> runs;

  private Comparison(List<String> names, List<LiveRun.Compared> runs) {
    this.names = names;
    this.runs = runs;
  }

  /**
   * Reads the runs.
   *
   * @param named 1 to {@value #MOST_RUNS} runs
   * @throws NoSuchFileException if one of them is gone
   * @throws IOException if one cannot be read
   * @throws RunException if one is damaged, or there are too many
   */
  public static Comparison of(List<Named> named) throws IOException {
    if (named.isEmpty() || named.size() > MOST_RUNS) {
      throw new RunException(
          "1 to %d runs can be compared in one picture, but %d were given."
              .formatted(MOST_RUNS, named.size()));
    }
    List<LiveRun.Compared> runs = new ArrayList<>();
    for (Named one : named) {
      runs.add(one.run().compared());
    }
    return new Comparison(named.stream().map(Named::name).toList(), runs);
  }

  /** Changes when anything of any run does. */
  public String version() {
    return String.join(" ", runs.stream().map(r -> Long.toString(r.version())).toList());
  }

  /** Names and what was read of the runs. */
  List<String> names() {
    return names;
  }

  List<LiveRun.Compared> runs() {
    return runs;
  }

  /** Whether errors may be compared as they are. */
  boolean comparable() {
    return distinct(r -> r.text("data", "sha256").orElse("")) == 1
        && distinct(r -> r.text("data", "targetNorm").orElse("")) == 1
        && distinct(r -> ErrorKind.of(r).name()) == 1;
  }

  /** What the picture of the errors shows: errors, or parts of the error of answering 0. */
  String errorName() {
    ErrorKind first = ErrorKind.of(runs.getFirst().run());
    if (comparable()) {
      return first.name();
    }
    return distinct(r -> ErrorKind.of(r).name()) == 1
        ? first.relative()
        : "error / error of answering 0";
  }

  /** The document that the page's script draws. */
  public Map<String, Object> tree() {
    List<Object> lines = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      LiveRun.Compared one = runs.get(i);
      Summary summary = new Summary(one.run(), one.log());
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("name", names.get(i));
      line.put("title", summary.title());
      line.put("setting", summary.setting());
      line.put("targetNorm", one.run().numberOrNaN("data", "targetNorm"));
      line.put("stepsPerRound", stepsPerRound(one.run()));
      line.putAll(one.curves());
      lines.add(line);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("runs", lines);
    tree.put("comparable", comparable());
    tree.put("errorName", errorName());
    tree.put("differences", differences());
    tree.put("results", results());
    return tree;
  }

  private static double stepsPerRound(RunDocument run) {
    return run.number("plan", "subnets").orElse(1) * run.number("plan", "local-steps").orElse(1);
  }

  private int distinct(Function<RunDocument, String> of) {
    return new LinkedHashSet<>(runs.stream().map(r -> of.apply(r.run())).toList()).size();
  }

  /** A row: what, its symbol as markup, and a value a run. */
  private Map<String, Object> row(String what, String symbol, List<String> values) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("what", what);
    row.put("symbol", Symbols.markup(symbol));
    row.put("values", values);
    return row;
  }

  private List<String> values(Function<RunDocument, String> of) {
    return runs.stream().map(r -> of.apply(r.run())).toList();
  }

  /** Plan keys and facts of the data that are not the same in all runs. */
  private List<Object> differences() {
    List<Object> rows = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    runs.forEach(r -> keys.addAll(r.run().values("plan").keySet()));
    for (String key : keys) {
      if (distinct(r -> r.text("plan", key).orElse("")) > 1) {
        String symbol = PlanKey.of(key).map(PlanKey::symbol).orElse("");
        rows.add(row(key, symbol, values(r -> r.text("plan", key).orElse(""))));
      }
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("source", "data file");
    facts.put("sha256", "SHA-256 of it");
    facts.put("samples", "samples");
    facts.put("features", "features");
    facts.put("targetNames", "targets");
    facts.forEach(
        (key, name) -> {
          Function<RunDocument, String> of = r -> String.join(", ", r.texts("data", key));
          Function<RunDocument, String> any =
              r -> of.apply(r).isEmpty() ? r.text("data", key).orElse("") : of.apply(r);
          if (distinct(any) > 1) {
            rows.add(row(name, "", values(r -> brief(any.apply(r)))));
          }
        });
    return rows;
  }

  private static String brief(String text) {
    return text.length() <= 48
        ? text
        : text.substring(0, 16) + "…" + text.substring(text.length() - 16);
  }

  private List<Object> results() {
    List<Object> rows = new ArrayList<>();
    rows.add(row("End", "", values(r -> r.text("outcome", "stopReason").orElse("running"))));
    rows.add(row("Rounds in the log", "", texts(one -> Figures.count(one.log().rounds()))));
    rows.add(
        row("Error before training", "G_0", texts(one -> Figures.of(one.log().initialError()))));
    rows.add(row("Last error", "", texts(one -> Figures.of(one.log().lastError()))));
    rows.add(
        row(
            "Relative to answering 0",
            "",
            texts(
                one ->
                    Figures.percent(
                        one.log().lastError() / one.run().numberOrNaN("data", "targetNorm")))));
    for (String part : List.of("heldOutScores", "trainScores")) {
      String of = part.equals("heldOutScores") ? "held out" : "training";
      if (runs.stream().anyMatch(r -> !r.run().scores(part).isEmpty())) {
        if (any(part, s -> !s.classes())) {
          rows.add(row("RMSE, " + of, "", texts(one -> score(one, part, RunDocument.Score::rmse))));
          rows.add(row("R², " + of, "", texts(one -> score(one, part, RunDocument.Score::r2))));
        }
        if (any(part, RunDocument.Score::classes)) {
          rows.add(
              row(
                  "Accuracy, " + of,
                  "",
                  texts(one -> score(one, part, RunDocument.Score::accuracy))));
          rows.add(
              row(
                  "Log loss, " + of,
                  "",
                  texts(one -> score(one, part, RunDocument.Score::logLoss))));
        }
      }
    }
    rows.add(row("Step size", "eta", texts(one -> figure(one, "stepSize"))));
    rows.add(row("Displacement", "", texts(one -> figure(one, "displacement"))));
    rows.add(
        row(
            "Time of training",
            "",
            texts(
                one ->
                    one.run().number("outcome", "trainingSeconds").isPresent()
                        ? Figures.duration(one.run().numberOrNaN("outcome", "trainingSeconds"))
                        : "")));
    return rows;
  }

  private boolean any(String part, java.util.function.Predicate<RunDocument.Score> which) {
    return runs.stream().flatMap(r -> r.run().scores(part).stream()).anyMatch(which);
  }

  private List<String> texts(Function<LiveRun.Compared, String> of) {
    return runs.stream().map(of).toList();
  }

  private static String figure(LiveRun.Compared one, String key) {
    return one.run().number("outcome", key).stream().mapToObj(Figures::of).findFirst().orElse("");
  }

  private static String score(
      LiveRun.Compared one,
      String part,
      java.util.function.ToDoubleFunction<RunDocument.Score> of) {
    List<RunDocument.Score> scores = one.run().scores(part);
    if (scores.isEmpty()) {
      return "";
    }
    double mean = Summary.mean(scores, of);
    return Double.isNaN(mean) ? "not defined" : Figures.of(mean);
  }
}
