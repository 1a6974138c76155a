package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.data.DataException;
import dev.shallot.data.NpyArray;
import dev.shallot.data.Safetensors;
import dev.shallot.data.Table;
import dev.shallot.data.TableFormat;
import dev.shallot.network.Activation;
import dev.shallot.plan.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTensorsTest {
  @TempDir Path folder = Path.of("");
  private int files;

  private Path tensors(Map<String, String> texts, Object... namesAndArrays) {
    LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
    for (int i = 0; i < namesAndArrays.length; i += 2) {
      arrays.put((String) namesAndArrays[i], (NpyArray) namesAndArrays[i + 1]);
    }
    Path file = folder.resolve("given" + files++ + ".safetensors");
    Safetensors.write(file, arrays, texts, false);
    return file;
  }

  private static Model read(Path file) {
    return ModelTensors.read(file, Optional.empty(), OptionalDouble.empty());
  }

  private static Model read(Path file, Activation activation) {
    return ModelTensors.read(file, Optional.of(activation), OptionalDouble.empty());
  }

  @Test
  void aModelComesBackToTheLastByte() throws IOException {
    for (String activation : new String[] {"relu", "tanh"}) {
      RunResult run = TestRuns.run(folder, activation, TestRuns.plan("activation", activation));
      Path file = folder.resolve(activation + ".safetensors");
      ModelTensors.write(file, ModelSource.open(run.folder().path()), Precision.FLOAT64);
      Path again = folder.resolve(activation + ".shallot");
      ModelFile.write(again, ModelSource.open(file));
      assertEquals(-1, Files.mismatch(run.folder().modelFile(), again));
    }
  }

  @Test
  void asFloat32ItIsTheModelRounded() {
    RunResult run = TestRuns.run(folder, "run", TestRuns.plan());
    Model model = run.model().orElseThrow();
    Path file = folder.resolve("m.safetensors");
    ModelTensors.write(file, model, Precision.FLOAT32);
    Model again = read(file);
    assertEquals((float) model.network().hiddenWeights()[3], again.network().hiddenWeights()[3]);
    assertEquals(model.preprocessing(), again.preprocessing());
    assertThrows(
        DataException.class, () -> ModelTensors.write(file, model, Precision.FLOAT32), "exists");
  }

  @Test
  void aRunStartsFromAnExportedModel() {
    RunResult first = TestRuns.run(folder, "first", TestRuns.plan());
    Path file = folder.resolve("m.safetensors");
    ModelTensors.write(file, first.model().orElseThrow(), Precision.FLOAT64);
    PlanDocument plan =
        Run.complete(
            PlanDocument.practitioner()
                .withFlags(Map.of("init", file.toString(), "rounds", "0", "batch", "full")));
    assertEquals("24", plan.show(PlanKey.WIDTH));
    RunResult second = TestRuns.run(folder, "second", plan);
    assertArrayEquals(
        first.model().orElseThrow().network().hiddenWeights(),
        second.model().orElseThrow().initial().hiddenWeights());
    String message =
        TestRuns.refusal(
            () ->
                TestRuns.run(
                    folder, "x", TestRuns.plan("init", file.toString(), "activation", "tanh")));
    assertTrue(message.contains("says that its activation is relu"), message);
  }

  /** f(x) = a' relu(W x + b) + c with two neurons, in PyTorch's layout, by hand. */
  private Path layers(Map<String, String> texts) {
    return tensors(
        texts,
        "1.weight",
        NpyArray.matrix(1, 2, new double[] {3, -2}),
        "1.bias",
        NpyArray.vector(new double[] {10}),
        "0.weight",
        NpyArray.matrix(2, 3, new double[] {1, 0, 2, 0, 1, -1}),
        "0.bias",
        NpyArray.vector(new double[] {0.5, -0.25}));
  }

  @Test
  void theLayersOfAPyTorchModulePredict() throws IOException {
    Path csv = folder.resolve("rows.csv");
    Files.writeString(csv, "1,2,3\n-4,1,1\n0,5,-1\n");
    Table table = Table.read(csv, TableFormat.detect());
    Model model = read(layers(Map.of()), Activation.RELU);
    // By hand: z = (1+6+.5, 2-3-.25), (-4+2+.5, 1-1-.25), (-2+.5, 5+1-.25);
    // f = 3*7.5 + 10, 10, -2*5.75 + 10.
    assertArrayEquals(new double[] {32.5, 10.0, -1.5}, model.predict(table), 1e-12);
    Model said = ModelSource.open(layers(Map.of("activation", "tanh")));
    double f = 3 * StrictMath.tanh(7.5) - 2 * StrictMath.tanh(-1.25) + 10;
    assertEquals(f, said.predict(table)[0], 1e-12);
    Path silent = layers(Map.of());
    String message = TestRuns.refusal(() -> ModelSource.open(silent));
    assertTrue(message.contains("shallot import " + silent + " --activation relu"), message);
    Path again = folder.resolve("imported.shallot");
    ModelFile.write(again, model);
    assertArrayEquals(model.predict(table), ModelFile.read(again).predict(table));
  }

  @Test
  void layersAreInitialWeightsWhereTheConstantFeatureIsTheBias() {
    NpyArray w = NpyArray.matrix(3, 5, new double[15]);
    NpyArray a = NpyArray.matrix(1, 3, new double[] {1, 1, 1});
    NpyArray b = NpyArray.vector(new double[] {7, 8, 9});
    Path file = tensors(Map.of(), "in.weight", w, "in.bias", b, "out.weight", a);
    PlanDocument plan = TestRuns.plan("init", file.toString(), "rounds", "0", "width", "3");
    Model model = TestRuns.run(folder, "run", plan).model().orElseThrow();
    assertEquals(9.0, model.initial().hiddenWeights()[17]);
    assertEquals(1.0, model.initial().scale());
    String message =
        TestRuns.refusal(
            () ->
                TestRuns.run(
                    folder,
                    "x",
                    TestRuns.plan(
                        "init", file.toString(), "rounds", "0", "width", "3", "bias", "off")));
    assertTrue(message.contains("are 3 x 6, but the data has 5 features"), message);
    // Four columns and a bias are five numbers, but none of the five columns is a bias.
    NpyArray narrow = NpyArray.matrix(3, 4, new double[12]);
    Path odd = tensors(Map.of(), "in.weight", narrow, "in.bias", b, "out.weight", a);
    message =
        TestRuns.refusal(
            () ->
                TestRuns.run(
                    folder,
                    "z",
                    TestRuns.plan("init", odd.toString(), "width", "3", "bias", "off")));
    assertTrue(message.contains("weight of the constant feature"), message);
    NpyArray one = NpyArray.vector(new double[] {1});
    Path biased = tensors(Map.of(), "in.weight", w, "in.bias", b, "out.weight", a, "out.bias", one);
    message =
        TestRuns.refusal(
            () ->
                TestRuns.run(folder, "y", TestRuns.plan("init", biased.toString(), "width", "3")));
    assertTrue(message.contains("has a bias"), message);
  }

  @Test
  void otherFilesAreRefusedWithWhatTheyHold() {
    NpyArray w = NpyArray.matrix(2, 3, new double[6]);
    Path one = tensors(Map.of(), "only.weight", w);
    String message = TestRuns.refusal(() -> read(one, Activation.RELU));
    assertTrue(message.contains("only.weight [2, 3]") && message.contains("expected"), message);
    Path apart = tensors(Map.of(), "a.weight", w, "b.weight", w);
    message = TestRuns.refusal(() -> read(apart, Activation.RELU));
    assertTrue(message.contains("no network of one hidden layer"), message);
    Path half = tensors(Map.of("format", "shallot-model", "activation", "relu"), "W", w);
    message = TestRuns.refusal(() -> read(half));
    assertTrue(message.contains("has no \"scale\""), message);
    Path odd = tensors(Map.of("scale", "big"), "W", w, "a", NpyArray.matrix(2, 1, new double[2]));
    message = TestRuns.refusal(() -> read(odd, Activation.RELU));
    assertTrue(message.contains("must be a number, but is \"big\""), message);
    NpyArray infinite = NpyArray.matrix(2, 1, new double[] {1, Double.NaN});
    Path nan = tensors(Map.of("scale", "1"), "W", w, "a", infinite);
    message = TestRuns.refusal(() -> read(nan, Activation.RELU));
    assertTrue(message.contains("row 1, column 0 is NaN"), message);
  }

  @Test
  void whatIsNoPartOfTwoLayersIsRefusedAndNamed() {
    NpyArray w = NpyArray.matrix(3, 2, new double[6]);
    NpyArray a = NpyArray.matrix(1, 3, new double[3]);
    NpyArray three = NpyArray.vector(new double[] {1, 1, 1});
    Path normed =
        tensors(
            Map.of(),
            "0.weight",
            w,
            "0.bias",
            three,
            "1.weight",
            three,
            "1.running_mean",
            three,
            "3.weight",
            a);
    String message = TestRuns.refusal(() -> read(normed, Activation.RELU));
    assertTrue(message.contains("1.running_mean [3], 1.weight [3]"), message);
    Path biased =
        tensors(
            Map.of("scale", "1"), "W", w, "a", NpyArray.matrix(3, 1, new double[3]), "b", three);
    message = TestRuns.refusal(() -> read(biased, Activation.RELU));
    assertTrue(message.contains("the answers would be others: b [3]"), message);
  }

  /** With as many outputs as features both orders fit: 3 neurons, 2 features, 2 outputs. */
  @Test
  void whereBothOrdersFitTheNumbersInTheNamesTell() throws IOException {
    NpyArray w = NpyArray.matrix(3, 2, new double[] {1, 0, 0, 1, 1, 1});
    NpyArray a = NpyArray.matrix(2, 3, new double[] {1, 2, 3, 0, 0, 1});
    Path csv = Files.writeString(folder.resolve("rows.csv"), "5,7\n");
    Table table = Table.read(csv, TableFormat.detect());
    Model model = read(tensors(Map.of(), "10.weight", a, "8.weight", w), Activation.RELU);
    // By hand: the neurons are 5, 7, 12.
    assertArrayEquals(new double[] {5 + 14 + 36, 12}, model.predict(table), 1e-12);
    Path unclear = tensors(Map.of(), "decoder.weight", a, "encoder.weight", w);
    String message = TestRuns.refusal(() -> read(unclear, Activation.RELU));
    assertTrue(message.contains("in both orders") && message.contains("0.weight"), message);
    Path twice = tensors(Map.of(), "a1.b2.weight", a, "a2.b1.weight", w);
    assertTrue(TestRuns.refusal(() -> read(twice, Activation.RELU)).contains("in both orders"));
  }

  @Test
  void whatAFileSaysOfItselfIsNotOverridden() {
    RunResult run = TestRuns.run(folder, "run", TestRuns.plan());
    Path own = folder.resolve("own.safetensors");
    ModelTensors.write(own, run.model().orElseThrow(), Precision.FLOAT64);
    read(own, Activation.RELU);
    String message = TestRuns.refusal(() -> read(own, Activation.TANH));
    assertTrue(message.contains("activation is relu, not tanh: leave --activation out"), message);
    Path said = layers(Map.of("activation", "gelu"));
    read(said, Activation.GELU);
    message = TestRuns.refusal(() -> read(said, Activation.TANH));
    assertTrue(message.contains("activation is gelu, not tanh"), message);
    message =
        TestRuns.refusal(() -> ModelTensors.read(said, Optional.empty(), OptionalDouble.of(0.5)));
    assertTrue(message.contains("scale is 1.0, not 0.5: leave --scale out"), message);
  }

  @Test
  void arraysWithoutAScaleAreNoModelUntilSomebodyGivesIt() {
    NpyArray w = NpyArray.matrix(4, 2, new double[] {1, 0, 1, 0, 1, 0, 1, 0});
    NpyArray a = NpyArray.matrix(4, 1, new double[] {1, 1, 1, 1});
    Path file = tensors(Map.of("activation", "relu"), "W", w, "a", a);
    String message = TestRuns.refusal(() -> read(file));
    assertTrue(message.contains("--scale 1 --activation relu"), message);
    assertTrue(message.contains("1/sqrt(width) = 0.5"), message);
    Model model = ModelTensors.read(file, Optional.empty(), OptionalDouble.of(1.0));
    assertEquals(1.0, model.network().scale());
    Path array =
        tensors(
            Map.of("activation", "relu"),
            "W",
            w,
            "a",
            a,
            "scale",
            NpyArray.vector(new double[] {0.25}));
    assertEquals(0.25, read(array).network().scale());
    // As initial weights they are the papers'.
    PlanDocument plan =
        TestRuns.plan("init", wide().toString(), "rounds", "0", "width", "4", "bias", "off");
    assertEquals(0.5, TestRuns.run(folder, "run", plan).model().orElseThrow().initial().scale());
  }

  private Path wide() {
    return tensors(
        Map.of(),
        "W",
        NpyArray.matrix(4, 5, new double[20]),
        "a",
        NpyArray.matrix(4, 1, new double[] {1, 1, 1, 1}));
  }
}
