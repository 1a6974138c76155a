package dev.shallot.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import dev.shallot.mask.MaskLaw;
import org.junit.jupiter.api.Test;

class StepScheduleTest {
  private static void follows(StepSchedule schedule, long rounds, double... expected) {
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], schedule.factor(k, rounds), 1e-15, schedule + ", round " + k);
    }
  }

  @Test
  void shapesAreWhatTheySay() {
    follows(StepSchedule.CONSTANT, 3, 1, 1, 1);
    double half = (1 + Math.cos(Math.PI / 4)) / 2;
    follows(new StepSchedule(new StepSchedule.Cosine(0.0), 0), 4, 1, half, 0.5, 1 - half);
    follows(new StepSchedule(new StepSchedule.Cosine(0.2), 0), 2, 1, 0.6);
    follows(new StepSchedule(new StepSchedule.Linear(0.0), 0), 4, 1, 0.75, 0.5, 0.25);
    follows(new StepSchedule(new StepSchedule.Steps(2, 0.1), 0), 9, 1, 1, 0.1, 0.1, 0.01);
  }

  @Test
  void aWarmUpComesFirst() {
    follows(new StepSchedule(new StepSchedule.Constant(), 3), 9, 0.25, 0.5, 0.75, 1, 1);
    follows(new StepSchedule(new StepSchedule.Linear(0.5), 1), 3, 0.5, 1, 0.75);
    follows(new StepSchedule(new StepSchedule.Steps(1, 0.5), 2), 9, 1. / 3, 2. / 3, 1, 0.5);
  }

  @Test
  void onlyTheConstantOneIsConstant() {
    assertTrue(StepSchedule.CONSTANT.constant());
    assertEquals(1.0, StepSchedule.CONSTANT.factor(17, 40));
    assertFalse(new StepSchedule(new StepSchedule.Constant(), 1).constant());
    assertFalse(new StepSchedule(new StepSchedule.Linear(0), 0).constant());
  }

  @Test
  void whatMakesNoScheduleIsRefused() {
    assertThrows(TrainingException.class, () -> new StepSchedule.Cosine(1.0));
    assertThrows(TrainingException.class, () -> new StepSchedule.Linear(-0.1));
    assertThrows(TrainingException.class, () -> new StepSchedule.Steps(0, 0.5));
    assertThrows(TrainingException.class, () -> new StepSchedule.Steps(5, 1.0));
    assertThrows(TrainingException.class, () -> new StepSchedule(new StepSchedule.Constant(), -1));
    var plan =
        TrainingPlan.builder(4, new MaskLaw.Full(1))
            .schedule(new StepSchedule(new StepSchedule.Constant(), 5));
    assertThrows(TrainingException.class, () -> plan.rounds(5).build());
    assertEquals(6, plan.rounds(6).build().rounds());
    assertThrows(TrainingException.class, () -> plan.momentum(1.0).build());
  }
}
