package dev.shallot.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The kernels against plain loops, over awkward sizes. The build runs this class once for each
 * vector width, see the module's pom.
 */
class KernelsTest {
  private static final int[] AWKWARD = {1, 7, 13, 16, 25, 33, 64, 100, 207};

  private static List<Kernels<double[]>> float64() {
    return List.of(Simd.float64(), Simd.scalarFloat64());
  }

  private static double[] random(int length, long seed) {
    CounterRandom random = new CounterRandom(seed, RandomStream.PROBES);
    return IntStream.range(0, length).mapToDouble(random::gaussian).toArray();
  }

  /** rows x columns numbers in a matrix of a padded stride. */
  private static double[] padded(double[] dense, int rows, int columns, int stride) {
    double[] out = new double[rows * stride];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(dense, r * columns, out, r * stride, columns);
    }
    return out;
  }

  private static double[] unpadded(double[] wide, int rows, int columns, int stride) {
    double[] out = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(wide, r * stride, out, r * columns, columns);
    }
    return out;
  }

  @Test
  void productsAreChainsOfFusedMultiplyAdds() {
    int rows = 16;
    for (Kernels<double[]> kernels : float64()) {
      for (int inner : AWKWARD) {
        for (int columns : AWKWARD) {
          double[] left = random(rows * inner, 1);
          double[] right = random(inner * columns, 2);
          double[] start = random(rows * columns, 3);
          int stride = kernels.pad(columns);
          double[] packed = kernels.allocate(kernels.packedLength(inner, columns));
          int[] index = IntStream.range(0, inner).toArray();
          kernels.packRows(
              padded(right, inner, columns, stride), stride, index, inner, columns, packed);
          double[] out = padded(start, rows, columns, stride);
          kernels.multiplyAdd(rows, inner, columns, left, 0, inner, packed, out, 0, stride);
          double[] fresh = new double[rows * stride];
          kernels.multiply(rows, inner, columns, left, 0, inner, packed, fresh, 0, stride);
          for (int r = 0; r < rows; r++) {
            for (int j = 0; j < columns; j++) {
              double sum = 0.0;
              double added = start[r * columns + j];
              for (int k = 0; k < inner; k++) {
                sum = Math.fma(left[r * inner + k], right[k * columns + j], sum);
                added = Math.fma(left[r * inner + k], right[k * columns + j], added);
              }
              assertEquals(sum, fresh[r * stride + j], kernels.description());
              assertEquals(added, out[r * stride + j], kernels.description());
            }
          }
        }
      }
    }
  }

  @Test
  void packingTransposedIsPackingTheTranspose() {
    for (Kernels<double[]> kernels : float64()) {
      for (int samples : AWKWARD) {
        int features = 5;
        int stride = kernels.pad(features);
        double[] x = random(samples * features, 4);
        double[] transposed = new double[features * kernels.pad(samples)];
        for (int i = 0; i < samples; i++) {
          for (int j = 0; j < features; j++) {
            transposed[j * kernels.pad(samples) + i] = x[(samples - 1 - i) * features + j];
          }
        }
        double[] expected = kernels.allocate(kernels.packedLength(features, samples));
        double[] actual = kernels.allocate(kernels.packedLength(features, samples));
        java.util.Arrays.fill(actual, Double.NaN);
        kernels.packRows(
            transposed,
            kernels.pad(samples),
            IntStream.range(0, features).toArray(),
            features,
            samples,
            expected);
        int[] backwards = IntStream.range(0, samples).map(i -> samples - 1 - i).toArray();
        kernels.packTransposed(
            padded(x, samples, features, stride), stride, backwards, features, samples, actual);
        assertArrayEquals(expected, actual, kernels.description());
      }
    }
  }

  @Test
  void allProvidersGiveTheScalarCodesBits() {
    Kernels<double[]> scalar = Simd.scalarFloat64();
    for (Kernels<double[]> kernels : float64()) {
      for (int columns : AWKWARD) {
        int rows = 24;
        int outputs = 3;
        int stride = kernels.pad(columns);
        double[] z = random(rows * columns, 5);
        z[0] = 0.0;
        z[z.length - 1] = -0.0;
        double[] a = random(rows * outputs, 6);
        double[] e = random(outputs * columns, 7);
        double[] wideZ = padded(z, rows, columns, stride);
        double[] wideE = padded(e, outputs, columns, stride);
        for (boolean activeAtZero : new boolean[] {true, false}) {
          long[] bits = new long[rows * ((columns + 63) / 64)];
          long[] expectedBits = bits.clone();
          kernels.activations(rows, columns, stride, wideZ, 0, activeAtZero, bits, 0);
          scalar.activations(rows, columns, columns, z, 0, activeAtZero, expectedBits, 0);
          assertArrayEquals(expectedBits, bits, kernels.description());

          double[] back = wideZ.clone();
          double[] expected = z.clone();
          kernels.backward(rows, stride, outputs, back, 0, a, 0, wideE, -0.3, activeAtZero);
          scalar.backward(rows, columns, outputs, expected, 0, a, 0, e, -0.3, activeAtZero);
          assertArrayEquals(expected, unpadded(back, rows, columns, stride));

          double[] q = wideZ.clone();
          kernels.gate(
              rows * stride,
              padded(random(rows * columns, 8), rows, columns, stride),
              0,
              activeAtZero,
              q,
              0);
          double[] expectedQ = z.clone();
          scalar.gate(rows * columns, random(rows * columns, 8), 0, activeAtZero, expectedQ, 0);
          assertArrayEquals(padded(expectedQ, rows, columns, stride), q);
        }
        for (boolean rectify : new boolean[] {true, false}) {
          double[] sums = new double[outputs * stride];
          double[] expected = new double[outputs * columns];
          kernels.sumOverRows(rows, stride, outputs, wideZ, 0, a, 0, sums, 0, rectify);
          scalar.sumOverRows(rows, columns, outputs, z, 0, a, 0, expected, 0, rectify);
          assertArrayEquals(padded(expected, outputs, columns, stride), sums);
        }
        double[] other = padded(random(columns, 9), 1, columns, stride);
        assertEquals(
            scalar.squaredDistance(columns, z, 0, random(columns, 9), 0),
            kernels.squaredDistance(stride, padded(z, 1, columns, stride), 0, other, 0));
      }
    }
  }

  @Test
  void notANumberStaysNotANumber() {
    for (Kernels<double[]> kernels : float64()) {
      double[] h = new double[kernels.pad(3)];
      h[1] = Double.NaN;
      double[] sums = new double[h.length];
      kernels.sumOverRows(1, h.length, 1, h, 0, new double[] {1.0}, 0, sums, 0, true);
      assertEquals(Double.NaN, sums[1], kernels.description());
    }
  }

  private static String withoutLayout(String source) {
    return source.replaceAll("(?m)^\\s*(\\*|//)", "").replaceAll("\\s", "");
  }

  @Test
  void theDoubleKernelsAreTheFloatKernelsWithTheTypeReplaced() throws IOException {
    Path folder = Path.of("src/main/java/dev/shallot/numeric");
    for (String kind :
        List.of(
            "VectorKernels",
            "ScalarKernels",
            "VectorLanes",
            "VectorTiles",
            "ScalarLanes",
            "VectorCounted",
            "ScalarCounted",
            "TableSums")) {
      String translated =
          Files.readString(folder.resolve("Float" + kind + ".java"))
              .replaceAll("\\bDouble((Vector|Scalar|Table)[A-Z])", "\u00a7$1")
              .replaceAll("\\bFloat((Vector|Scalar|Table)[A-Z])", "Double$1")
              .replace("\u00a7", "Float")
              .replaceAll("\\bFloatVector\\b", "DoubleVector")
              .replaceAll("Vector(Species|Mask)<Float>", "Vector$1<Double>")
              .replaceAll("\\bfloat\\b", "double")
              .replaceAll("\\bFloat\\.(MIN|NEG)", "Double.$1")
              .replace("float32", "float64");
      String checkedIn = Files.readString(folder.resolve("Double" + kind + ".java"));
      assertTrue(
          withoutLayout(translated).equals(withoutLayout(checkedIn)),
          "Double%s.java must be Float%s.java with float -> double".formatted(kind, kind));
    }
  }
}
