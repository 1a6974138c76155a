package dev.shallot.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Kernels by counting and by adding are what their definition says, whatever the shape. */
class TangentKernelTest {
  private static double largest(double[] numbers) {
    return Arrays.stream(numbers).map(Math::abs).max().orElse(0.0);
  }

  private static void assertSymmetric(double[] matrix, int order) {
    for (int i = 0; i < order; i++) {
      for (int j = 0; j < i; j++) {
        assertEquals(matrix[j * order + i], matrix[i * order + j], 0.0);
      }
    }
  }

  private static void assertIsItsDefinition(Problem problem, int subnet, boolean counted) {
    TangentKernel kernel = subnet < 0 ? problem.finite() : problem.masked(subnet);
    assertEquals(counted, TangentKernel.counted(problem.network().outputWeights()));
    assertEquals(counted, kernel.entries() instanceof CountedEntries);
    double[] expected = problem.plain(subnet);
    double[] matrix = kernel.form(Team.ALONE);
    assertArrayEquals(expected, matrix, 1e-14 * largest(expected), problem + ", " + subnet);
    assertSymmetric(matrix, kernel.order());
    assertProduct(kernel, matrix);
  }

  /** K v without K agrees with K v to 1e-12. */
  private static void assertProduct(TangentKernel kernel, double[] matrix) {
    int order = kernel.order();
    double[] vector = Problem.gaussian(order, 5, 2);
    double[] image = new double[order];
    kernel.multiply(vector, image, Team.ALONE);
    double[] expected = new double[order];
    double[] size = new double[order];
    for (int i = 0; i < order; i++) {
      for (int j = 0; j < order; j++) {
        expected[i] += matrix[i * order + j] * vector[j];
        size[i] += Math.abs(matrix[i * order + j] * vector[j]);
      }
    }
    assertArrayEquals(expected, image, 1e-12 * largest(size));
  }

  @Test
  void oneOutputIsCounted() {
    int[][] shapes = {
      {1, 1, 1}, {2, 3, 64}, {13, 4, 63}, {25, 7, 65}, {127, 5, 130}, {129, 3, 207}
    };
    for (int[] shape : shapes) {
      Problem problem =
          Problem.random(shape[0], shape[1], shape[2], 1, Initialization.NTK, shape[0]);
      for (int subnet = -1; subnet < 2; subnet++) {
        assertIsItsDefinition(problem, subnet, true);
      }
    }
  }

  @Test
  void manyOutputsAreCountedWithSigns() {
    int[][] shapes = {{1, 2, 5, 2}, {9, 3, 70, 3}, {33, 4, 100, 5}, {130, 2, 66, 2}};
    for (int[] shape : shapes) {
      Problem problem =
          Problem.random(shape[0], shape[1], shape[2], shape[3], Initialization.NTK, 3);
      for (int subnet = -1; subnet < 2; subnet++) {
        assertIsItsDefinition(problem, subnet, true);
      }
    }
  }

  @Test
  void otherOutputWeightsAreAddedUp() {
    int[][] shapes = {{2, 2, 5, 1}, {13, 3, 70, 1}, {30, 4, 600, 3}, {129, 2, 66, 2}};
    for (int[] shape : shapes) {
      Problem problem =
          Problem.random(shape[0], shape[1], shape[2], shape[3], Initialization.LECUN, 3);
      assertIsItsDefinition(problem, -1, false);
      assertIsItsDefinition(problem, 1, false);
    }
  }

  @Test
  void outputWeightsOfAnotherSizeAreCountedToo() {
    Problem signs = Problem.random(20, 3, 90, 2, Initialization.NTK, 8);
    double[] a = Arrays.stream(signs.network().outputWeights()).map(s -> 0.3 * s).toArray();
    Network network = new Network(90, 3, 2, signs.network().hiddenWeights(), a, 0.5);
    assertIsItsDefinition(new Problem(signs.samples(), network, signs.masks()), 0, true);
  }

  @Test
  void theInfiniteKernelsProduct() {
    Problem problem = Problem.random(140, 6, 1, 1, Initialization.NTK, 2);
    for (int outputs : new int[] {1, 3}) {
      TangentKernel kernel = TangentKernel.infinite(problem.samples(), outputs, 0.4);
      double[] matrix = kernel.form(Team.ALONE);
      assertSymmetric(matrix, kernel.order());
      assertProduct(kernel, matrix);
    }
  }

