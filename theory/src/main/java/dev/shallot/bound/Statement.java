package dev.shallot.bound;

import java.util.List;
import java.util.Optional;

/**
 * A theorem, corollary, hypothesis or prediction that can be judged for data, a plan and, where
 * there is one, a run.
 */
public interface Statement {

  /** Short and stable, as {@code T3}. */
  String id();

  /** As it is cited. */
  String title();

  /** What it says, in a sentence. */
  String claim();

  /** Where it comes from. */
  List<Label> labels();

  /**
   * Its assumptions and predictions.
   *
   * @param setting data and plan
   * @param run what was measured; empty where nothing was trained
   */
  Judgement judge(Setting setting, Optional<RunEvidence> run);
}
