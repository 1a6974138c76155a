package dev.shallot.training;

import dev.shallot.TrainingException;

/**
 * When a run ends before its rounds are done. A rule looks at the errors ||Y - u||^2 after the
 * rounds that were observed, and at nothing else, so the same plan on the same data always ends at
 * the same round. G_0, the error before the first round, is not looked at.
 */
public sealed interface StoppingRule {

  /**
   * The error is small enough: {@code ||Y - u||^2 <= part * ||Y||^2}. ||Y||^2 is the error of a
   * network that answers zero, so a part means the same for every data set.
   *
   * @param part above 0
   */
  record TargetError(double part) implements StoppingRule {
    public TargetError {
      if (!(part > 0.0 && Double.isFinite(part))) {
        throw new TrainingException(
            "the target error is a part of ||Y||^2 above 0, but is " + part);
      }
    }
  }

  /**
   * The error stands still (the code that came with the TMLR paper, MaskedNTK-TMLR). The moving
   * average of the last errors is looked at as soon as there are so many; it improves when it is
   * smaller than every one before. The run ends when it has failed to improve so many times in all:
   * successes in between do not reset the count.
   *
   * @param window how many errors are averaged, at least 1; the authors' is 11
   * @param patience how many failures end the run, at least 1; the authors' heat map has 1, their
   *     width figure 6
   * @param floor the run ends, too, when the average is below this part of ||Y||^2; 0: never
   */
  record Plateau(int window, int patience, double floor) implements StoppingRule {
    public Plateau {
      if (window < 1 || patience < 1) {
        throw new TrainingException(
            "a plateau needs a window and a patience of at least 1, but has %d and %d"
                .formatted(window, patience));
      }
      if (!(floor >= 0.0 && Double.isFinite(floor))) {
        throw new TrainingException(
            "the floor of a plateau is a part of ||Y||^2 of at least 0, but is " + floor);
      }
    }
  }
}
