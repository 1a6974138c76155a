package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import dev.shallot.data.DataPlan;
import dev.shallot.data.LabelScale;
import dev.shallot.data.MissingPolicy;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.MaskScaling;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Loss;
import dev.shallot.plan.Observation;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSchedule;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanDocumentTest {
  @TempDir Path folder = Path.of("");

  static PlanDocument flags(String... flags) {
    Map<String, String> map = new java.util.LinkedHashMap<>();
    for (int i = 0; i < flags.length; i += 2) {
      map.put(flags[i], flags[i + 1]);
    }
    return PlanDocument.practitioner().withFlags(map);
  }

  static String refusal(String... flags) {
    return TestRuns.refusal(
        () -> {
          PlanDocument plan = flags(flags);
          plan.trainingPlan();
          plan.dataPlan();
        });
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("plan.json"), text);
  }

  @Test
  void everyKeyReachesThePlan() {
    TrainingPlan plan =
        flags(
                "width",
                "12",
                "mask",
                "bernoulli",
                "keep",
                "0.25",
                "subnets",
                "3",
                "rounds",
                "7",
                "local-steps",
                "2",
                "step-size",
                "0.5",
                "init",
                "he",
                "init-scale",
                "0.1",
                "aggregation",
                "subnet-mean",
                "train",
                "both",
                "output-step-size",
                "0.125",
                "batch",
                "8",
                "precision",
                "float64",
                "engine",
                "dense",
                "threads",
                "2",
                "seed",
                "9",
                "scaling",
                "paper",
                "events",
                "steps",
                "events-every",
                "3")
            .trainingPlan();
    assertEquals(12, plan.width());
    assertEquals(new MaskLaw.Bernoulli(3, 0.25), plan.masks());
    assertEquals(7, plan.rounds());
    assertEquals(2, plan.localSteps());
    assertEquals(0.5, plan.stepSize().orElseThrow());
    assertEquals(0.125, plan.outputStepSize().orElseThrow());
    assertEquals("HE", plan.initialization().name());
    assertEquals(0.1, plan.initScale());
    assertEquals(Aggregation.SUBNET_MEAN, plan.aggregation());
    assertEquals(TrainedLayers.BOTH, plan.trained());
    assertEquals(8, plan.batch().orElseThrow());
    assertEquals(Precision.FLOAT64, plan.precision());
    assertEquals(EngineKind.DENSE, plan.engine());
    assertEquals(2, plan.threads());
    assertEquals(9, plan.seed());
    assertEquals(MaskScaling.PAPER, plan.scaling());
    assertEquals(new Observation(Observation.Detail.STEPS, 3), plan.observation());
  }

  @Test
  void everyDataKeyReachesTheDataPlan() {
    DataPlan plan =
        flags(
                "target",
                "y",
                "features",
                "1-3",
                "exclude",
                "2",
                "rows",
                "10",
                "separator",
                ";",
                "header",
                "off",
                "na",
                "-9,x",
                "missing",
                "mean",
                "scale",
                "minmax",
                "unit-rows",
                "off",
                "label-scale",
                "max-abs",
                "bias",
                "off",
                "split",
                "0.25",
                "seed",
                "4")
            .dataPlan();
    assertEquals(Optional.of("y"), plan.target());
    assertEquals(Optional.of("1-3"), plan.features());
    assertEquals(Optional.of("2"), plan.exclude());
    assertEquals(Optional.of("10"), plan.rows());
    assertEquals(Optional.of(";"), plan.format().separator());
    assertEquals(Optional.of(false), plan.format().header());
    assertEquals(List.of("-9", "x"), plan.format().missingMarks());
    assertEquals(MissingPolicy.MEAN, plan.missing());
    assertEquals("MINMAX", plan.scale().name());
    assertFalse(plan.unitRows());
    assertEquals(LabelScale.MAX_ABS, plan.labelScale());
    assertFalse(plan.bias());
    assertEquals(0.25, plan.split());
    assertEquals(4, plan.seed());
  }

  @Test
  void theKeysOfPracticeReachThePlan() {
    TrainingPlan plan =
        flags(
                "loss",
                "cross-entropy",
                "momentum",
                "0.9",
                "schedule",
                "cosine",
                "schedule-end",
                "0.1",
                "warm-up",
                "3")
            .trainingPlan();
    assertEquals(Loss.CROSS_ENTROPY, plan.loss());
    assertEquals(0.9, plan.momentum());
    assertEquals(new StepSchedule(new StepSchedule.Cosine(0.1), 3), plan.schedule());
    assertEquals(
        new StepSchedule(new StepSchedule.Steps(20, 0.25), 0),
        flags("schedule", "steps", "schedule-every", "20", "schedule-factor", "0.25")
            .trainingPlan()
            .schedule());
    assertEquals(StepSchedule.CONSTANT, flags().trainingPlan().schedule());
    PlanDocument data =
        flags("loss", "cross-entropy", "weights", "w", "validation", "0.1", "stop-held-out", "7");
    assertTrue(data.dataPlan().classes());
    assertEquals(Optional.of("w"), data.dataPlan().weights());
    assertEquals(0.1, data.dataPlan().validation());
    assertEquals(7, data.heldOutPatience().orElseThrow());
    assertEquals(LabelScale.NONE, data.dataPlan().labelScale());
    assertEquals("-sum w ln p", data.errorName());
    assertTrue(flags().heldOutPatience().isEmpty());
  }

  @Test
  void valuesThatWouldDoNothingAreRefused() {
    assertTrue(refusal("schedule-end", "0.1").contains("belongs to schedule cosine and linear"));
    assertTrue(refusal("schedule-every", "5").contains("belongs to schedule steps"));
    assertTrue(refusal("schedule-factor", "0.1").contains("belongs to schedule steps"));
    assertTrue(
        refusal("loss", "cross-entropy", "label-scale", "zscore").contains("is for numbers"));
    assertTrue(
        TestRuns.refusal(() -> flags("validation", "0.1").heldOutPatience())
            .contains("belongs to stop-held-out"));
    assertTrue(
        TestRuns.refusal(() -> flags("stop-held-out", "5").heldOutPatience())
            .contains("none are held out"));
    assertTrue(TestRuns.refusal(() -> flags("rounds", "0").checkNew()).contains("trains nothing"));
    assertTrue(
        TestRuns.refusal(
                () ->
                    flags("train", "output", "step-size", "0.1", "output-step-size", "0.2")
                        .checkNew())
            .contains("leave one out"));
    assertTrue(
        TestRuns.refusal(
                () -> flags("engine", "spark", "master", "local[1]", "track", "flips").checkNew())
            .contains("no machine has it"));
    flags("train", "output", "output-step-size", "0.2").checkNew();
    // Runs of before may have them, and still open.
    assertEquals(0, flags("rounds", "0").trainingPlan().rounds());
  }

  @Test
  void plansOfBeforeTheseKeysAreThePlansOfNow() {
    PlanDocument now = flags("rounds", "7", "mask", "categorical");
    Map<String, Object> layers = new java.util.LinkedHashMap<>();
    now.layers()
        .forEach(
            (layer, values) -> {
              Map<Object, Object> old = new java.util.LinkedHashMap<>((Map<?, ?>) values);
              PlanDocument.added().keySet().forEach(key -> old.remove(key.key()));
              layers.put(layer, old);
            });
    PlanDocument then = PlanDocument.ofLayers(layers, "an old sweep");
    assertEquals(now.toMap(), then.toMap());
    assertEquals(now.trainingPlan(), then.trainingPlan());
    Map<String, Object> map = now.toMap();
    PlanDocument.added().keySet().forEach(key -> map.remove(key.key()));
    assertEquals(now.trainingPlan(), PlanDocument.of(map, "an old run").trainingPlan());
  }

  @Test
  void laterLayersWin() throws IOException {
    Path file = file("{\"subnets\": 7, \"rounds\": 11}");
    PlanDocument plan =
        PlanDocument.practitioner()
            .withMethod(MethodPreset.MULTI_DROPOUT)
            .withFile(file)
            .withFlags(Map.of("rounds", "13"));
    assertEquals(7, plan.trainingPlan().masks().subnets());
    assertEquals(13, plan.trainingPlan().rounds());
    assertEquals(1, plan.trainingPlan().localSteps());
    assertEquals(
        List.of(
            "method multi-dropout sets mask bernoulli, subnets 4, local-steps 1",
            "subnets 7 of %s overrides 4 of method multi-dropout".formatted(file)),
        plan.notes());
  }

  @Test
  void thePaperIsADifferentStart() {
    TrainingPlan plan = PlanDocument.paper().trainingPlan();
    assertEquals(4000, plan.width());
    assertEquals(new MaskLaw.Bernoulli(10, 0.5), plan.masks());
    assertEquals(10, plan.localSteps());
    assertEquals(200, plan.rounds());
    assertEquals(MaskScaling.PAPER, plan.scaling());
    assertEquals(Precision.FLOAT64, plan.precision());
    DataPlan data = PlanDocument.paper().dataPlan();
    assertEquals(MissingPolicy.DROP_COLUMNS, data.missing());
    assertEquals(LabelScale.NONE, data.labelScale());
    assertTrue(data.unitRows());
    assertFalse(data.bias());
  }

  @Test
  void everyMethodMakesAPlan() {
    for (MethodPreset preset : MethodPreset.values()) {
      TrainingPlan plan = PlanDocument.practitioner().withMethod(preset).trainingPlan();
      assertTrue(plan.masks().subnets() >= 1, preset.word());
    }
    assertEquals(
        new MaskLaw.EqualPartition(4),
        PlanDocument.practitioner().withMethod(MethodPreset.of("ist")).trainingPlan().masks());
    String message = TestRuns.refusal(() -> MethodPreset.of("dropuot"));
    assertTrue(message.contains("Did you mean dropout"), message);
  }

  @Test
  void aStoredPlanGivesTheSamePlanAgain() throws IOException {
    PlanDocument plan = flags("batch", "16", "mask", "categorical", "target", "3", "na", ",?");
    PlanDocument again = PlanDocument.practitioner().withFile(file(Json.write(plan.toMap())));
    assertEquals(plan.toMap(), again.toMap());
    assertEquals(plan.trainingPlan(), again.trainingPlan());
    assertEquals(plan.dataPlan(), again.dataPlan());
    PlanDocument whole =
        PlanDocument.practitioner().withFile(file(Json.write(Map.of("plan", plan.toMap()))));
    assertEquals(plan.toMap(), whole.toMap());
    assertEquals(PlanKey.names(), List.copyOf(plan.toMap().keySet()));
  }

  @Test
  void eventsFollowTheBatch() {
    assertEquals("steps", flags("batch", "full").text(PlanKey.EVENTS));
    assertEquals("rounds", flags("batch", "8").text(PlanKey.EVENTS));
    assertEquals("steps", flags("batch", "8", "events", "steps").text(PlanKey.EVENTS));
  }

  @Test
  void theReferenceEngineTakesFloat64UnlessAskedOtherwise() {
    assertEquals(Precision.FLOAT64, flags("engine", "reference").trainingPlan().precision());
    assertThrows(
        TrainingException.class,
        () -> flags("engine", "reference", "precision", "float32").trainingPlan());
  }
}
