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
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A model as the bytes of its file, so that it can go to executors and into any file system. */
final class PackedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;
  private transient volatile Optional<Model> opened = Optional.empty();
  private transient Optional<Shared> shared = Optional.empty();

  /** On the executors of a context. */
  private record Shared(String application, Broadcast<PackedModel> broadcast) {}

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
    Optional<Model> known = known(opened);
    if (known.isPresent()) {
      return known.get();
    }
    synchronized (this) {
      Model model =
          known(opened).orElseGet(() -> inFile(file -> ModelFile.read(Files.write(file, bytes))));
      opened = Optional.of(model);
      return model;
    }
  }

  /**
   * This model for a context's executors: sent once, however often it is asked for. Spark forgets
   * it there when this one is garbage here.
   */
  synchronized Broadcast<PackedModel> shared(JavaSparkContext context) {
    String application = context.sc().applicationId() + " of " + context.startTime();
    Broadcast<PackedModel> broadcast =
        known(shared)
            .filter(there -> there.application.equals(application))
            .map(Shared::broadcast)
            .orElseGet(() -> context.broadcast(this));
    shared = Optional.of(new Shared(application, broadcast));
    return broadcast;
  }

  /** Transient fields are null after deserialisation. */
  private static <T> Optional<T> known(Optional<T> field) {
    return java.util.Objects.requireNonNullElse(field, Optional.empty());
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
