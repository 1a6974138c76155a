package dev.shallot.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.engine.Team;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import org.junit.jupiter.api.Test;

/**
 * Numbers that were computed elsewhere: in NumPy from the closed form {@code rho (pi - arccos rho)
 * / (2 pi)}, and by hand for the micro-network of three neurons.
 */
class GoldenKernelTest {
  private static final double EXACT = 1e-15;

  private static double[] infinite(double... points) {
    return TangentKernel.infinite(new Samples(points, points.length / 2, 2), 1, 1.0)
        .form(Team.ALONE);
  }

  @Test
  void theInfiniteKernelOfTwoAndThreePoints() {
    double[] two = infinite(1, 0, 0.6, 0.8);
    assertArrayEquals(new double[] {0.5, 0.21144982940974, 0.21144982940974, 0.5}, two, 1e-14);
    double[] three = infinite(1, 0, 0, 1, 0.6, 0.8);
    double h13 = 0.21144982940974;
    double h23 = 0.31806689412034667;
    assertArrayEquals(
        new double[] {0.5, 0, h13, 0, 0.5, h23, h13, h23, 0.5}, three, 1e-14, "X = 3 points");
  }

  @Test
  void theInfiniteKernelAtKnownAngles() {
    double[][] cases = {
      {0.5, 0.16666666666666666}, {-0.6, -0.08855017059025998}, {-1, 0}, {0, 0}, {1, 0.5}
    };
    for (double[] golden : cases) {
      double rho = golden[0];
      double[] h = infinite(1, 0, rho, Math.sqrt(1 - rho * rho));
      assertEquals(golden[1], h[1], EXACT, "rho = " + rho);
    }
  }

  @Test
  void twoPointsHaveTheirEigenvalues() {
    double[] h = infinite(1, 0, 0.6, 0.8);
    assertEquals(0.28855017059026, h[0] - h[1], 1e-14);
    assertEquals(0.71144982940974, h[0] + h[1], 1e-14);
  }

  /** The characteristic polynomial of three points vanishes at the eigenvalues. */
  @Test
  void threePointsHaveTheirEigenvalues() {
    double[] h = infinite(1, 0, 0, 1, 0.6, 0.8);
    for (double lambda : new double[] {0.11806076465912552, 0.5, 0.8819392353408746}) {
      double a = h[0] - lambda;
      double determinant = a * (a * a - h[5] * h[5]) - h[2] * a * h[2];
      assertEquals(0.0, determinant, EXACT);
    }
  }

  /** Eigenvalues 0 and 1, and 1/2 twice: parallel rows need not make the kernel singular. */
  @Test
  void duplicatesAndAntipodes() {
    assertArrayEquals(new double[] {0.5, 0.5, 0.5, 0.5}, infinite(1, 0, 1, 0));
    assertArrayEquals(new double[] {0.5, 0, 0, 0.5}, infinite(1, 0, -1, 0), 0.0);
    // 0.3 and 0.7 are not exact, and still equal rows are equal and opposite ones opposite.
    double s = 0.3 * 0.3 + 0.7 * 0.7;
    assertArrayEquals(
        new double[] {s / 2, s / 2, s / 2, s / 2}, infinite(0.3, 0.7, 0.3, 0.7), EXACT);
    assertArrayEquals(new double[] {s / 2, 0, 0, s / 2}, infinite(0.3, 0.7, -0.3, -0.7), EXACT);
  }

  @Test
  void nearlyParallelSamplesKeepTheirAngle() {
    for (double angle : new double[] {1e-2, 1e-3, 1e-4, 1e-6, 1e-9, 1e-12}) {
      double[] h =
          infinite(1, 0, Math.cos(angle), Math.sin(angle), -Math.cos(angle), Math.sin(angle));
      assertEquals(angle / (2 * Math.PI), 0.5 - h[1] / Math.cos(angle), 3e-14, "angle " + angle);
      assertEquals(-Math.cos(angle) * angle / (2 * Math.PI), h[2], 3e-14, "angle pi - " + angle);
    }
    double[] h = infinite(1, 0, Math.cos(1e-6), Math.sin(1e-6));
    assertEquals(1e-6 / (2 * Math.PI), h[0] - h[1] / Math.cos(1e-6), 1e-15);
  }

  @Test
  void normsComeInAsProducts() {
    double[] unit = infinite(1, 0, 0.6, 0.8);
    double[] scaled = infinite(3, 0, 0.3, 0.4);
    assertArrayEquals(
        new double[] {4.5, 1.5 * unit[1], 1.5 * unit[1], 0.125}, scaled, 1e-14, "norms 3 and 1/2");
    assertArrayEquals(new double[] {0.5, 0, 0, 0}, infinite(1, 0, 0, 0), 0.0, "a row of zeros");
  }

  private static final Samples MICRO_X = new Samples(new double[] {1, 0, 0.6, 0.8}, 2, 2);

  private static Network micro() {
    return new Network(
        3,
        2,
        1,
        new double[] {0.5, -0.25, -0.3, 0.4, 0.2, 0.7},
        new double[] {1, -1, 1},
        1 / Math.sqrt(3));
  }

  @Test
  void theMicroNetwork() {
    Network network = micro();
    Activations activations = Activations.of(MICRO_X, network, true, Team.ALONE);
    assertTrue(activations.active(0, 0) && !activations.active(1, 0) && activations.active(1, 1));
    for (double xi : new double[] {1.0, 0.4}) {
      TangentKernel h = TangentKernel.finite(MICRO_X, network, activations, xi);
      assertArrayEquals(
          new double[] {xi * 2 / 3, xi * 0.4, xi * 0.4, xi}, h.form(Team.ALONE), EXACT);
    }
    MaskSet masks = MaskSet.of(3, new int[][] {{0, 2}, {}});
    TangentKernel masked = TangentKernel.masked(MICRO_X, network, activations, masks, 0);
    assertArrayEquals(new double[] {2 / 3.0, 0.4, 0.4, 2 / 3.0}, masked.form(Team.ALONE), EXACT);
    TangentKernel nothing = TangentKernel.masked(MICRO_X, network, activations, masks, 1);
    assertArrayEquals(new double[4], nothing.form(Team.ALONE), "a subnet without a neuron");
    double[] image = {7, 7};
    nothing.multiply(new double[] {1, 2}, image, Team.ALONE);
    assertArrayEquals(new double[2], image);
  }

  /** First-order check of theory.md 4.0: -xi H (u - y) with H(0) of xi = 0.4. */
  @Test
  void theMicroNetworksFirstStep() {
    Network network = micro();
    Activations activations = Activations.of(MICRO_X, network, true, Team.ALONE);
    TangentKernel h = TangentKernel.finite(MICRO_X, network, activations, 0.4);
    double[] residual = {0.16165807537309523 - 0.5, 0.14780166891254418 + 0.25};
    double[] image = new double[2];
    h.multiply(residual, image, Team.ALONE);
    assertEquals(0.010630498483133688, -0.4 * image[0], 1e-16);
    assertEquals(-0.04199438384988517, -0.4 * image[1], 1e-16);
  }

  @Test
  void aPreActivationOfZeroIsActiveInThePaper() {
    Samples samples = new Samples(new double[] {0, 1}, 1, 2);
    Network network = new Network(1, 2, 1, new double[] {1, 0}, new double[] {1}, 1.0);
    assertTrue(Activations.of(samples, network, true, Team.ALONE).active(0, 0));
    assertFalse(Activations.of(samples, network, false, Team.ALONE).active(0, 0));
  }
}
