package dev.shallot.spark.ml;

import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import java.util.Locale;

/** What a plan's keys are called as params. */
final class ParamNames {
  private ParamNames() {}

  /** {@code step-size} is {@code stepSize}. */
  static String of(PlanKey key) {
    if (key == PlanKey.BATCH) {
      // The key's other value, full, is no number.
      return "batchSize";
    }
    StringBuilder name = new StringBuilder();
    for (String word : key.key().split("-", -1)) {
      name.append(
          name.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }

  static String description(PlanKey key) {
    return "%s (plan's default: %s)"
        .formatted(key.description(), PlanDocument.practitioner().show(key));
  }
}
