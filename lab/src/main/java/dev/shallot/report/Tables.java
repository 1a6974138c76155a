package dev.shallot.report;

import dev.shallot.picture.Figures;
import dev.shallot.picture.Markup;
import dev.shallot.run.PlanKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables of a report, as markup. */
final class Tables {
  private static final Map<String, String> DATA =
      Map.ofEntries(
          Map.entry("source", "Source"),
          Map.entry("sha256", "SHA-256 of the file"),
          Map.entry("fileRows", "Rows of the file"),
          Map.entry("fileColumns", "Columns of the file"),
          Map.entry("samples", "Samples trained on, n"),
          Map.entry("heldOut", "Samples held out"),
          Map.entry("features", "Features, d"),
          Map.entry("outputs", "Outputs, c"),
          Map.entry("featureNames", "Features"),
          Map.entry("targetNames", "Targets"),
          Map.entry("targetNorm", "Error of answering 0"),
          Map.entry("rowNormMin", "Smallest row norm ‖x<sub>i</sub>‖"),
          Map.entry("rowNormMax", "Largest row norm ‖x<sub>i</sub>‖"),
          Map.entry(
              "nearestParallel", "Nearest to parallel, max |cos(x<sub>i</sub>, x<sub>j</sub>)|"));

  private static final Map<String, String> PROVENANCE =
      Map.of(
          "command", "Command",
          "version", "Shallot",
          "jvm", "Java",
          "os", "System",
          "arch", "Architecture",
          "cpu", "Processor",
          "cores", "Cores",
          "simd", "Vector instructions",
          "started", "Started");

  private static final Map<String, String> OUTCOME =
      Map.ofEntries(
          Map.entry("stopReason", "End"),
          Map.entry("stopMessage", "In words"),
          Map.entry("rounds", "Rounds done"),
          Map.entry("localStepsApplied", "Local steps applied"),
          Map.entry("initialError", "Initial error G<sub>0</sub>"),
          Map.entry("finalError", "Final error"),
          Map.entry("stepSize", "Step size η"),
          Map.entry("stableStepSize", "Largest stable step size"),
          Map.entry("outputStepSize", "Step size of the output layer η<sub>a</sub>"),
          Map.entry("stepSizeReason", "Why this step size"),
          Map.entry("engine", "Engine"),
          Map.entry("precision", "Precision"),
          Map.entry(
              "displacement", "Displacement max<sub>r</sub> ‖w<sub>r</sub> − w<sub>0,r</sub>‖"),
          Map.entry("flips", "Activation flips, of m·n"),
          Map.entry("dead", "Dead neurons"),
          Map.entry("seconds", "Time in all"),
          Map.entry("trainingSeconds", "Time of training"));

  private static final Set<String> COUNTS =
      Set.of(
          "fileRows", "fileColumns", "samples", "heldOut", "rounds", "localStepsApplied", "flips");

  private static final Set<String> TIMES = Set.of("seconds", "trainingSeconds");

  private static final int NAMES_SHOWN = 24;

  private final RunDocument run;

  Tables(RunDocument run) {
    this.run = run;
  }

  /** Key, symbol, value, meaning. */
  String plan() {
    List<List<String>> rows = new ArrayList<>();
    run.values("plan")
        .forEach(
            (key, value) -> {
              if (value.isEmpty()) {
                return;
              }
              Optional<PlanKey> known = PlanKey.of(key);
              rows.add(
                  List.of(
                      "<code>" + Markup.escape(key) + "</code>",
                      known.map(k -> Symbols.markup(k.symbol())).orElse(""),
                      Markup.escape(value),
                      known.map(k -> Markup.escape(k.description())).orElse("")));
            });
    return Markup.table(List.of("Key", "Symbol", "Value", "Meaning"), rows, 0);
  }

  /** The data facts and, below, the notes. */
  String data() {
    String table = section("data", DATA, Set.of("notes"));
    List<String> notes = run.texts("data", "notes");
    if (notes.isEmpty()) {
      return table;
    }
    StringBuilder html = new StringBuilder(table).append("<h3>Notes</h3>\n<ul>");
    notes.forEach(note -> html.append("<li>").append(Markup.escape(note)).append("</li>\n"));
    return html.append("</ul>").toString();
  }

  /** Who, where and when. */
  String provenance() {
    return section("provenance", PROVENANCE, Set.of());
  }

  /** How it ended. */
  String outcome() {
    Set<String> elsewhere = new HashSet<>(OutcomeRows.KEYS);
    elsewhere.addAll(Set.of("trainScores", "heldOutScores"));
    List<List<String>> rows = rows("outcome", OUTCOME, elsewhere);
    rows.addAll(new OutcomeRows(run).rows());
    return Markup.table(List.of(), rows, 0);
  }

