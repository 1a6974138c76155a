package dev.shallot.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.engine.Team;
import dev.shallot.engine.WorkerPool;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.spectrum.Eigenvalues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kernels of both layers against Jacobians written out, goldens, and each other. */
class TwoRateKernelTest {

  /** theory.md 6.3, computed in NumPy. */
  @Test
  void theConjugateKernelOfReluIsTheGolden() {
    Samples samples = new Samples(new double[] {1, 0, 0, 1, .6, .8}, 3, 2);
    double[] k1 =
        TangentKernel.infinite(samples, 1, Activation.RELU, 1.0, 0.0, 1.0, Team.ALONE)
            .form(Team.ALONE);
    double[] expected = {
      .5, .15915494309189535, .3387737838832563,
      .15915494309189535, .5, .41355985997548383,
      .3387737838832563, .41355985997548383, .5
    };
    assertArrayEquals(expected, k1, 1e-15);
    double[] eigenvalues = {.036387155937459705, .3446022401642768, 1.1190106038982628};
    assertArrayEquals(eigenvalues, Eigenvalues.of(k1, 3), 1e-14);
  }

  @Test
  void theTangentPartOfReluIsTheInfiniteKernel() {
    Problem problem = Problem.random(9, 4, 8, 2, Initialization.NTK, 3);
    double[] old = TangentKernel.infinite(problem.samples(), 2, 0.7).form(Team.ALONE);
    double[] both =
        TangentKernel.infinite(problem.samples(), 2, Activation.RELU, 1.3, 0.7, 0.0, Team.ALONE)
            .form(Team.ALONE);
    assertArrayEquals(old, both, 1e-15);
  }

  /**
   * NumPy: Gauss-Hermite quadrature in two dimensions with 180 x 180 nodes, weights of deviation
   * 0.7. Entries (0,0), (0,1), (0,2), (2,3), (3,3) of the conjugate, then (0,0), (0,2), (2,3),
   * (3,3) of the tangent kernel.
   */
  @ParameterizedTest
  @EnumSource(names = "RELU", mode = EnumSource.Mode.EXCLUDE)
  void smoothInfiniteKernelsAreThoseOfQuadrature(Activation activation) {
    double[] golden =
        switch (activation) {
          case SOFTPLUS ->
              new double[] {
                0.6928065955648175,
                0.5642095205186978,
                0.6399004728561941,
                0.6852381671810589,
                1.0236783711927615,
                0.2749574743187687,
                0.1589517468271859,
                0.13051882082956848,
                0.7500453844963718
              };
          case GELU ->
              new double[] {
                0.1850848799503448,
                0.02564637707138526,
                0.11217793478857532,
                0.12010071099205777,
                0.5355017218164339,
                0.4057152455720041,
                0.20377351659015033,
                0.15116891558277715,
                1.1689226297429585
              };
          case TANH ->
              new double[] {
                0.2704061562224851,
                0.0,
                0.15840999426767013,
                0.10213897696937199,
                0.4313313598987877,
                0.596202953364452,
                0.3314059822479996,
                0.21047321838876998,
                1.0721642845881345
              };
          case RELU -> throw new AssertionError();
        };
    Samples samples = new Samples(new double[] {1, 0, 0, 1, .6, .8, 1.5, -.5}, 4, 2);
    double[] c =
        TangentKernel.infinite(samples, 1, activation, 0.7, 0, 1, Team.ALONE).form(Team.ALONE);
    double[] t =
        TangentKernel.infinite(samples, 1, activation, 0.7, 1, 0, Team.ALONE).form(Team.ALONE);
    double[] found = {c[0], c[1], c[2], c[11], c[15], t[0], t[2], t[11], t[15]};
    // The quadrature of tanh is the less exact one: its poles are near.
    assertArrayEquals(golden, found, 4e-12);
  }

  @ParameterizedTest
  @EnumSource
  void finiteKernelsTendToTheInfiniteOneLikeOneOverTheRootOfTheWidth(Activation activation) {
    Samples samples = Problem.random(7, 5, 8, 1, Initialization.NTK, 4).samples();
    double[] limit =
        TangentKernel.infinite(samples, 1, activation, 0.6, 0.5, 2.0, Team.ALONE).form(Team.ALONE);
    double[] scaled = new double[2];
    int[] widths = {4_000, 64_000};
    for (int w = 0; w < 2; w++) {
      Network network =
          Initialization.NTK.draw(0.6, widths[w], 5, 1, 12).withActivation(activation);
      HiddenLayer layer = HiddenLayer.of(samples, network, true, Team.ALONE);
      double[] finite = TangentKernel.twoRate(samples, layer, 0.5, 2.0, 1.0).form(Team.ALONE);
      double square = 0.0;
      double norm = 0.0;
      for (int k = 0; k < limit.length; k++) {
        square += (finite[k] - limit[k]) * (finite[k] - limit[k]);
        norm += limit[k] * limit[k];
      }
      scaled[w] = Math.sqrt(square / norm * widths[w]);
    }
    assertTrue(scaled[0] < 4 && scaled[1] < 4, activation + " " + scaled[0] + " " + scaled[1]);
  }

