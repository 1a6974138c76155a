package dev.shallot.report;

import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;

/**
 * What the reported error of a run is, in words for people.
 *
 * @param squared the squared error, or the cross-entropy of the softmax
 * @param weighted whether samples count differently
 */
record ErrorKind(boolean squared, boolean weighted) {
  static final ErrorKind SQUARED = new ErrorKind(true, false);

  static ErrorKind of(RunDocument run) {
    return new ErrorKind(
        run.text("plan", "loss").orElse("squared").equals("squared"),
        run.value("plan", "weights").isPresent());
  }

  static ErrorKind of(PlanDocument plan) {
    return new ErrorKind(
        plan.value(PlanKey.LOSS).map("squared"::equals).orElse(true),
        plan.value(PlanKey.WEIGHTS).isPresent());
  }

  /** As "‖y − u‖²". */
  String formula() {
    return squared ? weighted ? "Σ w (y − u)²" : "‖y − u‖²" : weighted ? "−Σ w ln p" : "−Σ ln p";
  }

  /** As "squared error", of the whole network or of a subnet. */
  String word() {
    return (weighted ? "weighted " : "") + (squared ? "squared error" : "cross-entropy");
  }

  /** As "squared error ‖y − u‖²". */
  String name() {
    return (squared ? "squared error " : "cross-entropy ") + formula();
  }

  /** As "squared error a row". */
  String row() {
    return (weighted ? "weighted " : "") + (squared ? "squared error a row" : "log loss a row");
  }

  /** What a network that answers 0 has of it. */
  String zero() {
    return squared && !weighted ? "‖y‖²" : "error of answering 0";
  }

  /** As "‖y − u‖² / ‖y‖²". */
  String relative() {
    return formula() + " / " + zero();
  }
}
