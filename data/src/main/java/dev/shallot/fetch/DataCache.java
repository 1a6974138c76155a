package dev.shallot.fetch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The folder that keeps fetched data: {@code folder/NAME/FILE}. */
public record DataCache(Path folder) {
  /** Names the folder in the environment. */
  public static final String VARIABLE = "SHALLOT_CACHE";

  /**
   * The folder of this user: {@code $SHALLOT_CACHE}, or else {@code $XDG_CACHE_HOME/shallot}, or
   * else {@code ~/.cache/shallot}.
   *
   * @param environment the process's variables
   * @param home the user's home folder
   */
  public static DataCache usual(Map<String, String> environment, Path home) {
    String chosen = environment.getOrDefault(VARIABLE, "");
    if (!chosen.isEmpty()) {
      return new DataCache(Path.of(chosen));
    }
    String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
    return new DataCache(
        (caches.isEmpty() ? home.resolve(".cache") : Path.of(caches)).resolve("shallot"));
  }

  /** Where a set is, or would be. */
  public Path place(KnownData data) {
    return folder.resolve(data.name()).resolve(data.file());
  }

  /** The file of a set, if it was fetched and is still what it should be. */
  public Optional<Path> find(KnownData data) {
    Path file = place(data);
    return Files.isRegularFile(file) && Fetch.is(file, data) ? Optional.of(file) : Optional.empty();
  }
}
