package dev.shallot.spark;

import dev.shallot.TrainingException;
import dev.shallot.engine.dense.PartWork;
import dev.shallot.mask.MaskSet;
import dev.shallot.plan.TrainingPlan;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What one executor keeps of a run between tasks: the samples, laid out for the kernels, and the
 * masks of the round. All of it can be made again at any time from the {@link RunBrief}; it is kept
 * because an executor runs many tasks, and they do not know one another.
 */
final class Workplace {
  private static final ConcurrentMap<String, Workplace> PLACES = new ConcurrentHashMap<>();

  private record Masks(long round, MaskSet set) {}

  private final RunBrief brief;
  private final TrainingPlan plan;
  private final PartWork<?> work;
  private volatile Masks masks;

  private Workplace(RunBrief brief) {
    this.brief = brief;
    Versions.here()
        .differ(brief.versions())
        .ifPresent(
            difference -> {
              throw new TrainingException(difference);
            });
    this.plan = brief.plan();
    this.work = PartWork.of(brief.setup());
    this.masks = new Masks(0, draw(0));
  }

  /** The place of a run in this JVM; the first to come makes it. */
  static Workplace of(RunBrief brief) {
    return PLACES.computeIfAbsent(brief.run(), run -> new Workplace(brief));
  }

  /** Forgets a run. */
  static void leave(String run) {
    PLACES.remove(run);
  }

  RunBrief brief() {
    return brief;
  }

  TrainingPlan plan() {
    return plan;
  }

  /** The work on arrays of the run's number type, which the caller knows. */
  @SuppressWarnings("unchecked")
  <A> PartWork<A> work() {
    return (PartWork<A>) work;
  }

  /** The masks of a round; kept until another round's are asked for. */
  MaskSet masks(long round) {
    Masks last = masks;
    if (last.round != round) {
      last = new Masks(round, draw(round));
      masks = last;
    }
    return last.set;
  }

  private MaskSet draw(long round) {
    return plan.masks().draw(plan.seed(), round, plan.width());
  }
}