  /** Scores in the units of the file, training beside held-out. */
  String scores() {
    List<List<String>> rows = new ArrayList<>();
    List<RunDocument.Score> training = run.scores("trainScores");
    List<RunDocument.Score> heldOut = run.scores("heldOutScores");
    for (int i = 0; i < Math.max(training.size(), heldOut.size()); i++) {
      score(rows, training, i, "training");
      score(rows, heldOut, i, "held out");
    }
    if (rows.isEmpty()) {
      return "<p>None are recorded.</p>";
    }
    return classes(training)
        ? Markup.table(List.of("Target", "Rows", "Accuracy", "Log loss"), rows, 2)
        : Markup.table(List.of("Target", "Rows", "RMSE", "MAE", "R²"), rows, 3);
  }

  private static boolean classes(List<RunDocument.Score> scores) {
    return scores.stream().anyMatch(RunDocument.Score::classes);
  }

  /** The run beside its baselines; empty if none were computed. */
  String baselines() {
    List<RunDocument.Beside> all = run.baselines();
    if (all.isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    beside(
        rows,
        new RunDocument.Beside(
            "this run",
            run.numberOrNaN("outcome", "finalError"),
            run.scores("trainScores"),
            run.scores("heldOutScores"),
            run.numberOrNaN("outcome", "trainingSeconds"),
            "masked training"));
    all.forEach(one -> beside(rows, one));
    return "<section>\n<h2>Baselines</h2>\n"
        + Markup.table(
            classes(run.scores("trainScores"))
                ? List.of("", "−Σ ln p", "Log loss, training", "held out", "Time", "What it is")
                : List.of("", "‖y − f‖²", "RMSE, training", "RMSE, held out", "Time", "What it is"),
            rows,
            4)
        + "</section>\n";
  }

  private static void beside(List<List<String>> rows, RunDocument.Beside one) {
    rows.add(
        List.of(
            Markup.escape(one.name()),
            Double.isNaN(one.error()) ? "–" : Figures.of(one.error()),
            rmse(one.train()),
            rmse(one.heldOut()),
            Double.isNaN(one.seconds()) ? "–" : Figures.duration(one.seconds()),
            Markup.escape(one.note())));
  }

  /** RMSE, of several targets the mean; of classes the log loss. */
  private static String rmse(List<RunDocument.Score> scores) {
    return scores.isEmpty()
        ? "–"
        : Figures.of(
            scores.stream()
                .mapToDouble(s -> s.classes() ? s.logLoss() : s.rmse())
                .average()
                .orElseThrow());
  }

  private static void score(
      List<List<String>> rows, List<RunDocument.Score> scores, int i, String part) {
    if (i < scores.size()) {
      RunDocument.Score score = scores.get(i);
      if (score.classes()) {
        rows.add(
            List.of(
                Markup.escape(score.target()),
                part,
                Figures.percent(score.accuracy()),
                Figures.of(score.logLoss())));
        return;
      }
      rows.add(
          List.of(
              Markup.escape(score.target()),
              part,
              Figures.of(score.rmse()),
              Figures.of(score.mae()),
              Double.isNaN(score.r2()) ? "not defined" : Figures.of(score.r2())));
    }
  }

  private String section(String section, Map<String, String> names, Set<String> without) {
    return Markup.table(List.of(), rows(section, names, without), 0);
  }

  private List<List<String>> rows(String section, Map<String, String> names, Set<String> without) {
    List<List<String>> rows = new ArrayList<>();
    run.values(section)
        .forEach(
            (key, value) -> {
              if (!without.contains(key) && !value.isEmpty()) {
                String name = names.get(key);
                rows.add(
                    List.of(name == null ? Markup.escape(key) : name, value(section, key, value)));
              }
            });
    return rows;
  }

  private String value(String section, String key, String plain) {
    if (COUNTS.contains(key)) {
      return Markup.escape(
          run.number(section, key).stream().mapToObj(Figures::count).findFirst().orElse(plain));
    }
    if (TIMES.contains(key)) {
      return Markup.escape(Figures.duration(run.numberOrNaN(section, key)));
    }
    if (key.equals("featureNames") || key.equals("targetNames")) {
      return names(run.texts(section, key));
    }
    if (key.equals("sha256")) {
      return "<code class=\"long\">" + Markup.escape(plain) + "</code>";
    }
    if (key.equals("started")) {
      return Markup.escape(instant(plain));
    }
    if (run.number(section, key).isPresent() && plain.matches(".*[.eE].*")) {
      return Markup.escape(Figures.of(run.numberOrNaN(section, key), 6));
    }
    return Markup.escape(plain);
  }

  /** A long list of names is folded. */
  private static String names(List<String> names) {
    String all = Markup.escape(String.join(", ", names));
    return names.size() <= NAMES_SHOWN
        ? all
        : "<details><summary>%s names</summary>%s</details>"
            .formatted(Figures.count(names.size()), all);
  }

  private static String instant(String text) {
    try {
      return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .format(Instant.parse(text).atOffset(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return text;
    }
  }
}
