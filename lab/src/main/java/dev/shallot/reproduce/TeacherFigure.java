package dev.shallot.reproduce;

import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Synthetic;
import dev.shallot.data.SyntheticLabels;
import dev.shallot.data.SyntheticSet;
import dev.shallot.data.Table;
import dev.shallot.engine.dense.Forward;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.picture.Axis;
import dev.shallot.picture.Lines;
import dev.shallot.reproduce.Expected.Predicate;
import dev.shallot.run.RunException;
import dev.shallot.sweep.Amendment;
import dev.shallot.sweep.DataSource;
import dev.shallot.sweep.SweepData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/**
 * Figure 1 of Song et al.: a teacher labels, a student of two layers learns, the product of the
 * layers' initial deviations is He's and their ratio varies. Initial weights stand in files. With
 * the user's pictures the task is the source's ({@link DigitTask}), else a stand-in in small.
 */
final class TeacherFigure implements Figure {
  private static final long TEACHER_SEED = 1;

  @Override
  public String identity(Path data) {
    return Digits.read(data).sha256();
  }

  @Override
  public Results measure(Setup setup, Workshop workshop) {
    List<Point> points = new ArrayList<>();
    for (Part part : setup.parts(workshop.size())) {
      if (workshop.given().isPresent()) {
        points.addAll(digits(setup, part, workshop));
        continue;
      }
      int rows = part.data().whole("rows", 1024);
      int features = part.data().whole("features", 20);
      Path data = folder(workshop, "data");
      Path table = data.resolve("teacher.npz");
      if (!Files.exists(table)) {
        Npz.write(table, taught(rows, features, part.data().whole("teacherWidth", 20)));
      }
      workshop.standsIn(
          "stand-in: gaussian inputs, signs of a ReLU teacher, %d rows, d = %d (not MNIST)"
              .formatted(rows, features));
      int width = Integer.parseInt(part.plan().getOrDefault("width", "256"));
      points.addAll(
          workshop.run(
              part.amended(
                  starts(part, data, (factor, seed) -> start(factor, width, features, 1, seed))),
              SweepData.of(new DataSource.File(table)),
              Map.of(),
              part.name()));
    }
    return new Results(points);
  }

  /** The source's own task, on the user's pictures. */
  private static List<Point> digits(Setup setup, Part part, Workshop workshop) {
    Tree settings = setup.config().object("digits");
    Tree changed = setup.config().objectOrNone(workshop.size().word()).objectOrNone("digits");
    int epochs = (int) (changed.has("epochs") ? changed : settings).number("epochs");
    int batch = (int) settings.number("batch");
    int width = (int) settings.number("width");
    Path place = workshop.given().orElseThrow();
    DigitTask task = new DigitTask(Digits.read(place), width, batch, settings.number("step"));
    Path data = folder(workshop, "digits-data");
    workshop.titled(task.words(place));
    workshop.scaled(changed.text("told", settings.text("told")));
    PreparedData taught = task.taught(epochs, data, workshop);
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("loss", "cross-entropy");
    // The rows to test on are there already.
    keys.put("split", "0");
    keys.put("width", Integer.toString(width));
    keys.put("rounds", Integer.toString(epochs));
    keys.put("local-steps", Integer.toString(task.stepsOfAnEpoch()));
    keys.put("batch", Integer.toString(Math.min(batch, taught.train().samples())));
    keys.put("step-size", Double.toString(task.planStep()));
    keys.put("events-every", Integer.toString(Math.max(1, epochs / 10)));
    return workshop.run(
        part.with(keys).amended(starts(part, data, task::start)),
        SweepData.of(taught),
        Map.of(),
        "digits");
  }

  private static Path folder(Workshop workshop, String name) {
    Path data = workshop.folder().resolve(name);
    try {
      return Files.createDirectories(data);
    } catch (IOException e) {
      throw new RunException("cannot make " + data + ": " + e.getMessage(), e);
    }
  }

  /** Initial weights for a factor and a seed. */
  @FunctionalInterface
  private interface Start {
    Network weights(double factor, long seed);
  }

  /** Writes a file of initial weights for each factor and seed, and tells where they hold. */
  private static List<Amendment> starts(Part part, Path data, Start start) {
    List<Amendment> files = new ArrayList<>();
    for (String factor : part.labels("factor")) {
      for (String seed : part.labels("seed")) {
        Path file = data.resolve("start-%s-%s.npz".formatted(factor, seed));
        if (!Files.exists(file)) {
          Npz.write(file, weights(start.weights(Double.parseDouble(factor), Long.parseLong(seed))));
        }
        files.add(
            new Amendment(Map.of("factor", factor, "seed", seed), Map.of("init", file.toString())));
      }
    }
    return files;
  }

