package dev.shallot.run;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named methods that Algorithm 1 holds as special cases: what each sets. */
public enum MethodPreset {
  /** No masks: one subnet that holds everything, one gradient step a round. */
  FULL("full", entry(PlanKey.MASK, "full"), entry(PlanKey.SUBNETS, 1L), local(1)),
  /** Dropout with one mask a round: one Bernoulli subnet, one step. */
  DROPOUT("dropout", entry(PlanKey.MASK, "bernoulli"), entry(PlanKey.SUBNETS, 1L), local(1)),
  /** Several dropout masks a round, combined after one step. */
  MULTI_DROPOUT(
      "multi-dropout", entry(PlanKey.MASK, "bernoulli"), entry(PlanKey.SUBNETS, 4L), local(1)),
  /** Independent Subnet Training: the neurons cut into equal parts, several steps each. */
  IST("ist", entry(PlanKey.MASK, "partition"), entry(PlanKey.SUBNETS, 4L), local(5)),
  /** Its form with overlapping subnets. */
  IST_BERNOULLI(
      "ist-bernoulli",
      entry(PlanKey.MASK, "bernoulli"),
      entry(PlanKey.KEEP, 0.5),
      entry(PlanKey.SUBNETS, 4L),
      local(5));

  private final String word;

  // Filled by the constructor and never changed.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Map<PlanKey, Object> values = new LinkedHashMap<>();

  @SafeVarargs
  MethodPreset(String word, Map.Entry<PlanKey, ?>... values) {
    this.word = word;
    for (Map.Entry<PlanKey, ?> value : values) {
      this.values.put(value.getKey(), value.getValue());
    }
  }

  private static Map.Entry<PlanKey, ?> local(long steps) {
    return entry(PlanKey.LOCAL_STEPS, steps);
  }

  /** The name on the command line. */
  public String word() {
    return word;
  }

  /** All names. */
  public static List<String> words() {
    return Arrays.stream(values()).map(MethodPreset::word).toList();
  }

  /** The preset of a name. */
  public static MethodPreset of(String word) {
    return Arrays.stream(values())
        .filter(p -> p.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new RunException(
                    "unknown method \"%s\": expected one of %s.%s"
                        .formatted(
                            word, String.join(", ", words()), NearMiss.sentence(word, words()))));
  }

  /** What it sets. */
  public Map<PlanKey, Object> settings() {
    return java.util.Collections.unmodifiableMap(values);
  }

  /** What it sets, in words: {@code mask bernoulli, subnets 1, local-steps 1}. */
  public String describe() {
    return String.join(
        ", ", values.entrySet().stream().map(e -> e.getKey().key() + " " + e.getValue()).toList());
  }
}