  @Test
  void outputsDoNotMeetInTheInfiniteKernel() {
    Problem problem = Problem.random(6, 3, 1, 1, Initialization.NTK, 2);
    double[] one = TangentKernel.infinite(problem.samples(), 1, 0.5).form(Team.ALONE);
    double[] two = TangentKernel.infinite(problem.samples(), 2, 0.5).form(Team.ALONE);
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 12; j++) {
        double expected = i / 6 == j / 6 ? one[i % 6 * 6 + j % 6] : 0.0;
        assertEquals(expected, two[i * 12 + j], 0.0);
      }
    }
  }

  /** E_M[m o H] = H: all 2^8 masks with their probabilities, one output and two. */
  @Test
  void theMeanOfTheMaskedKernelsIsTheFiniteOne() {
    int m = 8;
    for (int c : new int[] {1, 2}) {
      Problem problem = Problem.random(5, 3, m, c, Initialization.NTK, 12);
      double[] finite = problem.finite().form(Team.ALONE);
      double[] mean = new double[finite.length];
      for (int code = 0; code < 1 << m; code++) {
        int bits = code;
        int[] held =
            java.util.stream.IntStream.range(0, m).filter(r -> (bits >> r & 1) != 0).toArray();
        Problem masked =
            new Problem(problem.samples(), problem.network(), MaskSet.of(m, new int[][] {held}));
        double probability =
            Math.pow(Problem.KEEP, held.length) * Math.pow(1 - Problem.KEEP, m - held.length);
        double[] matrix = masked.masked(0).form(Team.ALONE);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += probability * matrix[i];
        }
      }
      assertArrayEquals(finite, mean, 1e-14 * largest(finite));
    }
  }

  /**
   * H - H-inf is a mean over m neurons: with p the probability that both samples are active, an
   * entry over xi &lt;x_i, x_j&gt; has variance p (1 - p) / m. The mean of the squares over that is
   * 1 at every width.
   */
  @Test
  void theFiniteKernelTendsToTheInfiniteOneAtTheRateOfAMean() {
    for (int m : new int[] {256, 4096, 65536}) {
      double sum = 0.0;
      int terms = 0;
      for (long seed = 0; seed < 8; seed++) {
        Problem problem = Problem.random(12, 5, m, 1, Initialization.NTK, seed);
        double[] finite = problem.finite().form(Team.ALONE);
        double[] limit =
            TangentKernel.infinite(problem.samples(), 1, Problem.KEEP).form(Team.ALONE);
        double[] product = new double[finite.length];
        InnerProducts.Worker inner = new InnerProducts(problem.samples()).worker();
        double[] tile = new double[Tile.LENGTH];
        inner.column(0);
        inner.row(0, tile, 0);
        for (int i = 0; i < product.length; i++) {
          double scale = Problem.KEEP * tile[i / 12 * Tile.STRIDE + i % 12];
          double p = limit[i] / scale;
          double deviation = (finite[i] - limit[i]) / scale;
          sum += deviation * deviation * m / (p * (1 - p));
          terms++;
        }
      }
      assertEquals(1.0, sum / terms, 0.25, "width " + m);
    }
  }

  /** E[a^2] of each law times m s^2, against the mean of a drawn network's squares. */
  @Test
  void aLawsSecondMomentIsThatOfItsNetworks() {
    int m = 20_000;
    for (Initialization law : Initialization.values()) {
      Network network = law.draw(1.0, m, 1, 3, 4);
      double squares = Arrays.stream(network.outputWeights()).map(a -> a * a).sum() / 3;
      double drawn = network.scale() * network.scale() * squares;
      assertEquals(1.0, drawn / TangentKernel.limitFactor(law, m, 3), 0.02, law.name());
    }
  }

  @Test
  void permutingNeuronsChangesNothing() {
    Problem problem = Problem.random(17, 4, 100, 2, Initialization.NTK, 6);
    int[] order =
        new dev.shallot.random.CounterRandom(3, dev.shallot.random.RandomStream.PROBES)
            .permutation(100);
    double[] w = new double[400];
    double[] a = new double[200];
    int[][] held = new int[1][problem.masks().held(0)];
    int count = 0;
    for (int r = 0; r < 100; r++) {
      System.arraycopy(problem.network().hiddenWeights(), order[r] * 4, w, r * 4, 4);
      System.arraycopy(problem.network().outputWeights(), order[r] * 2, a, r * 2, 2);
      if (problem.masks().holds(0, order[r])) {
        held[0][count++] = r;
      }
    }
    Problem permuted =
        new Problem(
            problem.samples(),
            new Network(100, 4, 2, w, a, problem.network().scale()),
            MaskSet.of(100, held));
    assertArrayEquals(problem.finite().form(Team.ALONE), permuted.finite().form(Team.ALONE));
    assertArrayEquals(problem.masked(0).form(Team.ALONE), permuted.masked(0).form(Team.ALONE));
  }

  @Test
  void permutingSamplesPermutesTheKernel() {
    Problem problem = Problem.random(150, 4, 100, 1, Initialization.NTK, 6);
    int n = 150;
    int[] order =
        new dev.shallot.random.CounterRandom(3, dev.shallot.random.RandomStream.PROBES)
            .permutation(n);
    double[] x = new double[n * 4];
    for (int i = 0; i < n; i++) {
      System.arraycopy(problem.samples().x(), order[i] * 4, x, i * 4, 4);
    }
    Problem permuted = new Problem(new Samples(x, n, 4), problem.network(), problem.masks());
    double[] before = problem.masked(1).form(Team.ALONE);
    double[] after = permuted.masked(1).form(Team.ALONE);
    double[] limit = TangentKernel.infinite(problem.samples(), 1, 1.0).form(Team.ALONE);
    double[] limitAfter = TangentKernel.infinite(permuted.samples(), 1, 1.0).form(Team.ALONE);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertEquals(before[order[i] * n + order[j]], after[i * n + j], 0.0);
        assertEquals(limit[order[i] * n + order[j]], limitAfter[i * n + j], 0.0);
      }
    }
  }

  @Test
  void wideNetworksAreCountedInPieces() {
    Problem problem = Problem.random(3, 2, 20_000, 1, Initialization.NTK, 4);
    assertIsItsDefinition(problem, -1, true);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Problem problem = Problem.random(4, 3, 10, 1, Initialization.NTK, 1);
    TangentKernel kernel = problem.finite();
    refused("16 numbers, but got 15", () -> kernel.form(new double[15], Team.ALONE));
    refused("two arrays of 4", () -> kernel.multiply(new double[4], new double[3], Team.ALONE));
    double[] same = new double[4];
    refused("the same one", () -> kernel.multiply(same, same, Team.ALONE));
    refused(
        "not finite", "feature 1 is NaN", () -> new Samples(new double[] {1, Double.NaN}, 1, 2));
    refused("are 6 numbers, but got 5", () -> new Samples(new double[5], 2, 3));
    refused(
        "takes 3 features",
        () ->
            Activations.of(new Samples(new double[4], 2, 2), problem.network(), true, Team.ALONE));
    MaskSet other = new MaskLaw.Full(1).draw(0, 0, 11);
    refused(
        "over 10 neurons",
        () ->
            TangentKernel.masked(
                problem.samples(), problem.network(), problem.activations(), other, 0));
    refused(
        "xi",
        () ->
            TangentKernel.finite(problem.samples(), problem.network(), problem.activations(), 0.0));
    refused("positive factor", () -> TangentKernel.infinite(problem.samples(), 1, Double.NaN));
    Samples many = new Samples(new double[50_000], 50_000, 1);
    refused("largest order is 46,340", () -> TangentKernel.infinite(many, 1, 1.0).form(Team.ALONE));
  }

  private static void refused(String words, org.junit.jupiter.api.function.Executable action) {
    String message = String.valueOf(assertThrows(TheoryException.class, action).getMessage());
    assertTrue(message.contains(words), message);
  }

  private static void refused(
      String words, String more, org.junit.jupiter.api.function.Executable action) {
    String message = String.valueOf(assertThrows(TheoryException.class, action).getMessage());
    assertTrue(message.contains(more), words + ": " + message);
  }
}
