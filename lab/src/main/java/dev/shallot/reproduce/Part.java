package dev.shallot.reproduce;

import dev.shallot.run.PlanDocument;
import dev.shallot.sweep.Amendment;
import dev.shallot.sweep.Axis;
import dev.shallot.sweep.SweepSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A grid of a figure: one sweep.
 *
 * @param name its folder's
 * @param title what it is, for people
 * @param data where its data comes from, see {@link FigureData}
 * @param plan plan keys over the papers' setting
 * @param axes of the grid
 * @param amendments what else is set in parts of the grid
 * @param probe what is measured besides errors: phases, movement, accuracy, or nothing
 * @param part the entry of config.json, for what only one figure knows
 */
record Part(
    String name,
    String title,
    Tree data,
    Map<String, String> plan,
    List<Axis> axes,
    List<Amendment> amendments,
    String probe,
    Tree part) {
  private static final int TRACE_POINTS = 4000;

  /**
   * A part of config.json at a size.
   *
   * @param changedAxes of a size: for a name of an axis, the labels in place of the config's
   */
  static Part of(Tree part, Tree data, Map<String, String> plan, Tree changedAxes) {
    List<Axis> axes = new ArrayList<>();
    for (Tree axis : part.objects("axes")) {
      axes.add(axis(axis, changedAxes));
    }
    List<Amendment> amendments = new ArrayList<>();
    if (part.has("amendments")) {
      for (Tree amendment : part.objects("amendments")) {
        Amendment read =
            new Amendment(amendment.object("when").texts(), amendment.object("set").texts());
        if (there(read, axes)) {
          amendments.add(read);
        }
      }
    }
    String name = part.text("name");
    return new Part(
        name, part.text("title", name), data, plan, axes, amendments, part.text("probe", ""), part);
  }

  private static Axis axis(Tree axis, Tree changed) {
    String name = axis.text("name");
    List<String> chosen =
        changed.has(name) ? changed.list(name).stream().map(String::valueOf).toList() : List.of();
    if (axis.has("settings")) {
      Tree all = axis.object("settings");
      Map<String, Map<String, String>> settings = new LinkedHashMap<>();
      for (String label : chosen.isEmpty() ? List.copyOf(all.values().keySet()) : chosen) {
        settings.put(label, all.object(label).texts());
      }
      return Axis.named(name, settings);
    }
    return Axis.of(
        name,
        chosen.isEmpty() ? axis.list("values").stream().map(String::valueOf).toList() : chosen);
  }

  /** A smaller size may lack the place that an amendment speaks of. */
  private static boolean there(Amendment amendment, List<Axis> axes) {
    return amendment.when().entrySet().stream()
        .allMatch(
            e ->
                axes.stream()
                    .filter(axis -> axis.name().equals(e.getKey()))
                    .flatMap(axis -> axis.settings().stream())
                    .anyMatch(setting -> setting.label().equals(e.getValue())));
  }

  /** The same with other amendments. */
  Part amended(List<Amendment> others) {
    return new Part(name, title, data, plan, axes, others, probe, part);
  }

  /** The same with some plan keys over its own. */
  Part with(Map<String, String> keys) {
    Map<String, String> changed = new LinkedHashMap<>(plan);
    changed.putAll(keys);
    return new Part(name, title, data, changed, axes, amendments, probe, part);
  }

  /** The labels of an axis. */
  List<String> labels(String axis) {
    return axes.stream()
        .filter(a -> a.name().equals(axis))
        .flatMap(a -> a.settings().stream())
        .map(Axis.Setting::label)
        .toList();
  }

  /** What is run, on some data. */
  SweepSpec spec(Map<String, String> dataKeys) {
    PlanDocument base = PlanDocument.paper().withFlags(dataKeys).withFlags(plan);
    return new SweepSpec(title, base, axes, amendments, TRACE_POINTS);
  }
}
