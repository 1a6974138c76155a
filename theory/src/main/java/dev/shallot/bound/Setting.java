package dev.shallot.bound;

import dev.shallot.kernel.TangentKernel;
import dev.shallot.mask.MaskLaw;
import dev.shallot.plan.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Data and plan in the papers' symbols and units.
 *
 * <p>A plan with inverted masks is the papers' system with targets xi y and step size eta / xi^2:
 * {@link #labelFactor} is that xi, and squared errors of such a plan times its square are the
 * papers'.
 *
 * @param data what is trained on
 * @param plan how
 * @param drawn whether the initial weights are drawn by the plan's law, not read from a file
 * @param kappa standard deviation of the initial hidden weights
 * @param stepSize eta, in the papers' units
 * @param labelBound C of |y| &lt;= C - 1, in the plan's units
 * @param delta the probability that a theorem may fail
 * @param gamma the free number of Theorem 4, in (0, 1)
 * @param layers the initial network, where both layers are trained and somebody looked
 */
public record Setting(
    DataProfile data,
    TrainingPlan plan,
    boolean drawn,
    double kappa,
    double stepSize,
    double labelBound,
    double delta,
    double gamma,
    Optional<InitialLayers> layers) {

  /** The delta that is judged with when nobody says another. */
  public static final double USUAL_DELTA = 0.1;

  /** The gamma of the main text. */
  public static final double USUAL_GAMMA = 0.5;

  /**
   * A setting with the usual delta and gamma and the smallest C.
   *
   * @param planStep eta as the plan has it
   */
  public static Setting of(
      DataProfile data, TrainingPlan plan, boolean drawn, double kappa, double planStep) {
    double factor = labelFactor(plan);
    return new Setting(
        data,
        plan,
        drawn,
        kappa,
        planStep / (factor * factor),
        data.labelBound(),
        USUAL_DELTA,
        USUAL_GAMMA,
        Optional.empty());
  }

  /** The same with other numbers that nobody can look up. */
  public Setting with(double bound, double failing, double free) {
    return new Setting(data, plan, drawn, kappa, stepSize, bound, failing, free, layers);
  }

  /** The same, with the initial network looked at. */
  public Setting with(InitialLayers initial) {
    return new Setting(
        data, plan, drawn, kappa, stepSize, labelBound, delta, gamma, Optional.of(initial));
  }

  private static double labelFactor(TrainingPlan plan) {
    return plan.wholeFactor() == plan.keepProbability() ? 1.0 : plan.keepProbability();
  }

  /** What targets are multiplied by to be the papers': 1, or xi where masks are inverted. */
  public double labelFactor() {
    return labelFactor(plan);
  }

  /** What squared errors are multiplied by to be the papers'. */
  public double errorFactor() {
    return labelFactor() * labelFactor();
  }

  /** n. */
  public double n() {
    return data.samples();
  }

  /** d. */
  public double d() {
    return data.features();
  }

  /** m. */
  public double m() {
    return plan.width();
  }

  /** p. */
  public int p() {
    return plan.masks().subnets();
  }

  /** xi. */
  public double xi() {
    return plan.keepProbability();
  }

  /** tau. */
  public int tau() {
    return plan.localSteps();
  }

  /** K, at least 1: logarithms of it are taken. */
  public double rounds() {
    return Math.max(1, plan.rounds());
  }

  /** theta. */
  public double theta() {
    return plan.masks().coverageProbability();
  }

  /** Whether every bit of a mask is drawn for itself; full masks are such ones with xi = 1. */
  public boolean bernoulli() {
    return plan.masks() instanceof MaskLaw.Bernoulli || plan.masks() instanceof MaskLaw.Full;
  }

  /** What xi is multiplied by in the infinite kernel, 1 in the papers. */
  private double limitFactor() {
    return drawn
        ? TangentKernel.limitFactor(plan.initialization(), plan.width(), data.outputs())
        : 1.0;
  }

  /** The factor from the kernel without xi to H-inf. */
  public double kernelFactor() {
    return xi() * limitFactor();
  }

  /** lambda_0, the smallest eigenvalue of H-inf, in its proven interval. */
  public Interval lambda() {
    return data.lambda().times(kernelFactor());
  }

  /** Largest eigenvalue of H-inf, an estimate. */
  public double largestEigenvalue() {
    return data.largestEigenvalue() * kernelFactor();
  }

  /** ||y||^2 in the papers' units. */
  public double targetNorm() {
    return data.targetNorm() * errorFactor();
  }

  /** {@code E||y - u_0||^2 = ||y||^2 + c n xi^2 kappa^2 / 2} for unit rows. (L-21) */
  public double expectedInitialError() {
    return targetNorm() + data.outputs() * n() * xi() * xi() * kappa * kappa / 2;
  }

  /** {@code alpha = eta theta tau lambda_0 / 4} of Theorem 3, at an estimate of lambda_0. */
  public double alpha() {
    return stepSize * theta() * tau() * lambda().estimate() / 4;
  }

  /** {@code R = kappa lambda_0 / (192 n)}, how far a neuron may move. */
  public Interval radius() {
    return lambda().mapIncreasing(l -> kappa * l / (192 * n()));
  }

  /** The inputs of Theorem 3's floor, at a value of lambda_0. */
  NoiseTerms.Inputs noise(double lambda) {
    return new NoiseTerms.Inputs(n(), d(), m(), p(), xi(), tau(), kappa, lambda, stepSize);
  }

  /** B1 as printed; all terms but T3, T4 and T6 are infinite where lambda_0 may be 0. */
  public NoiseTerms printedTerms() {
    return NoiseTerms.printed(noise(Math.max(0, lambda().estimate())));
  }

  /** B1 with every factor carried along. */
  public NoiseTerms carefulTerms() {
    return NoiseTerms.careful(noise(Math.max(0, lambda().estimate())));
  }

  /** {@code B = sqrt(B1 / alpha) + kappa sqrt(xi (1 - xi) p n)} of Hypothesis 1. */
  public double driftConstant(double b1) {
    return Math.sqrt(b1 / alpha()) + kappa * Math.sqrt(xi() * (1 - xi()) * p() * n());
  }

  /** Inputs by symbol, for reports. */
  public Map<String, Double> inputs(String... symbols) {
    Map<String, Double> map = new LinkedHashMap<>();
    for (String symbol : symbols) {
      map.put(symbol, input(symbol));
    }
    return map;
  }

  private double input(String symbol) {
    return switch (symbol) {
      case "n" -> n();
      case "d" -> d();
      case "m" -> m();
      case "p" -> p();
      case "xi" -> xi();
      case "tau" -> tau();
      case "kappa" -> kappa;
      case "K" -> rounds();
      case "eta" -> stepSize;
      case "delta" -> delta;
      case "gamma" -> gamma;
      case "theta" -> theta();
      case "lambda0" -> lambda().estimate();
      case "C" -> labelBound;
      default -> throw new IllegalArgumentException(symbol);
    };
  }
}
