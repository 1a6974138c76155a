package dev.shallot.bench;

import dev.shallot.bench.rival.BoostedTrees;
import dev.shallot.bench.rival.Logistic;
import dev.shallot.bench.rival.Ridge;
import dev.shallot.data.DataPlan;
import dev.shallot.data.FeatureScale;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Table;
import dev.shallot.plan.TrainingData;
import dev.shallot.run.ClassScore;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import dev.shallot.run.RunRequest;
import dev.shallot.run.RunResult;
import dev.shallot.run.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Held-out scores on real data of the defaults, and of the same work with momentum and a cosine
 * schedule, beside rivals on the same splits: ridge regression and boosted trees for numbers,
 * logistic regression and boosted trees for classes. One Markdown line a data set, each the mean
 * over the splits of seeds 0, 1 and 2.
 *
 * <p>Usage: {@code HeldOut FOLDER}, the folder with the data sets in folders of their own.
 */
public final class HeldOut {
  private static final int SPLITS = 3;
  private static final Map<String, String> MOMENTUM =
      Map.of("momentum", "0.9", "schedule", "cosine");

  private record Task(String name, String file, Map<String, String> flags) {
    boolean classes() {
      return flags.containsKey("loss");
    }
  }

  private static final List<Task> TASKS =
      List.of(
          new Task("Concrete", "concrete/Concrete_Data.csv", Map.of("target", "9")),
          new Task("CCPP", "ccpp/Folds5x2_pp.csv", Map.of("target", "PE")),
          new Task(
              "Communities & Crime",
              "communities/communities.data",
              Map.of("target", "128", "exclude", "1-5", "missing", "drop-columns")),
          new Task("Wine, red", "wine/winequality-red.csv", Map.of("target", "quality")),
          new Task("Wine, white", "wine/winequality-white.csv", Map.of("target", "quality")),
          new Task(
              "Energy, heating", "energy/ENB2012_data.csv", Map.of("target", "9", "exclude", "10")),
          new Task("Airfoil", "airfoil/airfoil_self_noise.dat", Map.of("target", "6")),
          new Task("Yacht", "yacht/yacht_hydrodynamics.data", Map.of("target", "7")),
          new Task("Abalone", "abalone/abalone.data", Map.of("target", "9")),
          new Task(
              "Optdigits",
              "optdigits/optdigits.tra",
              Map.of("target", "65", "loss", "cross-entropy")),
          new Task(
              "Banknote",
              "banknote/data_banknote_authentication.txt",
              Map.of("target", "5", "loss", "cross-entropy")));

  private HeldOut() {}

  /** Prints the tables. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    System.out.println(
        "| data | rows, features | RMSE: defaults | momentum | ridge | trees"
            + " | R2: defaults | momentum | ridge | trees |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (Task task : TASKS.stream().filter(t -> !t.classes()).toList()) {
      line(task, folder);
    }
    System.out.println();
    System.out.println(
        "| data | rows, features, classes | accuracy: defaults | momentum | logistic | trees"
            + " | log loss: defaults | momentum | logistic | trees |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (Task task : TASKS.stream().filter(Task::classes).toList()) {
      line(task, folder);
    }
  }

  private static void line(Task task, Path folder) throws IOException {
    double[] first = new double[4];
    double[] second = new double[4];
    String shape = "";
    for (int split = 0; split < SPLITS; split++) {
      Map<String, String> flags = new LinkedHashMap<>(task.flags());
      flags.put("split", "0.2");
      flags.put("seed", Integer.toString(split));
      PlanDocument plan = PlanDocument.practitioner().withFlags(flags);
      Path file = folder.resolve(task.file());
      PreparedData data = Run.prepare(plan, file);
      List<Score> scores = new ArrayList<>();
      scores.add(here(plan, data));
      scores.add(here(plan.withFlags(MOMENTUM), data));
      scores.addAll(rivals(linear(plan.dataPlan(), file, plan), task.classes()));
      for (int k = 0; k < first.length; k++) {
        first[k] += first(scores.get(k)) / SPLITS;
        second[k] += second(scores.get(k)) / SPLITS;
      }
      shape =
          String.format(
              Locale.ROOT,
              "%,d x %d%s",
              data.train().samples() + data.heldOut().orElseThrow().samples(),
              data.facts().features() - 1,
              task.classes() ? ", " + data.train().outputs() : "");
    }
    StringBuilder line = new StringBuilder("| " + task.name() + " | " + shape + " |");
    for (double value : first) {
      line.append(String.format(Locale.ROOT, task.classes() ? " %.4f |" : " %.4g |", value));
    }
    for (double value : second) {
      line.append(String.format(Locale.ROOT, task.classes() ? " %.4f |" : " %.3f |", value));
    }
    System.out.println(line);
  }

  /** The score of a run on its held-out rows. */
  private static Score here(PlanDocument plan, PreparedData data) throws IOException {
    Path out = Files.createTempDirectory("held-out").resolve("run");
    RunResult run = Run.execute(new RunRequest(plan, data, out, "train", List.of()));
    return run.outcome().heldOutScores().orElseThrow().getFirst();
  }

  private static double first(Score score) {
    return score instanceof ClassScore classes ? classes.accuracy() : score.number().rmse();
  }

  private static double second(Score score) {
    return score instanceof ClassScore classes
        ? classes.logLoss()
        : score.number().r2().orElseThrow();
  }

  /** The same rows as linear models and trees like them: z-scores and a constant, no unit rows. */
  private static PreparedData linear(DataPlan plan, Path file, PlanDocument document) {
    DataPlan linear =
        new DataPlan(
            plan.target(),
            plan.features(),
            plan.exclude(),
            plan.rows(),
            plan.format(),
            plan.missing(),
            FeatureScale.ZSCORE,
            false,
            plan.labelScale(),
            true,
            plan.split(),
            plan.seed(),
            plan.classes(),
            plan.weights(),
            plan.validation());
    return PreparedData.prepare(Table.read(file, document.tableFormat()), linear);
  }

  private static List<Score> rivals(PreparedData data, boolean classes) {
    TrainingData train = data.train();
    TrainingData test = data.heldOut().orElseThrow();
    double[] simple = classes ? Logistic.predict(train, test) : Ridge.predict(train, test);
    double[] trees = BoostedTrees.predict(train, test, classes);
    return List.of(score(data, test, simple, classes), score(data, test, trees, classes));
  }

  private static Score score(
      PreparedData data, TrainingData test, double[] answers, boolean classes) {
    var preprocessing = data.preprocessing();
    return Score.of(
            preprocessing,
            classes ? answers : preprocessing.unscaleLabels(answers),
            preprocessing.unscaleLabels(test.y()),
            new double[0])
        .getFirst();
  }
}
