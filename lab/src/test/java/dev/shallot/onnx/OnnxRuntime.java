package dev.shallot.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.shallot.data.Column;
import dev.shallot.data.InputColumn;
import dev.shallot.data.Table;
import dev.shallot.run.Model;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** ONNX Runtime, fed with the cells of a table. */
final class OnnxRuntime implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;
  private List<String> labels = List.of();

  OnnxRuntime(Path file) throws OrtException {
    this.session = ENVIRONMENT.createSession(file.toString(), new OrtSession.SessionOptions());
  }

  /** Name and type of each input. */
  Map<String, String> inputs() throws OrtException {
    Map<String, String> inputs = new HashMap<>();
    for (NodeInfo node : session.getInputInfo().values()) {
      inputs.put(node.getName(), ((TensorInfo) node.getInfo()).type.name());
    }
    return inputs;
  }

  /** The answers to a table's rows, from its raw cells; rows x outputs. */
  double[] answer(Model model, Table table) throws OrtException {
    List<InputColumn> columns = model.preprocessing().inputs();
    List<InputColumn> numeric = columns.stream().filter(InputColumn::numeric).toList();
    double[] numbers = new double[table.rows() * numeric.size()];
    Map<String, String[]> texts = new HashMap<>();
    for (InputColumn column : columns) {
      if (table.column(column.position() - 1) instanceof Column.Numbers cells) {
        for (int i = 0; i < table.rows(); i++) {
          numbers[i * numeric.size() + numeric.indexOf(column)] = cells.values()[i];
        }
      } else if (table.column(column.position() - 1) instanceof Column.Texts cells) {
        texts.put(column.name(), cells.cells());
      }
    }
    return answer(numbers, numeric.size(), texts, table.rows());
  }

  double[] answer(double[] numbers, int columns, Map<String, String[]> texts, int rows)
      throws OrtException {
    Map<String, OnnxTensor> given = new HashMap<>();
    try {
      if (columns > 0) {
        boolean single = "FLOAT".equals(inputs().get("features"));
        given.put("features", tensor(numbers, new long[] {rows, columns}, single));
      }
      for (Map.Entry<String, String[]> text : texts.entrySet()) {
        given.put(
            text.getKey(),
            OnnxTensor.createTensor(ENVIRONMENT, text.getValue(), new long[] {rows, 1}));
      }
      try (OrtSession.Result result = session.run(given)) {
        labels = result.get("label").map(OnnxRuntime::texts).orElse(List.of());
        String name = labels.isEmpty() ? "prediction" : "probabilities";
        Object value = result.get(name).orElseThrow().getValue();
        return value instanceof float[][] floats ? widened(floats) : flat((double[][]) value);
      }
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  /** The labels of the last answer; none if numbers are predicted. */
  List<String> labels() {
    return labels;
  }

  private static List<String> texts(OnnxValue value) {
    try {
      return Arrays.stream((String[][]) value.getValue()).map(row -> row[0]).toList();
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }

  private static OnnxTensor tensor(double[] numbers, long[] shape, boolean single)
      throws OrtException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(numbers.length * 8).order(ByteOrder.nativeOrder());
    if (single) {
      java.nio.FloatBuffer floats = bytes.asFloatBuffer();
      for (double number : numbers) {
        floats.put((float) number);
      }
      return OnnxTensor.createTensor(ENVIRONMENT, floats.flip(), shape);
    }
    java.nio.DoubleBuffer doubles = bytes.asDoubleBuffer().put(numbers);
    return OnnxTensor.createTensor(ENVIRONMENT, doubles.flip(), shape);
  }

  private static double[] widened(float[][] rows) {
    double[] flat = new double[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows[i / rows[0].length][i % rows[0].length];
    }
    return flat;
  }

  private static double[] flat(double[][] rows) {
    double[] flat = new double[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows[i / rows[0].length][i % rows[0].length];
    }
    return flat;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
