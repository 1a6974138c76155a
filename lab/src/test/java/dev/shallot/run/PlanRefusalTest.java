package dev.shallot.run;

import static dev.shallot.run.PlanDocumentTest.flags;
import static dev.shallot.run.PlanDocumentTest.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values, keys and files that make no plan are refused by name, with what was expected. */
class PlanRefusalTest {
  @TempDir Path folder = Path.of("");

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("plan.json"), text);
  }

  @Test
  void aKeepProbabilityThatWouldDoNothingIsRefused() throws IOException {
    assertTrue(refusal("mask", "categorical", "keep", "0.3").contains("leave keep out"));
    assertEquals("0.25", flags("mask", "categorical").show(PlanKey.KEEP));
    assertEquals("1", flags("mask", "full").show(PlanKey.KEEP));
    // A keep of an earlier layer gives way to a mask law of a later one.
    PlanDocument plan =
        PlanDocument.practitioner()
            .withFile(file("{\"keep\": 0.3}"))
            .withFlags(Map.of("mask", "partition"));
    assertEquals(0.25, plan.trainingPlan().keepProbability());
  }

  @Test
  void valuesOutOfRangeAreNamedWithWhatIsExpected() {
    assertEquals(
        "--width: expected a whole number from 1 to 2147483583, but found \"0\".",
        refusal("width", "0"));
    for (String[] bad :
        new String[][] {
          {"keep", "0"},
          {"keep", "1.5"},
          {"keep", "NaN"},
          {"subnets", "three"},
          {"rounds", "-1"},
          {"rounds", "1.5"},
          {"local-steps", "0"},
          {"step-size", "-1"},
          {"step-size", "fast"},
          {"init", "zero"},
          {"init-scale", "-1"},
          {"aggregation", "sum"},
          {"train", "all"},
          {"output-step-size", "0"},
          {"batch", "0"},
          {"precision", "half"},
          {"engine", "turbo"},
          {"threads", "0"},
          {"seed", "-1"},
          {"scaling", "x"},
          {"events", "all"},
          {"events-every", "0"},
          {"missing", "guess"},
          {"scale", "log"},
          {"unit-rows", "maybe"},
          {"label-scale", "minmax"},
          {"bias", "2"},
          {"split", "1"},
          {"header", "perhaps"}
        }) {
      String message = refusal(bad);
      assertTrue(message.startsWith("--" + bad[0] + ": expected "), message);
      assertTrue(message.endsWith("but found \"" + bad[1] + "\"."), message);
    }
  }

  @Test
  void anUnknownKeyIsNamedWithWhatWasMeant() throws IOException {
    Path file = file("{\"widht\": 3}");
    String message = TestRuns.refusal(() -> PlanDocument.practitioner().withFile(file));
    assertTrue(message.contains("unknown plan key \"widht\" in " + file), message);
    assertTrue(message.contains("Did you mean width?"), message);
  }

  @Test
  void aWrongTypeInAFileIsNamed() throws IOException {
    Path file = file("{\"width\": [1]}");
    String message = TestRuns.refusal(() -> PlanDocument.practitioner().withFile(file));
    assertEquals(
        "plan key \"width\" in %s: expected a whole number from 1 to 2147483583, but found [1]."
            .formatted(file),
        message);
  }

  @Test
  void filesThatAreNoPlanAreRefused() throws IOException {
    Path absent = folder.resolve("absent.json");
    assertTrue(
        TestRuns.refusal(() -> PlanDocument.practitioner().withFile(absent))
            .contains("does not exist"));
    Path broken = file("{\"width\": 3,\n oops");
    String message = TestRuns.refusal(() -> PlanDocument.practitioner().withFile(broken));
    assertTrue(message.contains("not a JSON object: line 2"), message);
    Path list = file("[1, 2]");
    assertThrows(RunException.class, () -> PlanDocument.practitioner().withFile(list));
    Path empty = file("");
    assertThrows(RunException.class, () -> PlanDocument.practitioner().withFile(empty));
  }
}