  /** X ~ N(0, I), y the sign of a ReLU network with He weights. */
  private static SequencedMap<String, NpyArray> taught(int rows, int features, int width) {
    Table inputs =
        Synthetic.generate(
            SyntheticSet.GAUSSIAN, SyntheticLabels.RADEMACHER, rows, features, 1, TEACHER_SEED);
    double[] x = new double[rows * features];
    for (int j = 0; j < features; j++) {
      if (inputs.column(j) instanceof dev.shallot.data.Column.Numbers column) {
        for (int i = 0; i < rows; i++) {
          x[i * features + j] = column.values()[i];
        }
      }
    }
    Network teacher = Initialization.HE.draw(1.0, width, features, 1, TEACHER_SEED);
    double[] y = Forward.outputs(teacher, x, rows, 1);
    for (int i = 0; i < rows; i++) {
      y[i] = y[i] >= 0 ? 1 : -1;
    }
    SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("X", NpyArray.matrix(rows, features, x));
    arrays.put("y", NpyArray.matrix(rows, 1, y));
    return arrays;
  }

  /** He weights, the hidden ones divided and the output ones multiplied by a factor. */
  static Network start(double factor, int width, int features, int outputs, long seed) {
    Network he = Initialization.HE.draw(1.0, width, features, outputs, seed);
    double[] hidden = he.hiddenWeights().clone();
    double[] output = he.outputWeights().clone();
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] /= factor;
    }
    for (int i = 0; i < output.length; i++) {
      output[i] *= factor;
    }
    return new Network(width, features, outputs, hidden, output, 1.0);
  }

  /** A file of initial weights, output factor 1. */
  private static SequencedMap<String, NpyArray> weights(Network network) {
    SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("W", NpyArray.matrix(network.width(), network.features(), network.hiddenWeights()));
    arrays.put("a", NpyArray.matrix(network.width(), network.outputs(), network.outputWeights()));
    arrays.put("scale", NpyArray.vector(new double[] {1.0}));
    return arrays;
  }

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Predicate predicate : setup.expected().predicates()) {
      verdicts.add(
          predicate.limits().text("rule").equals("fits")
              ? fits(predicate, results)
              : rises(predicate, results));
    }
    return verdicts;
  }

  /** The training rows are fitted at every ratio. */
  static Verdict fits(Predicate predicate, Results results) {
    List<String> factors = results.labels("factor");
    double[] accuracy = means(results, p -> p.number("trainAccuracy"));
    boolean all = accuracy.length > 0;
    for (double a : accuracy) {
      all &= a >= predicate.limit("least");
    }
    return Verdict.of(
        predicate.id(),
        all,
        predicate.says(),
        "training accuracy at factor " + Said.pairs(factors, accuracy));
  }

  /** The test accuracy goes up with the output layer's deviation. */
  static Verdict rises(Predicate predicate, Results results) {
    List<String> factors = results.labels("factor");
    if (factors.size() < 4) {
      return Verdict.unknown(predicate.id(), predicate.says(), "there are fewer than 4 ratios");
    }
    double[] accuracy = means(results, p -> p.number("testAccuracy"));
    double rho = Trends.spearman(Grid.numbers(factors), accuracy);
    return Verdict.of(
        predicate.id(),
        rho >= predicate.limit("spearman"),
        predicate.says(),
        "Spearman %s; test accuracy at factor %s"
            .formatted(Said.of(rho), Said.pairs(factors, accuracy)));
  }

  private static double[] means(Results results, ToDoubleFunction<Point> quantity) {
    return results.labels("factor").stream()
        .mapToDouble(f -> results.where("factor", f).mean(quantity))
        .toArray();
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    List<Lines.Series> lines = new ArrayList<>();
    StringBuilder csv = new StringBuilder("rows,factor,mean,deviation,seeds\n");
    List<String> factors = results.labels("factor");
    for (String rows : List.of("test", "train")) {
      double[] x = Grid.numbers(factors);
      double[] y = new double[x.length];
      double[] low = new double[x.length];
      double[] high = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        Results cell = results.where("factor", factors.get(i));
        y[i] = cell.mean(p -> p.number(rows + "Accuracy"));
        double spread = cell.deviation(p -> p.number(rows + "Accuracy"));
        low[i] = y[i] - (Double.isNaN(spread) ? 0 : spread);
        high[i] = y[i] + (Double.isNaN(spread) ? 0 : spread);
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,%s,%s,%s,%d\n",
                rows,
                factors.get(i),
                y[i],
                spread,
                cell.points().size()));
      }
      lines.add(new Lines.Series(rows + " rows", x, y, low, high));
    }
    Lines picture =
        new Lines(
            "Accuracy by the share of the output layer's initial weights",
            "GELU student, both layers trained; mean ± standard deviation of %d seeds"
                .formatted(results.labels("seed").size()),
            Axis.log("ω₂ / ω₂ of He (ω₁ω₂ fixed)")
                .at(Arrays.stream(Grid.numbers(factors)).boxed().toList()),
            Axis.linear("share of right answers"),
            lines,
            List.of());
    return List.of(
        new Plate(
            "accuracy", picture.title() + ". " + picture.setting() + ".", picture, csv.toString()));
  }
}
