package dev.shallot.bound;

import dev.shallot.plan.TrainedLayers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * P-LAZY: what the mean error does as the width grows without bound while all else stays. Ours.
 *
 * <p><b>Mean.</b> Each mode i of H-inf shrinks by itself: {@code E_M[v_i . (u_{k+1} - y)] = q_i v_i
 * . (u_k - y)} with
 *
 * <pre>
 *   d_i = 1 - (1 - eta lambda_i)^tau,   q_i = 1 - theta d_i
 * </pre>
 *
 * With one owner a neuron theta = 1 and this is {@code (I - eta H-inf)^tau}; with tau = 1 it is the
 * first-order identity there, whose bias b vanishes as 1/m.
 *
 * <p><b>Floor.</b> A subnet's start differs from u_k by noise of covariance xi (1-xi) kappa^2 K1
 * (L-2 in the limit). With one owner a neuron the noises of a round add up to 0 (L-15). Independent
 * masks leave their mean, so each round adds
 *
 * <pre>
 *   s_i = (theta^2 / p) xi (1-xi) kappa^2 d_i^2 v_i^T K1 v_i
 * </pre>
 *
 * to the mean square of mode i, and the error tends to {@code sum_i s_i / (1 - q_i^2)}, which no
 * width removes.
 */
public final class LazyLimit implements Statement {

  /** A mode whose factor is this near 1 never shrinks, as far as float64 can tell. */
  private static final double NEVER = 1e-12;

  @Override
  public String id() {
    return "P-LAZY";
  }

  @Override
  public String title() {
    return "P-LAZY (wide limit)";
  }

  @Override
  public String claim() {
    return "modes of H-inf shrink by 1 - theta (1 - (1 - eta lambda_i)^tau); Bernoulli masks leave"
        + " a floor";
  }

  @Override
  public List<Label> labels() {
    return List.of(Label.OURS);
  }

  /**
   * The predicted mean error.
   *
   * @param start (v_i . (u_0 - y))^2 of the start, in the papers' units
   * @param rounds K
   * @return K + 1 numbers
   */
  public static double[] curve(Setting s, double[] start, int rounds) {
    Modes modes = s.data().modes().orElseThrow();
    double[] errors = new double[rounds + 1];
    for (int i = 0; i < start.length; i++) {
      double shrink = shrink(s, modes.eigenvalues()[i]);
      double added = added(s, modes, i);
      double left = start[i];
      for (int k = 0; k <= rounds; k++) {
        errors[k] += left;
        left = shrink * shrink * left + added;
      }
    }
    return errors;
  }

  /**
   * The error that the prediction tends to: what masks keep adding, and what is there from the
   * start in modes that never shrink; infinite where a mode grows.
   *
   * @param start energies of the residual at the start, by mode
   */
  public static double floor(Setting s, double[] start) {
    Modes modes = s.data().modes().orElseThrow();
    double sum = 0.0;
    for (int i = 0; i < modes.eigenvalues().length; i++) {
      double shrink = Math.abs(shrink(s, modes.eigenvalues()[i]));
      if (shrink > 1.0 + NEVER) {
        return Double.POSITIVE_INFINITY;
      }
      sum += shrink >= 1.0 - NEVER ? start[i] : 0.0;
      if (s.bernoulli()) {
        // s_i / (1 - q_i^2) with the common factor theta d_i taken out: d_i may be 0.
        double taken = s.theta() * Math.max(0.0, taken(s, modes.eigenvalues()[i]));
        sum +=
            taken < 2
                ? spread(s) / s.p() * taken / (2 - taken) * modes.activations()[i]
                : Double.POSITIVE_INFINITY;
      }
    }
    return sum;
  }

  /** {@code E(v_i . (u_0 - y))^2 = (v_i . y)^2 + xi^2 kappa^2 v_i^T K1 v_i} over W_0 and a. */
  public static double[] expectedStart(Setting s) {
    Modes modes = s.data().modes().orElseThrow();
    double[] start = new double[modes.labels().length];
    double noise = s.xi() * s.xi() * s.kappa() * s.kappa();
    for (int i = 0; i < start.length; i++) {
      start[i] = modes.labels()[i] * s.errorFactor() + noise * modes.activations()[i];
    }
    return start;
  }

  /** Whether training is that of the kernel H: ReLU, and the hidden layer alone. */
  public static boolean applies(Setting s) {
    return !s.plan().activation().smooth() && s.plan().trained() == TrainedLayers.HIDDEN;
  }

  private static double taken(Setting s, double eigenvalue) {
    return 1 - Math.pow(1 - s.stepSize() * s.kernelFactor() * eigenvalue, s.tau());
  }

  private static double shrink(Setting s, double eigenvalue) {
    return 1 - s.theta() * taken(s, eigenvalue);
  }

  private static double added(Setting s, Modes modes, int i) {
    if (!s.bernoulli()) {
      return 0.0;
    }
    double taken = taken(s, modes.eigenvalues()[i]);
    return s.theta() * s.theta() / s.p() * spread(s) * taken * taken * modes.activations()[i];
  }

  private static double spread(Setting s) {
    return s.xi() * (1 - s.xi()) * s.kappa() * s.kappa();
  }

  @Override
  public Judgement judge(Setting s, Optional<RunEvidence> run) {
    List<Assumption> assumptions = new ArrayList<>(Assumptions.model(s));
    assumptions.add(
        Assumption.of(
            "WIDE",
            "the width is in its limit",
            Verdict.UNKNOWN,
            Standing.UNKNOWN,
            "at m = %,d; errors of the limit fall as 1/sqrt(m)".formatted(s.plan().width())));
    if (s.data().modes().isEmpty()) {
      return new Judgement(
          this,
          true,
          assumptions,
          Map.of(),
          List.of(),
          "not computed above n = %,d samples".formatted(Modes.MOST_SAMPLES));
    }
    if (!applies(s)) {
      return new Judgement(
          this,
          true,
          assumptions,
          Map.of(),
          List.of(),
          "not computed: training here is not that of ReLU's hidden layer");
    }
    int rounds = run.map(RunEvidence::rounds).orElse((int) Math.min(s.plan().rounds(), 1 << 20));
    double[] start =
        run.map(RunEvidence::start).filter(c -> c.length > 0).orElseGet(() -> expectedStart(s));
    double[] curve = curve(s, start, rounds);
    boolean own = run.map(RunEvidence::start).filter(c -> c.length > 0).isPresent();
    Map<String, Double> inputs = s.inputs("n", "p", "xi", "theta", "tau", "kappa", "eta", "K");
    BoundReport last =
        new BoundReport(
            "LAZY-ERROR",
            "error at round %,d".formatted(rounds),
            Label.OURS,
            BoundReport.Claim.NEAR,
            inputs,
            curve[rounds],
            run.map(RunEvidence::last),
            false,
            own ? "from the start that was measured" : "from the start to be expected");
    BoundReport floor =
        new BoundReport(
            "LAZY-FLOOR",
            "error that training tends to",
            Label.OURS,
            BoundReport.Claim.NEAR,
            inputs,
            floor(s, start),
            run.map(RunEvidence::plateau),
            false,
            run.map(RunEvidence::stillFalling).orElse(false)
                ? "the measured error still falls"
                : "");
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("slowest factor", shrink(s, s.data().modes().get().eigenvalues()[0]));
    return new Judgement(
        this, true, assumptions, numbers, List.of(last, floor), "estimated, no bound");
  }
}
