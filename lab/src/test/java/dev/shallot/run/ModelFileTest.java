package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.network.Activation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");
  private byte[] bytes = new byte[0];
  private Path damaged = Path.of("");

  @BeforeEach
  void trainAndWrite() throws IOException {
    RunResult run = TestRuns.run(folder, "run", TestRuns.plan());
    file = run.folder().modelFile();
    bytes = Files.readAllBytes(file);
    damaged = folder.resolve("damaged.shallot");
  }

  private String refusal(byte[] content) throws IOException {
    Files.write(damaged, content);
    return TestRuns.refusal(() -> ModelFile.read(damaged));
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    Model model = ModelFile.read(file);
    ModelFile.write(folder.resolve("again.shallot"), model);
    Model again = ModelFile.read(folder.resolve("again.shallot"));
    assertArrayEquals(model.network().hiddenWeights(), again.network().hiddenWeights());
    assertArrayEquals(model.network().outputWeights(), again.network().outputWeights());
    assertArrayEquals(model.initial().hiddenWeights(), again.initial().hiddenWeights());
    assertArrayEquals(model.initial().outputWeights(), again.initial().outputWeights());
    assertEquals(model.network().scale(), again.network().scale());
    assertEquals(model.preprocessing(), again.preprocessing());
    assertEquals(model.plan(), again.plan());
    assertEquals(model.provenance(), again.provenance());
    assertEquals(64, String.valueOf(model.provenance().get("dataSha256")).length());
  }

  @Test
  void aSmoothModelIsNewerAndKeepsItsActivation() {
    assertEquals(1, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(8));
    assertEquals(Activation.RELU, ModelFile.read(file).network().activation());
    RunResult run = TestRuns.run(folder, "smooth", TestRuns.plan("activation", "gelu"));
    Model trained = run.model().orElseThrow();
    Model model = ModelFile.read(run.folder().modelFile());
    assertEquals(Activation.GELU, model.network().activation());
    double[] x = {0.1, -0.7, 0.3, 0.2, 0.4, 0.1};
    assertArrayEquals(trained.predict(x), model.predict(x));
    assertEquals(predicted(model, x), model.predict(x)[0], 1e-12);
  }

  /** The formula of a prediction, written out. */
  private static double predicted(Model model, double[] x) {
    double sum = 0.0;
    for (int r = 0; r < model.network().width(); r++) {
      double z = 0.0;
      for (int j = 0; j < x.length; j++) {
        z += model.network().hiddenWeights()[r * x.length + j] * x[j];
      }
      sum += model.network().outputWeights()[r] * Activation.GELU.value(z);
    }
    double u = model.factor() * model.network().scale() * sum;
    return model.preprocessing().unscaleLabels(new double[] {u})[0];
  }

  @Test
  void aFileCutShortIsRefused() throws IOException {
    for (int missing = 1; missing <= 100; missing++) {
      String message = refusal(Arrays.copyOf(bytes, bytes.length - missing));
      assertTrue(message.contains(damaged.toString()), message);
      assertTrue(message.contains("cut short"), message);
      assertTrue(message.contains("at byte " + (bytes.length - missing)), message);
    }
    for (int length = 0; length < 200; length++) {
      String message = refusal(Arrays.copyOf(bytes, length));
      assertTrue(message.contains("cut short"), message);
    }
  }

  @Test
  void everyFlippedByteIsRefused() throws IOException {
    for (int i = 0; i < bytes.length; i++) {
      byte[] copy = bytes.clone();
      copy[i] ^= (byte) (1 << (i % 8));
      String message = refusal(copy);
      assertTrue(message.contains(damaged.toString()), message);
      assertTrue(message.contains(i < 8 ? "not a Shallot model" : "damaged at byte"), message);
    }
  }

  @Test
  void bytesAfterTheEndAreRefused() throws IOException {
    String message = refusal(Arrays.copyOf(bytes, bytes.length + 3));
    assertTrue(message.contains("3 bytes follow its end"), message);
  }

  @Test
  void aNewerVersionIsRefusedByItsNumber() throws IOException {
    byte[] copy = bytes.clone();
    ByteBuffer buffer = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(8, 7);
    CRC32C crc = new CRC32C();
    crc.update(copy, 0, 16);
    buffer.putInt(16, (int) crc.getValue());
    String message = refusal(copy);
    assertTrue(
        message.contains("format version 7") && message.contains("up to version 3"), message);
  }

  @Test
  void otherFilesAreNoModels() throws IOException {
    String message =
        refusal(
            "a,b,c\n1,2,3\n4,5,6\n".repeat(9).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertTrue(message.contains("is not a Shallot model"), message);
    assertThrows(RunException.class, () -> ModelFile.read(folder.resolve("absent")));
    assertThrows(RunException.class, () -> ModelFile.read(folder));
  }
}
