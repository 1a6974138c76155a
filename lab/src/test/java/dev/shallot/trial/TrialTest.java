package dev.shallot.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.bound.Judgement;
import dev.shallot.bound.RunEvidence;
import dev.shallot.bound.Verdict;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Synthetic;
import dev.shallot.data.SyntheticLabels;
import dev.shallot.data.SyntheticSet;
import dev.shallot.engine.Team;
import dev.shallot.engine.WorkerPool;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import dev.shallot.training.MaskedTraining;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trial trains what the loop trains, and sees what is there. */
class TrialTest {
  @TempDir Path folder = Path.of("");

  private Theory theory(Team team, String... flags) {
    Path file = folder.resolve("table-%d.csv".formatted(System.nanoTime()));
    Synthetic.generate(SyntheticSet.TABULAR, SyntheticLabels.NATURAL, 20, 6, 1, 0).writeCsv(file);
    Map<String, String> given = new LinkedHashMap<>();
    given.put("target", "y");
    given.put("width", "300");
    given.put("rounds", "8");
    given.put("local-steps", "3");
    given.put("threads", "1");
    for (int i = 0; i < flags.length; i += 2) {
      given.put(flags[i], flags[i + 1]);
    }
    PlanDocument plan = PlanDocument.paper().withFlags(given);
    PreparedData data = Run.prepare(plan, file);
    return Theory.of(plan, data, Optional.empty(), team);
  }

  private static Trial.Outcome train(Theory theory, int seeds) {
    return theory
        .trained(seeds, theory.setting().plan().rounds(), Team.ALONE, (i, n) -> {})
        .trial()
        .orElseThrow();
  }

  @Test
  void theOwnSeedIsTheRunToTheLastBit() {
    for (String mask : List.of("bernoulli", "categorical", "partition")) {
      Theory theory = theory(Team.ALONE, "mask", mask, "subnets", "3");
      List<Double> errors = new ArrayList<>();
      MaskedTraining.run(
          theory.setting().plan(),
          theory.prepared().train(),
          List.of(
              new TrainingListener() {
                @Override
                public void event(TrainingEvent event) {
                  if (event instanceof TrainingEvent.Aggregated a) {
                    errors.add(a.whole().error());
                  }
                }
              }));
      double[] own = train(theory, 1).ownErrors();
      assertEquals(9, own.length);
      for (int k = 0; k < 8; k++) {
        assertEquals(errors.get(k), own[k + 1], mask + ", round " + k);
      }
    }
  }

  @Test
  void seedsHaveAMeanAndASpread() {
    Theory theory = theory(Team.ALONE);
    RunEvidence three = train(theory, 3).evidence();
    assertEquals(3, three.seeds());
    double[] own = train(theory, 1).ownErrors();
    assertTrue(three.deviations()[8] > 0);
    assertTrue(Math.abs(three.meanErrors()[8] - own[8]) <= 3 * three.deviations()[8]);
    double start = 0;
    for (double part : three.start()) {
      start += part;
    }
    assertEquals(three.meanErrors()[0], start, 1e-9 * start, "modes add up to the error");
  }

  @Test
  void kernelsStepsAndMovesAreSeen() {
    Theory theory = theory(Team.ALONE, "mask", "categorical", "subnets", "3");
    RunEvidence evidence = train(theory, 1).evidence();
    RunEvidence.Contraction contraction = evidence.contraction().orElseThrow();
    assertEquals(8 * 3 * 3, contraction.steps());
    assertEquals(0, contraction.rises());
    RunEvidence.Looks looks = evidence.looks().orElseThrow();
    assertEquals(8, looks.rounds());
    assertEquals(8 * 3 * 2, looks.kernels());
    assertTrue(looks.lambdaMin().low() <= looks.lambdaMin().estimate());
    assertTrue(looks.lambdaMin().high() < theory.setting().largestEigenvalue());
    assertTrue(looks.displacement() >= looks.localMove() && looks.localMove() > 0);
    assertTrue(looks.lemma5() > 0 && looks.lemma5() <= 1, "Lemma 5 holds on every path");
  }

  @Test
  void judgementsOfARunSayWhatHolds() {
    Theory theory = theory(Team.ALONE);
    Theory trained = theory.trained(1, 8, Team.ALONE, (i, n) -> {});
    Judgement two =
        trained.judgements().stream()
            .filter(j -> j.statement().id().equals("T2"))
            .findFirst()
            .orElseThrow();
    assertEquals(Verdict.VIOLATED, two.assumption("RADIUS").verdict());
    Judgement before =
        theory.judgements().stream()
            .filter(j -> j.statement().id().equals("H1"))
            .findFirst()
            .orElseThrow();
    assertEquals(Verdict.UNKNOWN, before.assumption("PROGRESS").verdict());
    Judgement after =
        trained.judgements().stream()
            .filter(j -> j.statement().id().equals("H1"))
            .findFirst()
            .orElseThrow();
    assertEquals(Verdict.HOLDS, after.assumption("PROGRESS").verdict());
    assertEquals(Verdict.HOLDS, after.report("HYP-4'").holds());
  }

  /** A step this short moves no neuron beyond R, and a network this small is seen to. */
  @Test
  void aTinyStepStaysWithinTheRadius() {
    Theory theory = theory(Team.ALONE, "step-size", "1e-12");
    Theory trained = theory.trained(1, 8, Team.ALONE, (i, n) -> {});
    Judgement two =
        trained.judgements().stream()
            .filter(j -> j.statement().id().equals("T2"))
            .findFirst()
            .orElseThrow();
    assertEquals(Verdict.HOLDS, two.assumption("RADIUS").verdict());
  }

  @Test
  void invertedMasksAreMeasuredInThePapersUnits() {
    RunEvidence paper = train(theory(Team.ALONE, "step-size", "0.05"), 1).evidence();
    Theory other = theory(Team.ALONE, "scaling", "inverted", "step-size", "0.0125");
    assertEquals(.05, other.setting().stepSize(), 1e-15);
    RunEvidence inverted = train(other, 1).evidence();
    // Targets differ by xi, so errors do too; but u_0 is the same.
    assertTrue(inverted.meanErrors()[0] < paper.meanErrors()[0]);
    double start = 0;
    for (double part : inverted.start()) {
      start += part;
    }
    assertEquals(inverted.meanErrors()[0], start, 1e-9);
  }

  @Test
  void aRunThatDivergesIsToldAndJudged() {
    Trial.Outcome outcome = train(theory(Team.ALONE, "step-size", "1e5"), 2);
    assertTrue(outcome.ended().orElseThrow().contains("diverged"));
    assertTrue(outcome.evidence().rounds() < 8);
  }

  @Test
  void minibatchesAreLookedAtBeforeTheirStepsOnly() {
    RunEvidence evidence = train(theory(Team.ALONE, "batch", "5"), 1).evidence();
    RunEvidence.Looks looks = evidence.looks().orElseThrow();
    assertEquals(0, looks.step());
    assertTrue(Double.isNaN(looks.lemma5()));
  }

  @Test
  void threadsChangeNothing() {
    Theory alone = theory(Team.ALONE);
    try (WorkerPool pool = new WorkerPool(3)) {
      Theory three = theory(pool, "threads", "3");
      Trial.Outcome one = train(alone, 1);
      Trial.Outcome other = three.trained(1, 8, pool, (i, n) -> {}).trial().orElseThrow();
      assertEquals(one.evidence(), other.evidence());
    }
  }
}
