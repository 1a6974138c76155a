package dev.shallot.spark;

import java.util.Map;
import java.util.function.Supplier;

/** Spark's settings for the time of a run, as a user would give them: as properties of the JVM. */
final class Settings {
  private Settings() {}

  static <T> T with(Map<String, String> settings, Supplier<T> run) {
    settings.forEach(System::setProperty);
    try {
      return run.get();
    } finally {
      settings.keySet().forEach(System::clearProperty);
    }
  }
}
