package dev.shallot.onnx;

import dev.shallot.file.WholeFile;
import dev.shallot.plan.Precision;
import dev.shallot.run.AtomicFile;
import dev.shallot.run.Json;
import dev.shallot.run.Model;
import dev.shallot.run.ProgramVersion;
import dev.shallot.run.RunException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model as an ONNX file that takes what the table held and answers in the targets' units: fill
 * values, one-hot encoding, scaling, the constant feature, unit rows, the network and the inverse
 * of the label scaling are all nodes of its graph.
 *
 * <p>Inputs: {@code features}, rows x (number of numeric columns), holds the numeric columns in the
 * model's order; a text column is an input of its own, rows x 1 of strings, named as the column.
 * Output: {@code prediction}, rows x targets; of classes {@code label}, rows x 1 of strings, and
 * {@code probabilities}, rows x classes. Any number of rows.
 *
 * <p>What {@code predict} refuses, the graph answers with NaN where a number is wrong (missing
 * without a fill value, infinite, a row of zeros that should become a unit row), for that row alone
 * (the label is an empty text then); the runtime refuses a text that no training row had.
 *
 * <p>With {@link Precision#FLOAT64} the graph computes what {@link Model#predict} does, up to
 * rounding. With {@link Precision#FLOAT32} inputs, weights and outputs are float32, half the size,
 * while scaling, norms and the way back to label units stay in float64, so that a mean far from
 * zero costs no digits. GELU's erf is float32 in either: runtimes have no other.
 */
public final class OnnxExport {
  /** A file of protocol buffers holds 2^31 bytes. */
  private static final long LARGEST = Integer.MAX_VALUE - 1024L;

  private final List<OnnxPort> inputs;
  private final List<OnnxPort> outputs;

  private OnnxExport(List<OnnxPort> inputs, List<OnnxPort> outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Writes a new file, whole or not at all; equal models give equal bytes.
   *
   * @param precision number type of inputs, weights and outputs
   * @return what was written: the graph's inputs and outputs
   * @throws RunException if the file exists or cannot be written, or the model is larger than an
   *     ONNX file can be
   */
  public static OnnxExport write(Path file, Model model, Precision precision) {
    Graph graph = new Graph();
    ModelGraph made = new ModelGraph(graph, model, precision);
    List<OnnxPort> outputs = made.build();
    OnnxExport export = new OnnxExport(made.inputs(), outputs);
    Message message =
        graph.model(
            ProgramVersion.text(),
            "A single-hidden-layer network trained by Shallot; raw feature values in, predictions"
                + " in the targets' units out.",
            export.metadata(model));
    if (message.bytes() > LARGEST) {
      throw new RunException(
          "an ONNX file holds 2 GiB at most, and this model of %d x %d weights needs %d bytes: export it as safetensors%s."
              .formatted(
                  model.network().width(),
                  model.network().features(),
                  message.bytes(),
                  precision == Precision.FLOAT64 ? ", or with --precision float32" : ""));
    }
    AtomicFile.create(file, (WholeFile.Content) message::write);
    return export;
  }

  /** What the graph takes. */
  public List<OnnxPort> inputs() {
    return inputs;
  }

  /** What it answers. */
  public List<OnnxPort> outputs() {
    return outputs;
  }

  private Map<String, String> metadata(Model model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("shallot.version", ProgramVersion.text());
    metadata.put("shallot.inputs", ports(inputs));
    metadata.put("shallot.outputs", ports(outputs));
    metadata.put("shallot.dataSha256", String.valueOf(model.provenance().get("dataSha256")));
    return metadata;
  }

  private static String ports(List<OnnxPort> ports) {
    return Json.writeCompact(ports.stream().map(OnnxPort::toMap).toList());
  }
}
