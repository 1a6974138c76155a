package dev.shallot.bench;

import dev.shallot.data.DataPlan;
import dev.shallot.data.FeatureScale;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Table;
import dev.shallot.plan.TrainingData;
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
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/**
 * Held-out scores of the defaults on real data beside ridge regression on the same split: one
 * Markdown line a data set.
 *
 * <p>Usage: {@code HeldOut FOLDER}, the folder with the data sets in folders of their own. Each
 * line is the mean over the splits of seeds 0, 1 and 2. Ridge sees z-scored features and an
 * intercept; its penalty is the best of 10^-4 .. 10^3 on a fifth of the training rows.
 */
public final class HeldOut {
  private static final int SPLITS = 3;

  private record Task(String name, String file, Map<String, String> flags) {}

  private HeldOut() {}

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    List<Task> tasks =
        List.of(
            new Task("Concrete", "concrete/Concrete_Data.csv", Map.of("target", "9")),
            new Task("CCPP", "ccpp/Folds5x2_pp.csv", Map.of("target", "PE")),
            new Task(
                "Communities & Crime",
                "communities/communities.data",
                Map.of("target", "128", "exclude", "1-5", "missing", "drop-columns")),
            new Task("Wine, red", "wine/winequality-red.csv", Map.of("target", "quality")),
            new Task("Wine, white", "wine/winequality-white.csv", Map.of("target", "quality")));
    System.out.println(
        "| data | rows, features | RMSE here | RMSE ridge | R2 here | R2 ridge | seconds |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (Task task : tasks) {
      double[] sums = new double[5];
      int rows = 0;
      int features = 0;
      for (int split = 0; split < SPLITS; split++) {
        Map<String, String> flags = new LinkedHashMap<>(task.flags());
        flags.put("split", "0.2");
        flags.put("seed", Integer.toString(split));
        PlanDocument plan = PlanDocument.practitioner().withFlags(flags);
        Path file = folder.resolve(task.file());
        PreparedData data = Run.prepare(plan, file);
        Path out = Files.createTempDirectory("held-out").resolve("run");
        RunResult run = Run.execute(new RunRequest(plan, data, out, "train", List.of()));
        Score ours = run.outcome().heldOutScores().orElseThrow().getFirst();
        Score ridge = ridge(plan.dataPlan(), Table.read(file, plan.tableFormat()));
        rows = data.train().samples() + data.heldOut().orElseThrow().samples();
        features = data.facts().features() - 1;
        sums[0] += ours.rmse() / SPLITS;
        sums[1] += ridge.rmse() / SPLITS;
        sums[2] += ours.r2().orElseThrow() / SPLITS;
        sums[3] += ridge.r2().orElseThrow() / SPLITS;
        sums[4] += run.outcome().trainingSeconds() / SPLITS;
      }
      System.out.println(
          String.format(
              Locale.ROOT,
              "| %s | %,d x %d | %.4g | %.4g | %.3f | %.3f | %.1f |",
              task.name(),
              rows,
              features,
              sums[0],
              sums[1],
              sums[2],
              sums[3],
              sums[4]));
    }
  }

  private static Score ridge(DataPlan plan, Table table) {
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
            plan.seed());
    PreparedData data = PreparedData.prepare(table, linear);
    TrainingData train = data.train();
    TrainingData test = data.heldOut().orElseThrow();
    int fit = train.samples() * 4 / 5;
    double best = Double.POSITIVE_INFINITY;
    double penalty = 1.0;
    for (double candidate = 1e-4; candidate < 2e3; candidate *= 10) {
      double[] weights = solve(train, fit, candidate);
      double error = 0.0;
      for (int i = fit; i < train.samples(); i++) {
        double e = answer(train, i, weights) - train.y()[i];
        error += e * e;
      }
      if (error < best) {
        best = error;
        penalty = candidate;
      }
    }
    double[] weights = solve(train, train.samples(), penalty);
    double[] predicted = new double[test.samples()];
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = answer(test, i, weights);
    }
    return Score.of(
            new ArrayList<>(data.preprocessing().targetNames()),
            data.preprocessing().unscaleLabels(predicted),
            data.preprocessing().unscaleLabels(test.y()))
        .getFirst();
  }

  private static double answer(TrainingData data, int row, double[] weights) {
    double sum = 0.0;
    for (int j = 0; j < weights.length; j++) {
      sum += weights[j] * data.x()[row * weights.length + j];
    }
    return sum;
  }

  /**
   * (X^T X + penalty I)^-1 X^T y over the first rows; the constant feature stands last,
   * unpenalised.
   */
  private static double[] solve(TrainingData data, int rows, double penalty) {
    int d = data.features();
    R064Store normal = R064Store.FACTORY.make(d, d);
    R064Store right = R064Store.FACTORY.make(d, 1);
    for (int i = 0; i < rows; i++) {
      for (int a = 0; a < d; a++) {
        double x = data.x()[i * d + a];
        right.add(a, 0, x * data.y()[i]);
        for (int b = 0; b < d; b++) {
          normal.add(a, b, x * data.x()[i * d + b]);
        }
      }
    }
    for (int a = 0; a < d - 1; a++) {
      normal.add(a, a, penalty);
    }
    Cholesky<Double> cholesky = Cholesky.R064.make(normal);
    cholesky.decompose(normal);
    MatrixStore<Double> solution = cholesky.getSolution(right);
    double[] weights = new double[d];
    for (int a = 0; a < d; a++) {
      weights[a] = solution.doubleValue(a, 0);
    }
    return weights;
  }
}
