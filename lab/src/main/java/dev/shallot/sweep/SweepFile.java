package dev.shallot.sweep;

import dev.shallot.run.AtomicFile;
import dev.shallot.run.MethodPreset;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sweep in a YAML file.
 *
 * <pre>
 * title: Error over keep probability and subnets   # optional
 * data: synthetic:tabular,rows=100                 # or a file, relative to this one
 * start: paper                                     # or usual, the defaults
 * method: ist                                      # optional preset
 * plan: {width: 1000, rounds: 200}                 # any plan keys
 * grid:                                            # axes; the last one runs fastest
 *   keep: 0.2:1:0.2                                # as on the command line, or
 *   subnets: [1, 2, 5]                             # a list, or
 *   rate:                                          # named settings of several keys
 *     slow: {step-size: 0.01, rounds: 400}
 *     fast: {step-size: 0.05, rounds: 80}
 * seeds: 5                                         # how many, or a list
 * amend:                                           # optional
 *   - when: {keep: 1}
 *     set: {subnets: 1}
 * traces: 1000                                     # points a cell; all or none
 * </pre>
 *
 * @param spec what to run
 * @param data on which table; empty if the file does not say
 */
public record SweepFile(SweepSpec spec, Optional<DataSource> data) {
  private static final List<String> KEYS =
      List.of("title", "data", "start", "method", "plan", "grid", "seeds", "amend", "traces");

