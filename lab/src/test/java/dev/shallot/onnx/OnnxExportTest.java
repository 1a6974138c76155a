package dev.shallot.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OrtException;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Synthetic;
import dev.shallot.data.SyntheticLabels;
import dev.shallot.data.SyntheticSet;
import dev.shallot.data.Table;
import dev.shallot.plan.Precision;
import dev.shallot.run.Model;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import dev.shallot.run.RunException;
import dev.shallot.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What ONNX Runtime makes of exported graphs, beside what the models themselves say.
 *
 * <p>Long because each kind of preprocessing that a graph repeats is a test of its own.
 */
class OnnxExportTest {
  /** Beside the spread of the labels; float32 has seven digits. */
  private static final double CLOSE = 1e-5;

  private static final double EQUAL = 1e-11;

  @TempDir Path folder = Path.of("");
  private int runs;

  private Model model(Path data, String... flags) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("width", "96");
    all.put("rounds", "20");
    for (int i = 0; i < flags.length; i += 2) {
      all.put(flags[i], flags[i + 1]);
    }
    PlanDocument plan = PlanDocument.practitioner().withFlags(all);
    PreparedData prepared = Run.prepare(plan, data);
    Path run = folder.resolve("run" + runs++);
    return Run.execute(new RunRequest(plan, prepared, run, "test", List.of()))
        .model()
        .orElseThrow();
  }

  private static Table table(Model model, Path data) {
    return Table.read(data, PlanDocument.of(model.plan(), "the model").tableFormat());
  }

  private Path synthetic() {
    Path file = folder.resolve("table.csv");
    if (!Files.exists(file)) {
      Synthetic.generate(SyntheticSet.TABULAR, SyntheticLabels.NATURAL, 300, 7, 1, 3)
          .writeCsv(file);
    }
    return file;
  }

  private Path export(Model model, Precision precision) {
    Path file = folder.resolve("model" + runs++ + ".onnx");
    OnnxExport.write(file, model, precision);
    return file;
  }

  private static void assertBelow(double bound, double found) {
    assertTrue(found < bound, found + " is not below " + bound);
  }

  /** The largest difference between both, over the labels' scale. */
  private double difference(Model model, Table table, Precision precision) throws OrtException {
    Table cells = precision == Precision.FLOAT32 ? rounded(table) : table;
    double[] expected = model.predict(cells);
    double[] found;
    try (OnnxRuntime runtime = new OnnxRuntime(export(model, precision))) {
      found = runtime.answer(model, cells);
      if (!model.classes().isEmpty()) {
        assertEquals(model.labels(found), runtime.labels());
      }
    }
    assertEquals(expected.length, found.length);
    double[] factors = model.preprocessing().labelScaling().factors();
    double largest = 0.0;
    for (int i = 0; i < found.length; i++) {
      // A comparison that NaN does not pass.
      double difference = Math.abs(found[i] - expected[i]) / factors[i % factors.length];
      largest = difference <= largest ? largest : difference;
    }
    return largest;
  }

  private static String quoted(String cell) {
    return '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** The numbers that a graph with float32 inputs is given. */
  private Table rounded(Table table) {
    Path file = folder.resolve("rounded" + runs++ + ".csv");
    StringBuilder text = new StringBuilder();
    table.names().forEach(name -> text.append(text.isEmpty() ? "" : ",").append(quoted(name)));
    text.append('\n');
    for (int i = 0; i < table.rows(); i++) {
      for (int j = 0; j < table.columns(); j++) {
        text.append(j > 0 ? "," : "");
        switch (table.column(j)) {
          case dev.shallot.data.Column.Numbers numbers -> {
            double value = (float) numbers.values()[i];
            text.append(Double.isNaN(value) ? "" : Double.toString(value));
          }
          case dev.shallot.data.Column.Texts texts -> text.append(quoted(texts.cells()[i]));
          case dev.shallot.data.Column.Unusable unusable ->
              throw new AssertionError(unusable.reason());
        }
      }
      text.append('\n');
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return Table.read(file, dev.shallot.data.TableFormat.detect());
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "softplus", "gelu", "tanh"})
  void everyActivationAnswersAsTheModelDoes(String activation) throws OrtException {
    Model model = model(synthetic(), "target", "y", "activation", activation);
    Table table = table(model, synthetic());
    // The runtime's erf is float32 in either graph.
    double equal = activation.equals("gelu") ? 1e-6 : EQUAL;
    assertBelow(equal, difference(model, table, Precision.FLOAT64));
    assertBelow(CLOSE, difference(model, table, Precision.FLOAT32));
  }

  @ParameterizedTest
  @CsvSource({
    "none,off,off,none",
    "minmax,off,on,max-abs",
    "zscore,on,off,zscore",
    "none,on,on,none"
  })
  void everyPreprocessingIsInTheGraph(String scale, String unit, String bias, String labels)
      throws OrtException {
    Model model =
        model(
            synthetic(),
            "target",
            "y",
            "scale",
            scale,
            "unit-rows",
            unit,
            "bias",
            bias,
            "label-scale",
            labels,
            "scaling",
            "paper",
            "step-size",
            "0.0001");
    Table table = table(model, synthetic());
    assertBelow(EQUAL, difference(model, table, Precision.FLOAT64));
    assertBelow(CLOSE, difference(model, table, Precision.FLOAT32));
  }

  @ParameterizedTest
  @CsvSource({
    "concrete/Concrete_Data.csv,9,'',relu",
    "ccpp/Folds5x2_pp.csv,PE,'',gelu",
    "energy/ENB2012_data.csv,'Y1,Y2','',softplus",
    "wine/winequality-red.csv,quality,'',tanh",
    "abalone/abalone.data,9,'',relu",
    "communities/communities.data,128,1-5,relu",
    "optdigits/optdigits.tra,65,'',relu",
    "optdigits/optdigits.tra,65,classes,tanh",
    "banknote/data_banknote_authentication.txt,5,classes,relu"
  })
  void realDataInItsOwnUnits(String name, String target, String exclude, String activation)
      throws OrtException {
    Path file = Path.of("..", "..", "shared", "data").resolve(name);
    assumeTrue(Files.exists(file), "skipped: there is no " + file);
    Model model =
        exclude.equals("classes")
            ? model(file, "target", target, "loss", "cross-entropy", "activation", activation)
            : exclude.isEmpty()
                ? model(file, "target", target, "activation", activation)
                : model(file, "target", target, "exclude", exclude, "missing", "mean");
    Table table = table(model, file);
    double exact = difference(model, table, Precision.FLOAT64);
    double single = difference(model, table, Precision.FLOAT32);
    System.out.printf("onnx %s: float64 %.1e, float32 %.1e%n", name, exact, single);
    assertBelow(activation.equals("gelu") ? 1e-6 : EQUAL, exact);
    assertBelow(CLOSE, single);
  }

  @Test
  void textColumnsAndMissingCells() throws OrtException, IOException {
    Path file = folder.resolve("mixed.csv");
    StringBuilder text = new StringBuilder("kind,size,features,colour,y\n");
    String[] kinds = {"cat", "dog", "", "a,b"};
    String[] colours = {"red", "blue"};
    for (int i = 0; i < 60; i++) {
      text.append(
          "%s,%s,%s,%s,%s%n"
              .formatted(
                  kinds[i % 4].contains(",") ? "\"a,b\"" : kinds[i % 4],
                  i % 7 == 3 ? "" : String.valueOf(i * 0.5),
                  (i * 13) % 11,
                  colours[i % 2],
                  i % 5 + 0.25 * (i % 4)));
    }
    Files.writeString(file, text);
    Model model = model(file, "target", "y", "missing", "mean");
    Table table = table(model, file);
    assertBelow(EQUAL, difference(model, table, Precision.FLOAT64));
    try (OnnxRuntime runtime = new OnnxRuntime(export(model, Precision.FLOAT32))) {
      assertEquals(
          Map.of("features", "FLOAT", "kind", "STRING", "colour", "STRING"), runtime.inputs());
      double[] one = {1.0, 2.0};
      assertEquals(1, answer(runtime, one, "cat", "red").length);
      OrtException refused =
          assertThrows(OrtException.class, () -> answer(runtime, one, "cow", "red"));
      assertTrue(String.valueOf(refused.getMessage()).contains("Unknown Category"));
    }
    Model strict = model(file, "target", "y", "missing", "drop-rows");
    try (OnnxRuntime runtime = new OnnxRuntime(export(strict, Precision.FLOAT32))) {
      double[] one = {1.0, 2.0};
      assertThrows(OrtException.class, () -> answer(runtime, one, "", "red"));
    }
  }

  private static double[] answer(OnnxRuntime runtime, double[] row, String kind, String colour)
      throws OrtException {
    return runtime.answer(
        row, row.length, Map.of("kind", new String[] {kind}, "colour", new String[] {colour}), 1);
  }

  @Test
  void classesHaveNamesAndProbabilities() throws OrtException, IOException {
    Path file = folder.resolve("classes.csv");
    StringBuilder text = new StringBuilder("a,b,kind\n");
    String[] kinds = {"low", "middle", "high, too"};
    for (int i = 0; i < 90; i++) {
      text.append(i % 9)
          .append(',')
          .append(i % 7)
          .append(",\"")
          .append(kinds[i % 9 / 3])
          .append("\"\n");
    }
    Files.writeString(file, text);
    Model model = model(file, "target", "kind", "loss", "cross-entropy");
    Table table = table(model, file);
    assertBelow(EQUAL, difference(model, table, Precision.FLOAT64));
    assertBelow(CLOSE, difference(model, table, Precision.FLOAT32));
    try (OnnxRuntime runtime = new OnnxRuntime(export(model, Precision.FLOAT32))) {
      double[] found = runtime.answer(new double[] {1, 2, Double.NaN, 2}, 2, Map.of(), 2);
      assertEquals(1.0, found[0] + found[1] + found[2], 1e-6);
      assertTrue(Double.isNaN(found[3]) && Double.isNaN(found[5]));
      assertEquals("", runtime.labels().get(1));
      assertEquals(model.labels(Arrays.copyOf(found, 3)), runtime.labels().subList(0, 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"relu,on", "relu,off", "tanh,on", "softplus,off", "gelu,off"})
  void aWrongNumberGivesNaNInItsRowAlone(String activation, String unit) throws OrtException {
    Model model =
        model(
            synthetic(),
            "target",
            "y",
            "activation",
            activation,
            "unit-rows",
            unit,
            "step-size",
            "0.0001");
    double[] rows = new double[5 * 7];
    Arrays.fill(rows, 0.5);
    rows[7] = Double.NaN;
    rows[2 * 7 + 1] = Double.POSITIVE_INFINITY;
    rows[3 * 7 + 6] = Double.NEGATIVE_INFINITY;
    for (Precision precision : Precision.values()) {
      try (OnnxRuntime runtime = new OnnxRuntime(export(model, precision))) {
        double[] found = runtime.answer(rows, 7, Map.of(), 5);
        assertTrue(Double.isFinite(found[0]) && Double.isFinite(found[4]));
        assertEquals(found[0], found[4]);
        for (int i = 1; i < 4; i++) {
          assertTrue(Double.isNaN(found[i]), activation + " row " + i + ": " + found[i]);
        }
      }
    }
  }

  @Test
  void aRowOfZerosHasNoDirection() throws OrtException {
    Model model = model(synthetic(), "target", "y", "bias", "off", "scale", "none");
    try (OnnxRuntime runtime = new OnnxRuntime(export(model, Precision.FLOAT64))) {
      assertTrue(Double.isNaN(runtime.answer(new double[7], 7, Map.of(), 1)[0]));
    }
  }

  /** The schema's own classes know every field, and say what they read. */
  @Test
  void theFileFollowsTheSchema() throws IOException {
    Model model = model(synthetic(), "target", "y");
    Path file = export(model, Precision.FLOAT32);
    OnnxMl.ModelProto read = OnnxMl.ModelProto.parseFrom(Files.readAllBytes(file));
    assertEquals("shallot", read.getProducerName());
    assertEquals(7, read.getIrVersion());
    assertEquals(1, read.getOpsetImportCount(), "no texts, so the default operators alone");
    assertTrue(read.getUnknownFields().asMap().isEmpty());
    OnnxMl.GraphProto graph = read.getGraph();
    assertTrue(graph.getUnknownFields().asMap().isEmpty());
    assertFalse(graph.getDocString().isEmpty() && read.getDocString().isEmpty());
    for (OnnxMl.NodeProto node : graph.getNodeList()) {
      assertTrue(node.getUnknownFields().asMap().isEmpty());
    }
    OnnxMl.TensorProto weights =
        graph.getInitializerList().stream()
            .filter(t -> t.getDimsList().equals(List.of(96L, 8L)))
            .findFirst()
            .orElseThrow();
    assertEquals(OnnxMl.TensorProto.DataType.FLOAT_VALUE, weights.getDataType());
    float first =
        weights
            .getRawData()
            .asReadOnlyByteBuffer()
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .getFloat();
    assertEquals((float) model.network().hiddenWeights()[0], first);
    assertEquals(
        "rows", graph.getInput(0).getType().getTensorType().getShape().getDim(0).getDimParam());
    assertEquals(
        Optional.of(64),
        read.getMetadataPropsList().stream()
            .filter(entry -> entry.getKey().equals("shallot.dataSha256"))
            .map(entry -> entry.getValue().length())
            .findFirst());
  }

  @Test
  void equalModelsGiveEqualBytesAndNothingIsOverwritten() throws IOException {
    Model model = model(synthetic(), "target", "y");
    Path file = export(model, Precision.FLOAT32);
    assertEquals(-1, Files.mismatch(file, export(model, Precision.FLOAT32)));
    assertThrows(RunException.class, () -> OnnxExport.write(file, model, Precision.FLOAT32));
  }
}
