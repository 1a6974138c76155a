package dev.shallot.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.shallot.engine.Team;
import dev.shallot.engine.WorkerPool;
import dev.shallot.network.Initialization;
import dev.shallot.numeric.Simd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A kernel's bytes depend neither on threads nor on vectors. Run once for each vector width. */
class SameBytesTest {
  /** Every kind of kernel, formed and multiplied, one after the other. */
  private static List<double[]> results(Team team) {
    return results(team, false);
  }

  private static List<double[]> results(Team team, boolean keepProducts) {
    List<double[]> results = new ArrayList<>();
    List<TangentKernel> kernels = new ArrayList<>();
    for (Initialization law : new Initialization[] {Initialization.NTK, Initialization.HE}) {
      for (int c : new int[] {1, 3}) {
        Problem problem = Problem.random(c == 1 ? 300 : 140, 9, 210, c, law, 1);
        Samples samples =
            keepProducts ? problem.samples().keepingProducts(team) : problem.samples();
        Activations activations = Activations.of(samples, problem.network(), true, team);
        kernels.add(TangentKernel.finite(samples, problem.network(), activations, 0.5));
        kernels.add(
            TangentKernel.masked(samples, problem.network(), activations, problem.masks(), 2));
        kernels.add(TangentKernel.infinite(samples, c, 0.5));
      }
    }
    for (TangentKernel kernel : kernels) {
      results.add(kernel.form(team));
      double[] image = new double[kernel.order()];
      kernel.multiply(Problem.gaussian(kernel.order(), 3, 3), image, team);
      results.add(image);
    }
    return results;
  }

  private static void assertSame(List<double[]> expected, List<double[]> actual, String what) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), what + ", result " + i);
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBytes() {
    List<double[]> alone = results(Team.ALONE);
    for (int threads : new int[] {1, 2, 7}) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        assertSame(alone, results(pool), threads + " threads");
      }
    }
  }

  @Test
  void keptInnerProductsGiveTheSameBytes() {
    assertSame(results(Team.ALONE), results(Team.ALONE, true), "kept");
    try (WorkerPool pool = new WorkerPool(3)) {
      assertSame(results(Team.ALONE), results(pool, true), "kept by 3 threads");
    }
  }

  @Test
  void vectorsAndScalarCodeGiveTheSameBytes() {
    List<double[]> vectors = results(Team.ALONE);
    String before = System.getProperty(Simd.PROPERTY, "auto");
    System.setProperty(Simd.PROPERTY, "off");
    try {
      assertSame(results(Team.ALONE), vectors, "scalar");
    } finally {
      System.setProperty(Simd.PROPERTY, before);
    }
  }
}
