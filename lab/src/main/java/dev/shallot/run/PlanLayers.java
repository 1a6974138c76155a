package dev.shallot.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The values that a plan was given, each with where it comes from: defaults, a method preset, a
 * plan file, flags, each over the ones before it. Immutable; {@code with...} methods return the
 * layers with one more.
 */
final class PlanLayers {

  /** Where a value comes from; later ones win. */
  enum Layer {
    DEFAULT,
    PRESET,
    FILE,
    FLAG
  }

  /**
   * A value.
   *
   * @param value as {@link PlanValue} reads it
   * @param layer that it belongs to
   * @param origin who wrote it, for messages
   */
  record Entry(Object value, Layer layer, String origin) {}

  private final EnumMap<PlanKey, Entry> entries;
  private final List<String> notes;

  private PlanLayers(EnumMap<PlanKey, Entry> entries, List<String> notes) {
    this.entries = entries;
    this.notes = notes;
  }

  /** Defaults, and nothing over them. */
  static PlanLayers of(Map<PlanKey, Object> defaults, String origin) {
    EnumMap<PlanKey, Entry> entries = new EnumMap<>(PlanKey.class);
    defaults.forEach((key, value) -> entries.put(key, new Entry(value, Layer.DEFAULT, origin)));
    return new PlanLayers(entries, List.of());
  }

  private PlanLayers copy() {
    return new PlanLayers(new EnumMap<>(entries), new ArrayList<>(notes));
  }

  PlanLayers withMethod(MethodPreset preset) {
    PlanLayers next = copy();
    String origin = "method " + preset.word();
    preset
        .settings()
        .forEach((key, value) -> next.entries.put(key, new Entry(value, Layer.PRESET, origin)));
    next.notes.add("method %s sets %s".formatted(preset.word(), preset.describe()));
    return next;
  }

  PlanLayers withDefault(PlanKey key, Object value, String origin) {
    if (!isDefault(key)) {
      return this;
    }
    PlanLayers next = copy();
    next.entries.put(key, new Entry(value, Layer.DEFAULT, origin));
    return next;
  }

  /**
   * With values that somebody wrote.
   *
   * @throws RunException if there is no such key, or a value does not fit
   */
  PlanLayers with(Map<String, ?> values, Layer layer, String origin) {
    PlanLayers next = copy();
    values.forEach(
        (name, raw) -> {
          PlanKey key = PlanKey.of(name).orElseThrow(() -> unknown(name, origin));
          if (raw == null) {
            next.entries.remove(key);
            return;
          }
          Object value = key.value().read(raw).orElseThrow(() -> unfit(key, raw, layer, origin));
          Entry before = entries.get(key);
          if (before != null && before.layer() == Layer.PRESET && !before.value().equals(value)) {
            next.notes.add(
                "%s %s of %s overrides %s of %s"
                    .formatted(
                        name,
                        PlanValue.show(value),
                        origin,
                        PlanValue.show(before.value()),
                        before.origin()));
          }
          next.entries.put(key, new Entry(value, layer, origin));
        });
    return next;
  }

  private static RunException unknown(String name, String origin) {
    return new RunException(
        "unknown plan key \"%s\" in %s.%s The keys are: %s."
            .formatted(
                name,
                origin,
                NearMiss.sentence(name, PlanKey.names()),
                String.join(", ", PlanKey.names())));
  }

  private static RunException unfit(PlanKey key, Object raw, Layer layer, String origin) {
    String found = raw instanceof String ? "\"" + raw + "\"" : Json.writeCompact(raw);
    return layer == Layer.FLAG
        ? new RunException(
            "--%s: expected %s, but found %s.".formatted(key.key(), key.value().expected(), found))
        : new RunException(
            "plan key \"%s\" in %s: expected %s, but found %s."
                .formatted(key.key(), origin, key.value().expected(), found));
  }

  PlanLayers without(PlanKey key) {
    PlanLayers next = copy();
    next.entries.remove(key);
    return next;
  }

  /** Every value under the name of its layer. */
  Map<String, Object> toMap() {
    Map<String, Object> layers = new LinkedHashMap<>();
    for (Layer layer : Layer.values()) {
      Map<String, Object> values = new LinkedHashMap<>();
      entries.forEach(
          (key, entry) -> {
            if (entry.layer() == layer) {
              values.put(key.key(), entry.value());
            }
          });
      layers.put(name(layer), values);
    }
    return layers;
  }

  /** The layers of {@link #toMap}; of an older version's, keys that it did not have do nothing. */
  static PlanLayers ofMap(Map<?, ?> layers, String origin) {
    PlanLayers plan = of(PlanDefaults.ADDED, "the defaults");
    for (Layer layer : Layer.values()) {
      if (layers.get(name(layer)) instanceof Map<?, ?> values) {
        Map<String, Object> named = new LinkedHashMap<>();
        values.forEach((key, value) -> named.put(String.valueOf(key), value));
        plan = plan.with(named, layer, origin);
      }
    }
    return new PlanLayers(plan.entries, List.of());
  }

  private static String name(Layer layer) {
    return layer.name().toLowerCase(Locale.ROOT);
  }

  /** What presets set and what overrode it, one sentence each. */
  List<String> notes() {
    return Collections.unmodifiableList(notes);
  }

  /** Whether nobody chose the value of a key. */
  boolean isDefault(PlanKey key) {
    Entry entry = entries.get(key);
    return entry == null || entry.layer() == Layer.DEFAULT;
  }

  /** The value that was given. */
  Optional<Object> value(PlanKey key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  /**
   * A value that must be there.
   *
   * @throws RunException if it is not
   */
  Entry required(PlanKey key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      throw new RunException(
          "the plan has no %s: expected %s.".formatted(key.key(), key.value().expected()));
    }
    return entry;
  }
}
