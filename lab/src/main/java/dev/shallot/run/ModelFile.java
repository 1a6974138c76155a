package dev.shallot.run;

import dev.shallot.network.Activation;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes and reads {@code model.shallot}, a {@link BinaryFormat}. The header has shapes, scale,
 * factor, activation unless relu, preprocessing, plan and provenance; the sections are float64, row
 * by row: W (m x d), a (m x c), W0 (m x d), a0 (m x c). Where the target in the preprocessing has
 * classes, the outputs are their logits.
 */
public final class ModelFile {
  /**
   * The newest format version that is known here. Version 2 has an activation in its header; a ReLU
   * network is still written as version 1, which has none. Version 3 may have classes; where there
   * are none the others are still written.
   */
  public static final int VERSION = 3;

  static final BinaryFormat FORMAT =
      new BinaryFormat("SHALOT", VERSION, "model", "use a copy, or train again");

  private static final int WITHOUT_ACTIVATION = 1;
  private static final int WITHOUT_CLASSES = 2;

  /** Numbers that are read at a time from a network that is not in memory. */
  private static final int ROWS_TOGETHER = 1 << 20;

  private ModelFile() {}

  /** Writes or replaces a model, whole or not at all. */
  public static void write(Path file, Model model) {
    boolean relu = model.rows().activation() == Activation.RELU;
    int numbers = relu ? WITHOUT_ACTIVATION : WITHOUT_CLASSES;
    int version = model.classes().isEmpty() ? numbers : VERSION;
    AtomicFile.write(
        file,
        channel -> {
          BinaryWriter writer = new BinaryWriter(channel);
          writer.begin(FORMAT, version, header(model));
          write(writer, "W", "a", model.rows());
          write(writer, "W0", "a0", model.start());
          writer.end();
        });
  }

  /** Both layers; of a network that is not in memory, some neurons at a time, twice. */
  private static void write(BinaryWriter writer, String w, String a, NetworkRows network)
      throws IOException {
    if (network instanceof Network whole) {
      writer.section(w, Elements.of(whole.hiddenWeights()));
      writer.section(a, Elements.of(whole.outputWeights()));
      return;
    }
    int m = network.width();
    int d = network.features();
    int c = network.outputs();
    int together = Math.min(m, Math.max(1, ROWS_TOGETHER / (d + c)));
    double[] hidden = new double[together * d];
    double[] output = new double[together * c];
    for (boolean first : new boolean[] {true, false}) {
      int columns = first ? d : c;
      writer.beginSection(first ? w : a, (long) m * columns);
      for (int r = 0; r < m; r += together) {
        int count = Math.min(together, m - r);
        network.copyRows(r, count, hidden, output);
        writer.put(new Elements(first ? hidden : output, 1, count * columns, count * columns));
      }
      writer.endSection();
    }
  }

  private static Map<String, Object> header(Model model) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("width", model.rows().width());
    header.put("features", model.rows().features());
    header.put("outputs", model.rows().outputs());
    header.put("scale", model.rows().scale());
    header.put("initialScale", model.start().scale());
    header.put("factor", model.factor());
    if (model.rows().activation() != Activation.RELU) {
      header.put("activation", word(model.rows().activation()));
    }
    header.put("preprocessing", Json.toTree(model.preprocessing()));
    header.put("plan", model.plan());
    header.put("provenance", model.provenance());
    return header;
  }

  static String word(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  /** The activation of a word; empty if there is none. */
  static Optional<Activation> activation(Object word) {
    return Arrays.stream(Activation.values()).filter(phi -> word(phi).equals(word)).findFirst();
  }

  /**
   * Reads a model.
   *
   * @throws RunException if the file is absent, no model, damaged (with the offset), or of a newer
   *     version
   */
  public static Model read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new RunException("there is no model file %s.".formatted(file));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new ModelReader(new BinaryReader(FORMAT, file, channel)).read();
    } catch (IOException e) {
      throw new RunException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
  }
}
