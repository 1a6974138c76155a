package dev.shallot.sweep;

import dev.shallot.run.MethodPreset;
import dev.shallot.run.PlanKey;
import dev.shallot.run.RunException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One direction of a grid.
 *
 * @param name a plan key, or a name of its own for settings that set several keys
 * @param settings in the grid's order, at least one, with different labels
 */
public record Axis(String name, List<Setting> settings) {
  /** The axis of a sweep over methods: each sets mask, subnets, local steps. */
  public static final String METHOD = "method";

  /**
   * One place on the axis.
   *
   * @param label what it is called in results
   * @param values plan keys and what they become
   */
  public record Setting(String label, Map<String, String> values) {
    public Setting {
      if (label.isBlank()) {
        throw new RunException("a setting of an axis needs a name.");
      }
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      for (String key : values.keySet()) {
        if (PlanKey.of(key).isEmpty()) {
          throw new RunException(
              "\"%s\" of the setting %s is no plan key. The keys are: %s."
                  .formatted(key, label, String.join(", ", PlanKey.names())));
        }
      }
    }
  }

  public Axis {
    settings = List.copyOf(settings);
    if (name.isBlank() || settings.isEmpty()) {
      throw new RunException(
          "an axis of a grid needs a name and at least one value, but \"%s\" has %d."
              .formatted(name, settings.size()));
    }
    Set<String> labels = new LinkedHashSet<>();
    for (Setting setting : settings) {
      if (!labels.add(setting.label())) {
        throw new RunException(
            "the axis %s has the value %s twice.".formatted(name, setting.label()));
      }
    }
  }

  /**
   * An axis of the values of one plan key, or of method presets where the key is {@value #METHOD}.
   */
  public static Axis of(String key, List<String> values) {
    List<Setting> settings = new ArrayList<>();
    for (String value : values) {
      settings.add(
          key.equals(METHOD)
              ? new Setting(value, methodValues(value))
              : new Setting(value, Map.of(key, value)));
    }
    return new Axis(key, settings);
  }

  private static Map<String, String> methodValues(String word) {
    Map<String, String> values = new LinkedHashMap<>();
    MethodPreset.of(word)
        .settings()
        .forEach((key, value) -> values.put(key.key(), String.valueOf(value)));
    return values;
  }

  /** An axis of named settings, each of several keys. */
  public static Axis named(String name, Map<String, Map<String, String>> settings) {
    return new Axis(
        name,
        settings.entrySet().stream().map(e -> new Setting(e.getKey(), e.getValue())).toList());
  }

  /** The axis of repetitions: so many seeds from the first on. */
  public static Axis seeds(long first, int count) {
    List<String> seeds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      seeds.add(Long.toString(first + i));
    }
    return of(PlanKey.SEED.key(), seeds);
  }

  /** All plan keys that a setting of it sets. */
  public Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    settings.forEach(setting -> keys.addAll(setting.values().keySet()));
    return keys;
  }

  /** Whether its settings are repetitions of the same thing. */
  public boolean repeats() {
    return name.equals(PlanKey.SEED.key());
  }
}
