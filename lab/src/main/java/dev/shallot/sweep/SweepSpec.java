package dev.shallot.sweep;

import dev.shallot.TrainingException;
import dev.shallot.plan.EngineKind;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.RunException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A grid of plans.
 *
 * @param title one line for people; may be empty
 * @param base the plan where no axis says otherwise; unless it says so itself, a cell has one
 *     thread, and errors are measured after rounds, not after local steps
 * @param axes in the grid's order, the last one runs fastest; none sets a key of another
 * @param amendments what else is set in parts of the grid, in this order
 * @param tracePoints how many points of each cell's error trace are kept at most, see {@link
 *     Trace#thinned}; 0: none
 */
public record SweepSpec(
    String title, PlanDocument base, List<Axis> axes, List<Amendment> amendments, int tracePoints) {
  /** How many points of a trace are kept unless somebody says. */
  public static final int USUAL_TRACE_POINTS = 1000;

  /** Keys that do nothing in a sweep. */
  public static final Set<PlanKey> IDLE =
      Set.of(PlanKey.TRACK, PlanKey.TRACK_EVERY, PlanKey.CHECKPOINT_EVERY);

  private static final int MOST_CELLS = 1_000_000;

  public SweepSpec {
    // Cells run side by side, so each gets a core; measuring each local step would cost time.
    base =
        base.withDefault(PlanKey.THREADS, 1L, "one thread a cell")
            .withDefault(PlanKey.EVENTS, "rounds", "the errors after rounds are enough");
    axes = List.copyOf(axes);
    amendments = List.copyOf(amendments);
    if (tracePoints < 0 || tracePoints == 1) {
      throw new RunException(
          "a trace keeps no point, or at least its first and its last, but got %d."
              .formatted(tracePoints));
    }
    checkAxes(axes);
    checkAmendments(axes, amendments);
    for (PlanKey key : IDLE) {
      boolean set =
          !base.show(key).equals(PlanDocument.practitioner().show(key))
              || axes.stream().anyMatch(axis -> axis.keys().contains(key.key()))
              || amendments.stream().anyMatch(a -> a.set().containsKey(key.key()));
      if (set) {
        throw new RunException(
            "%s has no effect in a sweep, whose cells keep their errors and nothing else; train a single run with it."
                .formatted(key.key()));
      }
    }
  }

  /** A grid without amendments, with the usual traces. */
  public static SweepSpec of(PlanDocument base, List<Axis> axes) {
    return new SweepSpec("", base, axes, List.of(), USUAL_TRACE_POINTS);
  }

  private static void checkAxes(List<Axis> axes) {
    Map<String, String> setBy = new LinkedHashMap<>();
    Map<String, Axis> named = new LinkedHashMap<>();
    long cells = 1;
    for (Axis axis : axes) {
      if (named.put(axis.name(), axis) != null) {
        throw new RunException("two axes are called %s.".formatted(axis.name()));
      }
      for (String key : axis.keys()) {
        String other = setBy.put(key, axis.name());
        if (other != null) {
          throw new RunException(
              "the axes %s and %s both set %s.".formatted(other, axis.name(), key));
        }
      }
      cells *= axis.settings().size();
      if (cells > MOST_CELLS) {
        throw new RunException(
            "the grid has more than %,d cells: take shorter axes, or several sweeps."
                .formatted(MOST_CELLS));
      }
    }
  }

  private static void checkAmendments(List<Axis> axes, List<Amendment> amendments) {
    for (Amendment amendment : amendments) {
      amendment
          .when()
          .forEach(
              (name, label) -> {
                boolean there =
                    axes.stream()
                        .filter(axis -> axis.name().equals(name))
                        .flatMap(axis -> axis.settings().stream())
                        .anyMatch(setting -> setting.label().equals(label));
                if (!there) {
                  throw new RunException(
                      "an amendment holds when %s is %s, but no axis has that value (written the same way)."
                          .formatted(name, label));
                }
              });
      // Judges the keys.
      new Axis.Setting("an amendment", amendment.set());
    }
  }

  /**
   * All points, the last axis running fastest.
   *
   * @throws RunException if the plan of a point is none, with where
   */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    expand(0, new LinkedHashMap<>(), base, cells);
    return cells;
  }

  private void expand(int depth, Map<String, String> at, PlanDocument plan, List<Cell> cells) {
    if (depth == axes.size()) {
      cells.add(cell(cells.size(), at, plan));
      return;
    }
    Axis axis = axes.get(depth);
    for (Axis.Setting setting : axis.settings()) {
      Map<String, String> next = new LinkedHashMap<>(at);
      next.put(axis.name(), setting.label());
      expand(depth + 1, next, plan.withFlags(setting.values()), cells);
    }
  }

  private Cell cell(int index, Map<String, String> at, PlanDocument plan) {
    PlanDocument amended = plan;
    for (Amendment amendment : amendments) {
      if (amendment.holds(at)) {
        amended = amended.withFlags(amendment.set());
      }
    }
    Cell cell = new Cell(index, Collections.unmodifiableMap(at), amended, "");
    try {
      if (amended.trainingPlan().engine() == EngineKind.SPARK) {
        throw new RunException(
            "a sweep trains many small runs on this machine, engine spark one large run on many:"
                + " choose another engine.");
      }
      amended.stoppingRules();
      amended.heldOutPatience();
      return new Cell(index, cell.at(), amended, Cell.hash(amended));
    } catch (RunException | TrainingException e) {
      throw new RunException("at %s: %s".formatted(cell.describe(), e.getMessage()), e);
    }
  }

  /** As {@code sweep.json} holds it. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("title", title);
    map.put("plan", base.layers());
    map.put(
        "axes",
        axes.stream()
            .map(
                axis -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("name", axis.name());
                  one.put(
                      "settings",
                      axis.settings().stream()
                          .map(s -> Map.of("label", s.label(), "set", s.values()))
                          .map(SweepSpec::labelFirst)
                          .toList());
                  return one;
                })
            .toList());
    map.put(
        "amendments",
        amendments.stream()
            .map(
                a -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("when", a.when());
                  one.put("set", a.set());
                  return one;
                })
            .toList());
    map.put("tracePoints", tracePoints);
    return map;
  }

  private static Map<String, Object> labelFirst(Map<String, Object> setting) {
    Map<String, Object> ordered = new LinkedHashMap<>();
    List.of("label", "set").forEach(key -> ordered.put(key, setting.get(key)));
    return ordered;
  }

  /**
   * The spec of a map.
   *
   * @throws RunException if it is none
   */
  static SweepSpec of(Map<?, ?> map, String origin) {
    if (!(map.get("title") instanceof String title
        && map.get("plan") instanceof Map<?, ?> layers
        && map.get("axes") instanceof List<?> axes
        && map.get("amendments") instanceof List<?> amendments
        && map.get("tracePoints") instanceof Integer points)) {
      throw new RunException(
          "%s holds no spec of a sweep: title, plan, axes, amendments, tracePoints."
              .formatted(origin));
    }
    List<Axis> readAxes = new ArrayList<>();
    for (Object axis : axes) {
      List<Axis.Setting> settings = new ArrayList<>();
      for (Object setting : list(map(axis, origin), "settings", origin)) {
        Map<?, ?> one = map(setting, origin);
        settings.add(new Axis.Setting(String.valueOf(one.get("label")), texts(one, "set", origin)));
      }
      readAxes.add(new Axis(String.valueOf(map(axis, origin).get("name")), settings));
    }
    List<Amendment> readAmendments = new ArrayList<>();
    for (Object amendment : amendments) {
      Map<?, ?> one = map(amendment, origin);
      readAmendments.add(new Amendment(texts(one, "when", origin), texts(one, "set", origin)));
    }
    return new SweepSpec(
        title, PlanDocument.ofLayers(layers, origin), readAxes, readAmendments, points);
  }

  private static Map<?, ?> map(Object value, String origin) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new RunException("%s: expected an object, but found %s.".formatted(origin, value));
  }

  private static List<?> list(Map<?, ?> of, String key, String origin) {
    if (of.get(key) instanceof List<?> list) {
      return list;
    }
    throw new RunException("%s: expected a list \"%s\".".formatted(origin, key));
  }

  private static Map<String, String> texts(Map<?, ?> of, String key, String origin) {
    if (of.get(key) instanceof Map<?, ?> values) {
      Map<String, String> texts = new LinkedHashMap<>();
      values.forEach((k, v) -> texts.put(String.valueOf(k), String.valueOf(v)));
      return texts;
    }
    throw new RunException("%s: expected an object \"%s\".".formatted(origin, key));
  }
}
