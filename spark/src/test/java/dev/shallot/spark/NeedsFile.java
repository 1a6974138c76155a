package dev.shallot.spark;

import dev.shallot.engine.DataOrigin;
import dev.shallot.plan.TrainingData;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Made data that can be had only while a file is there.
 *
 * @param data the data
 * @param file its path
 */
record NeedsFile(SmallData data, String file) implements DataOrigin {
  @Override
  public TrainingData read() {
    if (!Files.exists(Path.of(file))) {
      throw new IllegalStateException(file + " is not there");
    }
    return data.read();
  }
}
