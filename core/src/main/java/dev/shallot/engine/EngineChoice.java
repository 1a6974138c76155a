package dev.shallot.engine;

import dev.shallot.engine.gram.GramEngine;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.TrainingPlan;
import java.util.Locale;
import java.util.Optional;

/**
 * Which engine suits a run, by an estimate of what a round costs. It is a function of the plan and
 * the shape of the data alone, never of the machine, so that a run is the same run elsewhere.
 *
 * <p>With B samples a step, n samples in all, d features, c outputs, p subnets of h held neurons
 * each and tau local steps, a round costs, in floating-point operations of a matrix product:
 *
 * <pre>
 *   dense            p h (tau 4 B + 130) (d + c)  +  20 m (d + c)
 *   gram, stepped    p h (tau (2 n B + 8 n c) + 300 n)
 *   gram, counted    2 n^2 m + 140 n m  +  p (0.1 n^2 m + 10 n m + 30 n^2 tau + h n w)
 * </pre>
 *
 * The constants beside the products were measured, at n = 100, d = 122. What has no tau in it is
 * what gathering subnets and putting them back takes. w is what it takes to watch a subnet of
 * several steps for changes of activation: 190 to look ahead and 55 a step at n = 100 and m = 4000;
 * less for wider networks, whose neurons move less; more for more samples, since each of more
 * pre-activations near zero costs a longer sum; at most what stepping takes:
 *
 * <pre>
 *   w = min(sqrt(4000 / m) (n / 100)^1.25 (190 + 55 (tau - 1)), 2 n tau),   0 for one step.
 * </pre>
 *
 * @param kind the engine
 * @param reason why, for people
 */
public record EngineChoice(EngineKind kind, String reason) {
  /** What the gram engine must save at least to be taken: its estimate is the less certain one. */
  private static final double MARGIN = 1.2;

  /** The largest state that auto gives the gram engine, in bytes. */
  private static final double MOST_STATE = 1L << 31;

  /** The engine of a plan; the plan's own word unless that is "auto". */
  public static EngineChoice of(EngineSetup setup) {
    TrainingPlan plan = setup.plan();
    if (plan.engine() != EngineKind.AUTO) {
      return new EngineChoice(plan.engine(), "asked for");
    }
    Optional<String> other = plan.otherThanPlain(setup.data());
    if (other.isPresent()) {
      return new EngineChoice(
          EngineKind.DENSE, "sample space knows plain steps only, and there is " + other.get());
    }
    if (plan.activation().smooth()) {
      return new EngineChoice(
          EngineKind.DENSE, "a smooth activation has no gates that sample space could work with");
    }
    double dense = denseRound(setup);
    double gram = gramRound(setup);
    double ratio = dense / gram;
    if (ratio < MARGIN) {
      return new EngineChoice(
          EngineKind.DENSE,
          String.format(
              Locale.ROOT,
              "a round is estimated at %.2g flops, in sample space it would cost %.2g times as"
                  + " much",
              dense,
              1.0 / ratio));
    }
    MemoryEstimate memory = MemoryEstimate.of(setup, EngineKind.GRAM);
    if (memory.bytes() > MOST_STATE) {
      return new EngineChoice(
          EngineKind.DENSE,
          String.format(
              Locale.ROOT,
              "sample space would be %.2g times cheaper, but would take %s; ask for gram to have it"
                  + " all the same",
              ratio,
              memory.description()));
    }
    return new EngineChoice(
        EngineKind.GRAM,
        String.format(
            Locale.ROOT,
            "a round is estimated at %.2g flops in sample space, 1/%.2g of one in weight space",
            gram,
            ratio));
  }

  /** Flops of a round in the dense engine. */
  static double denseRound(EngineSetup setup) {
    double rows = setup.data().features() + setup.data().outputs();
    TrainingPlan plan = setup.plan();
    double steps = plan.localSteps() * 4.0 * setup.samplesPerStep();
    return held(plan) * (steps + 130.0) * rows + 20.0 * plan.width() * rows;
  }

  /** Flops of a round in the gram engine, or what would take as long. */
  static double gramRound(EngineSetup setup) {
    TrainingPlan plan = setup.plan();
    double n = setup.data().samples();
    double m = plan.width();
    double tau = plan.localSteps();
    if (!GramEngine.counts(setup)) {
      double step = 2.0 * n * setup.samplesPerStep() + 8.0 * n * setup.data().outputs();
      return held(plan) * (tau * step + 300.0 * n);
    }
    double share = Math.sqrt(4000.0 / m) * StrictMath.pow(n / 100.0, 1.25);
    double lookAhead = share * (190.0 + 55.0 * (tau - 1.0));
    double watch = tau > 1.0 ? Math.min(lookAhead, 2.0 * n * tau) : 0.0;
    double perSubnet = 0.1 * n * n * m + 10.0 * n * m + 30.0 * n * n * tau;
    return 2.0 * n * n * m
        + 140.0 * n * m
        + plan.masks().subnets() * perSubnet
        + held(plan) * n * watch;
  }

  /** How many neurons the subnets of a round hold together, on average. */
  private static double held(TrainingPlan plan) {
    return plan.masks().subnets() * plan.masks().keepProbability() * plan.width();
  }
}
