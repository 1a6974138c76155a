package dev.shallot.run;

/** Refuses values that would do nothing in a new run. */
final class PlanChecks {
  private PlanChecks() {}

  static void check(PlanDocument plan) {
    if (plan.whole(PlanKey.ROUNDS) == 0) {
      throw new RunException(
          "rounds 0 trains nothing, and a run leaves a trained model: choose at least 1.");
    }
    if (plan.text(PlanKey.ENGINE).equals("spark") && plan.tracking().any()) {
      throw new RunException(
          "track looks at the whole network every few rounds, and with engine spark no machine has"
              + " it: use engine dense, which gives the same bytes, or leave track out.");
    }
    boolean two =
        !plan.text(PlanKey.STEP_SIZE).equals("auto")
            && !plan.text(PlanKey.OUTPUT_STEP_SIZE).equals("same");
    if (two && plan.text(PlanKey.TRAIN).equals("output")) {
      throw new RunException(
          "train output moves the output weights alone, but there are two step sizes, step-size %s and output-step-size %s: leave one out."
              .formatted(plan.show(PlanKey.STEP_SIZE), plan.show(PlanKey.OUTPUT_STEP_SIZE)));
    }
  }
}
