package dev.shallot.reproduce;

import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.data.PreparedData;
import dev.shallot.kernel.Samples;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import dev.shallot.run.RunException;
import dev.shallot.spectrum.Eigensystem;
import dev.shallot.spectrum.Eigenvalues;
import dev.shallot.sweep.Amendment;
import dev.shallot.sweep.Axis;
import dev.shallot.sweep.Cell;
import dev.shallot.sweep.DataSource;
import dev.shallot.sweep.SweepData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Our model for Razborov's figures (docs/figures.md): both layers trained from LeCun weights with
 * rates eta_W and eta_v = ratio * eta_W, their common factor so that the largest eigenvalue of the
 * kernel at initialisation times the step is 1/2. Each run's step size is computed beforehand and
 * stands in its plan.
 */
final class TwoRates {
  /** The axis of rate ratios, where there is one. */
  static final String RATIO = "ratio";

  private static final double PART_OF_LARGEST = 0.5;

  private TwoRates() {}

  /**
   * Makes the runs of a part, with normalised step sizes, and with labels of its own if need be.
   */
  static List<Point> run(Part part, Workshop workshop) {
    if (part.data().text("labels").equals("bottom")) {
      return bottom(part, workshop);
    }
    FigureData data = workshop.data(part);
    SweepData source = SweepData.of(data.source());
    return workshop.run(
        part.amended(steps(part, source, data.keys())), source, data.keys(), part.name());
  }

  /** Every part. */
  static Results all(Setup setup, Workshop workshop) {
    List<Point> points = new ArrayList<>();
    for (Part part : setup.parts(workshop.size())) {
      points.addAll(run(part, workshop));
    }
    return new Results(points);
  }

  private static List<Amendment> steps(Part part, SweepData source, Map<String, String> keys) {
    List<Amendment> steps = new ArrayList<>();
    for (Cell cell : part.spec(keys).cells()) {
      steps.add(new Amendment(cell.at(), steps(cell, source.prepare(cell.plan()))));
    }
    return steps;
  }

  /** eta_v/eta_W of a label; "inf" trains the output layer alone. */
  static double ratio(String label) {
    return label.isEmpty()
        ? 1.0
        : label.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(label);
  }

  private static Map<String, String> steps(Cell cell, PreparedData data) {
    PlanDocument plan = cell.plan();
    TrainedLayers trained = plan.trainingPlan().trained();
    double ratio = ratio(cell.at().getOrDefault(RATIO, ""));
    Network network = Run.initialNetwork(plan, data.train());
    double[] kernel = TwoRateKernel.of(Samples.of(data.train()), network, trained, ratio);
    double step = PART_OF_LARGEST / TwoRateKernel.largest(kernel, data.train().samples());
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("step-size", Double.toString(step));
    if (trained == TrainedLayers.BOTH && ratio != 1.0) {
      keys.put("output-step-size", Double.toString(ratio * step));
    }
    return keys;
  }

  /**
   * Labels that a network learns last: sqrt(n) times the eigenvector of the smallest eigenvalue of
   * its own kernel at initialisation. They differ from network to network, so each run has a file
   * and a sweep of its own.
   */
  private static List<Point> bottom(Part part, Workshop workshop) {
    Map<String, Object> natural = new LinkedHashMap<>(part.data().values());
    natural.put("labels", "natural");
    FigureData data =
        FigureData.of(
            new Tree(natural, part.data().origin()),
            java.util.Optional.empty(),
            new dev.shallot.fetch.DataCache(workshop.folder()));
    workshop.say(
        "gaussian rows, labels along the bottom eigenvector of each network's kernel, n = %d, d = %d"
            .formatted(part.data().whole("rows", 50), part.data().whole("features", 20)));
    SweepData source = SweepData.of(data.source());
    List<Point> points = new ArrayList<>();
    for (Cell cell : part.spec(data.keys()).cells()) {
      TrainingData train = source.prepare(cell.plan()).train();
      String name =
          "%s-m%s-seed%s".formatted(part.name(), cell.at().get("width"), cell.at().get("seed"));
      Path file = workshop.folder().resolve("data").resolve(name + ".npz");
      write(file, train, labels(cell.plan(), train));
      SweepData own = SweepData.of(new DataSource.File(file));
      Part single = single(part, cell);
      points.addAll(
          workshop.run(single.amended(steps(single, own, Map.of())), own, Map.of(), name));
    }
    return points;
  }

  /** The part with one label on each axis. */
  private static Part single(Part part, Cell cell) {
    List<Axis> axes =
        part.axes().stream()
            .map(
                axis ->
                    new Axis(
                        axis.name(),
                        axis.settings().stream()
                            .filter(s -> s.label().equals(cell.at().get(axis.name())))
                            .toList()))
            .toList();
    return new Part(
        part.name(),
        part.title(),
        part.data(),
        part.plan(),
        axes,
        part.amendments(),
        part.probe(),
        part.part());
  }

  private static double[] labels(PlanDocument plan, TrainingData train) {
    int n = train.samples();
    Network network = Run.initialNetwork(plan, train);
    double[] kernel =
        TwoRateKernel.of(Samples.of(train), network, plan.trainingPlan().trained(), 1.0);
    Eigensystem system = Eigenvalues.withVectors(kernel, n);
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = Math.sqrt(n) * system.vectors()[i];
    }
    return y;
  }

  private static void write(Path file, TrainingData train, double[] y) {
    if (Files.exists(file)) {
      return;
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (java.io.IOException e) {
      throw new RunException("cannot make the folder of " + file + ": " + e.getMessage(), e);
    }
    SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("X", NpyArray.matrix(train.samples(), train.features(), train.x()));
    arrays.put("y", NpyArray.matrix(train.samples(), 1, y));
    Npz.write(file, arrays);
  }

  /** Gradient steps until the error was at most its goal; NaN if it never was. */
  static double stepsTo(Point point, double goal) {
    double[] errors = point.series("errors");
    int at = Trends.firstAtMost(errors, goal * point.number("targetNorm"));
    double steps = point.number("localSteps");
    return at < 0 ? Double.NaN : point.series("rounds")[at] * (Double.isNaN(steps) ? 1 : steps);
  }

  /** Whether a run reached its goal. */
  static boolean succeeded(Point point, double goal) {
    return point.number("relativeError") <= goal;
  }

  /** The share of runs that reached their goal. */
  static double success(Results results, double goal) {
    return results.mean(p -> succeeded(p, goal) ? 1 : 0);
  }
}
