package dev.shallot.run;

import static dev.shallot.run.BinaryFormat.PROLOGUE;
import static dev.shallot.run.BinaryFormat.SECTION;

import dev.shallot.TrainingException;
import dev.shallot.data.DataException;
import dev.shallot.data.Preprocessing;
import dev.shallot.network.Activation;
import dev.shallot.network.Network;
import java.io.IOException;
import java.util.Map;

/** Reads one model file, see {@link ModelFile}. */
final class ModelReader {
  private final BinaryReader reader;

  ModelReader(BinaryReader reader) {
    this.reader = reader;
  }

  Model read() throws IOException {
    Map<String, Object> header = reader.begin();
    try {
      int width = reader.number("width").intValue();
      int features = reader.number("features").intValue();
      int outputs = reader.number("outputs").intValue();
      long sections = 0;
      for (long count : new long[] {(long) width * features, (long) width * outputs}) {
        sections += 2 * (SECTION + 8 * count);
      }
      reader.checkLength(sections);
      double[] w = section("W", width * features);
      double[] a = section("a", width * outputs);
      double[] w0 = section("W0", width * features);
      double[] a0 = section("a0", width * outputs);
      reader.end();
      Activation phi = activation(header);
      double scale = reader.number("scale").doubleValue();
      double initialScale = reader.number("initialScale").doubleValue();
      return new Model(
          new Network(width, features, outputs, w, a, scale, phi),
          new Network(width, features, outputs, w0, a0, initialScale, phi),
          reader.number("factor").doubleValue(),
          Json.fromTree(reader.part("preprocessing"), Preprocessing.class),
          reader.tree("plan"),
          reader.tree("provenance"));
    } catch (TrainingException | DataException | tools.jackson.core.JacksonException e) {
      throw reader.damaged(PROLOGUE, "its content does not fit together: " + e.getMessage());
    }
  }

  private double[] section(String name, int count) throws IOException {
    double[] numbers = new double[count];
    reader.section(name, Elements.of(numbers));
    return numbers;
  }

  /** ReLU where the header names none. */
  private Activation activation(Map<String, Object> header) {
    Object word = header.getOrDefault("activation", "relu");
    return ModelFile.activation(word)
        .orElseThrow(
            () ->
                reader.damaged(PROLOGUE, "\"activation\" in the header is \"%s\"".formatted(word)));
  }
}
