package dev.shallot.reproduce;

import dev.shallot.fetch.DataCache;
import dev.shallot.run.NumberScore;
import dev.shallot.run.RunException;
import dev.shallot.sweep.CellProbe;
import dev.shallot.sweep.CellResult;
import dev.shallot.sweep.Sweep;
import dev.shallot.sweep.SweepData;
import dev.shallot.sweep.SweepResult;
import dev.shallot.sweep.SweepSettings;
import dev.shallot.sweep.SweepWatch;
import dev.shallot.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a figure's runs are made, each part a sweep in a folder of its own. */
final class Workshop {
  private final Path folder;
  private final Setup.Size size;
  private final Optional<Path> data;
  private final DataCache cache;
  private final SweepSettings settings;
  private final SweepWatch watch;
  private final Consumer<String> progress;
  private final List<String> dataWords = new ArrayList<>();
  private final List<String> titleWords = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private Optional<String> scaled = Optional.empty();
  private boolean standIn;

  Workshop(
      Path folder,
      Setup.Size size,
      Optional<Path> data,
      DataCache cache,
      SweepSettings settings,
      SweepWatch watch,
      Consumer<String> progress) {
    this.folder = folder;
    this.size = size;
    this.data = data;
    this.cache = cache;
    this.settings = settings;
    this.watch = watch;
    this.progress = progress;
  }

  Setup.Size size() {
    return size;
  }

  /** The user's file or folder, for a figure that reads it itself. */
  Optional<Path> given() {
    return data;
  }

  /** Says what the user's data is. */
  void titled(String words) {
    say(words);
    titleWords.add(words);
  }

  /** Says what was scaled down, where that is not what the config says of the size. */
  void scaled(String words) {
    scaled = Optional.of(words);
  }

  /** What was scaled down, if a figure said so. */
  Optional<String> scaled() {
    return scaled;
  }

  /** Ends a training when somebody asks to end. */
  TrainingListener stopping() {
    return settings.stop();
  }

  /** Where files that parts share may be put. */
  Path folder() {
    return folder;
  }

  /** The data of a part; its words become part of the figure's. */
  FigureData data(Part part) {
    FigureData found = FigureData.of(part.data(), data, cache);
    standIn |= found.standIn();
    if (FigureData.takesFile(part.data().text("kind")) && !titleWords.contains(found.words())) {
      titleWords.add(found.words());
    }
    if (!dataWords.contains(found.words())) {
      dataWords.add(found.words());
    }
    return found;
  }

  /** What the data is, each once. */
  List<String> dataWords() {
    return dataWords;
  }

  /** What the data is where it is the source's, the user's, or stands in for it. */
  List<String> titleWords() {
    return titleWords;
  }

  /** Says what data is that no config describes. */
  void say(String words) {
    if (!dataWords.contains(words)) {
      dataWords.add(words);
    }
  }

  /** Says what stands in for the source's data. */
  void standsIn(String words) {
    standIn = true;
    say(words);
    titleWords.add(words);
  }

  boolean standIn() {
    return standIn;
  }

  /** Runs that failed, one sentence each. */
  List<String> failures() {
    return failures;
  }

  /** Whether nobody has asked to end. */
  boolean goesOn() {
    return settings.stop().stop().isEmpty();
  }

  /** Tells of something that is no cell of a sweep. */
  void told(String line) {
    progress.accept(line);
  }

  /** Runs a part, or what is left of it. */
  List<Point> run(Part part) {
    FigureData found = data(part);
    return run(part, SweepData.of(found.source()), found.keys(), part.name());
  }

  /**
   * Runs a part on some data.
   *
   * @param keys plan keys that go with the data
   * @param name of the sweep's folder, under the figure's
   */
  List<Point> run(Part part, SweepData source, Map<String, String> keys, String name) {
    SweepResult result =
        Sweep.run(
            part.spec(keys), source, folder.resolve(name), settings, watch, probe(part.probe()));
    if (!result.complete()) {
      throw new Interrupted(result.ended().orElse("interrupted"));
    }
    List<Point> points = new ArrayList<>();
    for (CellResult cell : result.cells()) {
      if (cell.failed()) {
        failures.add("%s, %s: %s".formatted(part.name(), cell.at(), cell.message()));
      }
      points.add(point(part, cell));
    }
    return points;
  }

  private static CellProbe probe(String name) {
    return switch (name) {
      case "" -> CellProbe.NOTHING;
      case "phases" -> new PhaseProbe();
      case "movement" -> new MovementProbe();
      case "accuracy" -> new AccuracyProbe();
      default -> throw new RunException("no probe is called " + name + ".");
    };
  }

  /** A figure whose runs were ended before they were done; the same command goes on. */
  static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Interrupted(String message) {
      super(message);
    }
  }

  private static Point point(Part part, CellResult cell) {
    Map<String, String> at = new LinkedHashMap<>();
    at.put(Point.PART, part.name());
    at.putAll(cell.at());
    Map<String, double[]> measured = new LinkedHashMap<>(cell.measured());
    double[] rounds = new double[cell.rounds().length];
    for (int i = 0; i < rounds.length; i++) {
      rounds[i] = cell.rounds()[i];
    }
    measured.put("rounds", rounds);
    measured.put("errors", cell.errors());
    measured.put("sampled", cell.trace().sampled());
    put(measured, "finalError", cell.finalError());
    put(measured, "targetNorm", cell.targetNorm());
    put(measured, "stepSize", cell.stepSize());
    put(measured, "relativeError", cell.relativeError());
    if (part.plan().containsKey("local-steps")) {
      put(measured, "localSteps", Double.parseDouble(part.plan().get("local-steps")));
    }
    put(measured, "diverged", cell.diverged() ? 1 : 0);
    boolean numbers = cell.heldOut().stream().anyMatch(NumberScore.class::isInstance);
    if (numbers) {
      double squares =
          cell.heldOut().stream()
              .mapToDouble(s -> s.number().rmse() * s.number().rmse())
              .average()
              .orElse(0);
      put(measured, "heldOutRmse", Math.sqrt(squares));
    }
    return new Point(at, measured);
  }

  private static void put(Map<String, double[]> measured, String name, double value) {
    measured.put(name, new double[] {value});
  }
}