  @ParameterizedTest
  @EnumSource
  void entriesAreThoseOfTheJacobian(Activation activation) {
    for (int c : new int[] {1, 3}) {
      // More samples than a tile, more neurons than a piece.
      Problem problem = Problem.random(131, 4, 530, c, Initialization.LECUN, 6);
      Network network = problem.network().withActivation(activation);
      MaskSet masks = new MaskLaw.Bernoulli(2, 0.5).draw(3, 0, 530);
      HiddenLayer layer = HiddenLayer.of(problem.samples(), network, true, Team.ALONE);
      double[] whole =
          TangentKernel.twoRate(problem.samples(), layer, 0.3, 1.7, 0.5).form(Team.ALONE);
      TangentKernel subnet =
          TangentKernel.twoRate(problem.samples(), layer.held(masks, 1), 0.3, 1.7, 1.0);
      double[] held = subnet.form(Team.ALONE);
      for (int i : new int[] {0, 5, 128, 130}) {
        for (int j : new int[] {0, 7, 64, 129}) {
          for (int o = 0; o < c; o++) {
            for (int p = 0; p < c; p++) {
              int at = (o * 131 + i) * 131 * c + p * 131 + j;
              double all = 0.5 * plain(problem.samples(), network, i, j, o, p, masks, -1);
              assertEquals(all, whole[at], 1e-12, activation + " " + i + " " + j);
              double some = plain(problem.samples(), network, i, j, o, p, masks, 1);
              assertEquals(some, held[at], 1e-12, activation + " " + i + " " + j);
            }
          }
        }
      }
      for (int k = 0; k < 131 * c; k++) {
        for (int l = 0; l < k; l++) {
          assertEquals(held[k * 131 * c + l], held[l * 131 * c + k], "symmetric to the bit");
        }
      }
      double[] vector = Problem.gaussian(131 * c, 2, 1);
      double[] image = new double[131 * c];
      try (WorkerPool pool = new WorkerPool(3)) {
        subnet.multiply(vector, image, pool);
        assertArrayEquals(held, subnet.form(pool), 0.0, "same bytes for three threads");
      }
      for (int k = 0; k < image.length; k++) {
        double sum = 0.0;
        for (int l = 0; l < image.length; l++) {
          sum += held[k * image.length + l] * vector[l];
        }
        assertEquals(sum, image[k], 1e-11);
      }
    }
  }

  private static double plain(
      Samples samples, Network network, int i, int j, int o, int p, MaskSet masks, int subnet) {
    int d = samples.features();
    int c = network.outputs();
    double hidden = 0.0;
    double output = 0.0;
    double inner = 0.0;
    for (int k = 0; k < d; k++) {
      inner += samples.x()[i * d + k] * samples.x()[j * d + k];
    }
    for (int r = 0; r < network.width(); r++) {
      if (subnet >= 0 && !masks.holds(subnet, r)) {
        continue;
      }
      double zi = 0.0;
      double zj = 0.0;
      for (int k = 0; k < d; k++) {
        zi += network.hiddenWeights()[r * d + k] * samples.x()[i * d + k];
        zj += network.hiddenWeights()[r * d + k] * samples.x()[j * d + k];
      }
      Activation phi = network.activation();
      hidden +=
          network.outputWeights()[r * c + o]
              * network.outputWeights()[r * c + p]
              * phi.slope(zi)
              * phi.slope(zj)
              * inner;
      output += o == p ? phi.value(zi) * phi.value(zj) : 0.0;
    }
    return network.scale() * network.scale() * (0.3 * hidden + 1.7 * output);
  }

  @Test
  void withHiddenRateOneItIsTheMaskedKernelOfRelu() {
    Problem problem = Problem.random(20, 5, 300, 2, Initialization.NTK, 8);
    HiddenLayer layer = HiddenLayer.of(problem.samples(), problem.network(), true, Team.ALONE);
    double[] both =
        TangentKernel.twoRate(problem.samples(), layer.held(problem.masks(), 1), 1, 0, 1)
            .form(Team.ALONE);
    assertArrayEquals(problem.masked(1).form(Team.ALONE), both, 1e-14);
  }
}