  /**
   * Reads a file.
   *
   * @throws RunException if it is no spec, with line and column
   */
  public static SweepFile read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new RunException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
    return of(text, file);
  }

  static SweepFile of(String text, Path file) {
    Yaml.Fields root = fields(Yaml.read(text, file.toString()));
    known(root, KEYS);
    PlanDocument base = base(root);
    List<Axis> axes = axes(root, base);
    return new SweepFile(
        at(
            root.where(),
            () ->
                new SweepSpec(
                    field(root, "title").map(SweepFile::text).orElse(""),
                    base,
                    axes,
                    amendments(root),
                    field(root, "traces")
                        .map(y -> at(y.where(), () -> tracePoints(text(y))))
                        .orElse(SweepSpec.USUAL_TRACE_POINTS))),
        field(root, "data").map(y -> data(y, file)));
  }

  private static DataSource data(Yaml yaml, Path file) {
    DataSource source = at(yaml.where(), () -> DataSource.of(text(yaml)));
    Path folder = file.toAbsolutePath().getParent();
    return source instanceof DataSource.File named && folder != null && !named.path().isAbsolute()
        ? new DataSource.File(relative(folder.resolve(named.path()).normalize()))
        : source;
  }

  /** As short as it can be said from here. */
  private static Path relative(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? here.relativize(file) : file;
  }

  private static PlanDocument base(Yaml.Fields root) {
    String start = field(root, "start").map(SweepFile::text).orElse("usual");
    PlanDocument plan =
        switch (start) {
          case "usual" -> PlanDocument.practitioner();
          case "paper" -> PlanDocument.paper();
          default ->
              throw new RunException(
                  "%s: start is usual or paper, but found \"%s\"."
                      .formatted(field(root, "start").orElseThrow().where(), start));
        };
    Optional<Yaml> method = field(root, "method");
    if (method.isPresent()) {
      PlanDocument before = plan;
      Yaml name = method.get();
      plan = at(name.where(), () -> before.withMethod(MethodPreset.of(text(name))));
    }
    Optional<Yaml> entries = field(root, "plan");
    if (entries.isPresent()) {
      for (Map.Entry<String, Yaml.Field> entry : fields(entries.get()).fields().entrySet()) {
        Yaml value = entry.getValue().value();
        // The key's place tells an unknown key, the value's one that does not fit.
        String where =
            PlanKey.of(entry.getKey()).isPresent() ? value.where() : entry.getValue().where();
        plan = plan.withEntries(Map.of(entry.getKey(), planValue(value)), where);
      }
    }
    return plan;
  }

  private static Object planValue(Yaml value) {
    return value instanceof Yaml.Items list
        ? list.items().stream().map(SweepFile::text).toList()
        : text(value);
  }

  private static List<Axis> axes(Yaml.Fields root, PlanDocument base) {
    List<Axis> axes = new ArrayList<>();
    Optional<Yaml> grid = field(root, "grid");
    if (grid.isPresent()) {
      fields(grid.get()).fields().forEach((name, field) -> axes.add(axis(name, field, base)));
    }
    field(root, "seeds")
        .ifPresent(
            seeds ->
                axes.add(
                    at(
                        seeds.where(),
                        () ->
                            seeds instanceof Yaml.Items list
                                ? Axis.of(
                                    PlanKey.SEED.key(),
                                    list.items().stream().map(SweepFile::text).toList())
                                : Axis.seeds(base.trainingPlan().seed(), whole(text(seeds))))));
    return axes;
  }

  private static Axis axis(String name, Yaml.Field field, PlanDocument base) {
    Axis axis =
        at(
            field.where(),
            () ->
                switch (field.value()) {
                  case Yaml.Scalar scalar -> GridText.axis(name, text(scalar));
                  case Yaml.Items list ->
                      listed(name, list.items().stream().map(SweepFile::text).toList());
                  case Yaml.Fields settings -> named(name, settings);
                });
    // Each value is judged where it stands, before anything runs.
    for (Axis.Setting setting : axis.settings()) {
      at(field.where(), () -> base.withFlags(setting.values()));
    }
    return axis;
  }

  private static Axis listed(String name, List<String> values) {
    return name.indexOf('+') > 0
        ? GridText.axis(name, String.join(",", values))
        : Axis.of(name, values);
  }

  private static Axis named(String name, Yaml.Fields settings) {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    settings.fields().forEach((label, field) -> all.put(label, texts(field.value())));
    return Axis.named(name, all);
  }

  private static List<Amendment> amendments(Yaml.Fields root) {
    List<Amendment> amendments = new ArrayList<>();
    Optional<Yaml> list = field(root, "amend");
    if (list.isEmpty()) {
      return amendments;
    }
    if (!(list.get() instanceof Yaml.Items items)) {
      throw expected("a list of - when: ... set: ...", list.get());
    }
    for (Yaml item : items.items()) {
      Yaml.Fields fields = fields(item);
      known(fields, List.of("when", "set"));
      Yaml when = field(fields, "when").orElseThrow(() -> expected("when: and set:", item));
      Yaml set = field(fields, "set").orElseThrow(() -> expected("when: and set:", item));
      amendments.add(new Amendment(texts(when), texts(set)));
    }
    return amendments;
  }

  /** How many points of a trace are kept: a number, all or none. */
  public static int tracePoints(String text) {
    return switch (text) {
      case "all" -> Integer.MAX_VALUE;
      case "none" -> 0;
      default -> {
        int points = whole(text);
        if (points < 2) {
          throw new RunException(
              "traces are all, none, or at least 2 points a cell, but found " + text + ".");
        }
        yield points;
      }
    };
  }

  private static int whole(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new RunException(
        "expected a whole number of at least 1, but found \"%s\".".formatted(text));
  }

  private static Map<String, String> texts(Yaml yaml) {
    Map<String, String> texts = new LinkedHashMap<>();
    fields(yaml).fields().forEach((key, field) -> texts.put(key, textOrTexts(key, field.value())));
    return texts;
  }

  private static String textOrTexts(String key, Yaml value) {
    return key.equals(PlanKey.NA.key()) && value instanceof Yaml.Items list
        ? String.join(",", list.items().stream().map(SweepFile::text).toList())
        : text(value);
  }

  private static String text(Yaml yaml) {
    if (yaml instanceof Yaml.Scalar scalar && !scalar.nothing()) {
      return scalar.text();
    }
    throw expected("a text or a number", yaml);
  }

  private static Yaml.Fields fields(Yaml yaml) {
    if (yaml instanceof Yaml.Fields fields) {
      return fields;
    }
    throw expected("keys with values", yaml);
  }

  private static Optional<Yaml> field(Yaml.Fields fields, String key) {
    return Optional.ofNullable(fields.fields().get(key)).map(Yaml.Field::value);
  }

  private static void known(Yaml.Fields fields, List<String> keys) {
    fields
        .fields()
        .forEach(
            (key, field) -> {
              if (!keys.contains(key)) {
                throw new RunException(
                    "%s: unknown key \"%s\"; the keys here are: %s."
                        .formatted(field.where(), key, String.join(", ", keys)));
              }
            });
  }

  private static RunException expected(String what, Yaml found) {
    return new RunException(
        "%s: expected %s, but found %s.".formatted(found.where(), what, found.what()));
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read();
  }

  /** What goes wrong inside is told with where it stands. */
  private static <T> T at(String where, Reading<T> reading) {
    try {
      return reading.read();
    } catch (RunException | dev.shallot.TrainingException e) {
      String message = String.valueOf(e.getMessage());
      String file = where.replaceFirst(", line \\d+, column \\d+$", "");
      throw message.startsWith(file)
          ? new RunException(message, e)
          : new RunException("%s: %s".formatted(where, message), e);
    }
  }
}
