package dev.shallot.network;

/**
 * Where the keep probability xi enters the outputs. With f the network and f_m the part of it that
 * a mask holds:
 *
 * <ul>
 *   <li>{@link #PAPER}: a subnet trains on f_m, the whole network is monitored as u = xi f.
 *   <li>{@link #INVERTED}: a subnet trains on f_m / xi, the whole network is monitored as f, as
 *       "inverted dropout" does it in frameworks.
 * </ul>
 *
 * Inverted training with targets y and step size eta is the paper's training with targets xi y and
 * step size eta / xi^2, and ||y - f||^2 = ||xi y - u||^2 / xi^2.
 */
public enum MaskScaling {
  PAPER,
  INVERTED;

  /** The factor that multiplies f_m in a subnet's output. */
  public double subnetFactor(double keepProbability) {
    return this == PAPER ? 1.0 : 1.0 / keepProbability;
  }

  /** The factor that multiplies f in the monitored output of the whole network. */
  public double wholeFactor(double keepProbability) {
    return this == PAPER ? keepProbability : 1.0;
  }
}
