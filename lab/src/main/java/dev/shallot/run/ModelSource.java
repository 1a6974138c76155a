package dev.shallot.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds the model that somebody means by a path: a run's folder, a model file, or a safetensors
 * file.
 */
public final class ModelSource {
  private ModelSource() {}

  /**
   * Opens a model.
   *
   * @throws RunException if there is none, with the reason where the run tells it
   */
  public static Model open(Path path) {
    if (!Files.isDirectory(path)) {
      return GivenWeights.isSafetensors(path.toString())
          ? ModelTensors.read(path, Optional.empty(), OptionalDouble.empty())
          : ModelFile.read(path);
    }
    Path file = path.resolve("model.shallot");
    if (Files.exists(file)) {
      return ModelFile.read(file);
    }
    RunFolder folder = RunFolder.open(path);
    throw new RunException(
        "the run %s has no model: its outcome is \"%s\"%s."
            .formatted(
                path,
                folder.stopReason(),
                folder.unfinished() ? "; \"shallot resume %s\" goes on".formatted(path) : ""));
  }
}
