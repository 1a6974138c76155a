package dev.shallot.spark.ml;

import dev.shallot.data.GivenRows;
import dev.shallot.run.Model;
import dev.shallot.run.ModelFile;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A model as the bytes of its file, so that it can go to executors and into any file system. */
final class PackedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;
  private transient volatile Optional<Model> opened = Optional.empty();

  PackedModel(byte[] bytes) {
    this.bytes = bytes;
  }

  static PackedModel of(Model model) {
    return inFile(
        file -> {
          ModelFile.write(file, model);
          if (Files.size(file) > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException(
                "the model is %d bytes, and one that is sent to executors has 2 GiB at most: fewer neurons, or train with shallot train"
                    .formatted(Files.size(file)));
          }
          return new PackedModel(Files.readAllBytes(file));
        });
  }

  byte[] bytes() {
    return bytes;
  }

  /** The model; read once in each process. */
  Model model() {
    // Transient fields are null after deserialisation.
    Optional<Model> known = java.util.Objects.requireNonNullElse(opened, Optional.empty());
    if (known.isPresent()) {
      return known.get();
    }
    synchronized (this) {
      Model model = inFile(file -> ModelFile.read(Files.write(file, bytes)));
      opened = Optional.of(model);
      return model;
    }
  }

  /**
   * Predicts rows on this thread alone.
   *
   * @param rows row-major
   * @return rows x outputs
   */
  double[] predict(double[] rows) {
    Model model = model();
    return model.predict(
        model.preprocessing().features(GivenRows.of(model.preprocessing(), rows)), 1);
  }

  @FunctionalInterface
  private interface Work<T> {
    T with(Path file) throws IOException;
  }

  private static <T> T inFile(Work<T> work) {
    try {
      Path file = Files.createTempFile("shallot", ".model");
      try {
        return work.with(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
