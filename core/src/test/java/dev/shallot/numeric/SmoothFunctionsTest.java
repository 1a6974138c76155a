package dev.shallot.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.network.Activation;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Smooth activations against mpmath (40 digits), the plain formulas, and each other. */
class SmoothFunctionsTest {
  @Test
  void exponentialsAreThoseOfTheStandardLibraryAndTheSameForAllVectors() {
    double[] z = {0, -0.0, 1e-9, -0.3, 0.7, -1.5, 3, -8, 20, -37.5, 300, -700, 1e4, -1e300, 5, 6};
    double[] less = new double[z.length];
    double[] power = new double[z.length];
    double[] scalarLess = new double[z.length];
    double[] scalarPower = new double[z.length];
    Simd.smooth().exponential(z.length, z, less, power);
    new ScalarSmooth().exponential(z.length, z, scalarLess, scalarPower);
    assertArrayEquals(scalarLess, less);
    assertArrayEquals(scalarPower, power);
    for (int i = 0; i < z.length; i++) {
      double expected = StrictMath.exp(-Math.abs(z[i]));
      assertEquals(expected, power[i], 4 * Math.ulp(expected) + 1e-300, "z = " + z[i]);
      double one = StrictMath.expm1(-Math.abs(z[i]));
      assertEquals(one, less[i], 4 * Math.ulp(one), "z = " + z[i]);
    }
  }

  /** z; softplus, its slope; GELU, its slope; tanh, its slope: mpmath 1.3, rounded to doubles. */
  private static final double[][] GOLDEN = {
    {
      -30.0,
      9.357622968839737e-14,
      9.357622968839299e-14,
      -1.472014178144456e-196,
      -4.416031690708495e-195,
      -1.0,
      3.502604305078608e-26
    },
    {
      -9.5,
      7.484902862926716e-5,
      7.484622751061123e-5,
      -9.969789321594476e-21,
      -9.469093473831384e-20,
      -0.9999999887944072,
      2.241118549901845e-8
    },
    {
      -3.0,
      0.04858735157374206,
      0.04742587317756678,
      -0.0040496940948902835,
      -0.011945647204183927,
      -0.9950547536867305,
      0.00986603716544019
    },
    {
      -1.0,
      0.3132616875182228,
      0.2689414213699951,
      -0.15865525393145705,
      -0.0833154705876863,
      -0.7615941559557649,
      0.4199743416140261
    },
    {
      -0.1,
      0.6443966600735709,
      0.47502081252106,
      -0.0460172162722971,
      0.4204769079752698,
      -0.09966799462495582,
      0.9900662908474398
    },
    {
      -1e-7,
      0.6931471305599466,
      0.499999975,
      -4.9999996010577195e-8,
      0.49999992021154394,
      -9.999999999999966e-8,
      0.99999999999999
    },
    {0.0, 0.6931471805599453, 0.5, 0.0, 0.5, 0.0, 1.0},
    {1e-9, 0.6931471810599453, 0.50000000025, 5.000000003989423e-10, 0.5000000007978845, 1e-9, 1.0},
    {
      0.25,
      0.8259394198788436,
      0.5621765008857981,
      0.14967658142073093,
      0.695373354883636,
      0.24491866240370913,
      0.940014848806378
    },
    {
      0.5,
      0.9740769841801067,
      0.6224593312018546,
      0.34573123063700656,
      0.8674951246561629,
      0.46211715726000974,
      0.7864477329659274
    },
    {
      1.4142135623730951,
      1.631835283954839,
      0.8044296825069569,
      1.3029862263925718,
      1.1289041451851547,
      0.8883855615856605,
      0.2107710939661305
    },
    {
      2.5,
      2.5788897342925496,
      0.9241418199787564,
      2.4844758366855597,
      1.037611085908145,
      0.9866142981514303,
      0.02659222668316062
    },
    {
      6.0,
      6.00247568513773,
      0.9975273768433652,
      5.999999994080474,
      1.0000000354687095,
      0.9999877116507956,
      2.4576547405332702e-5
    },
    {40.0, 40.0, 1.0, 40.0, 1.0, 1.0, 7.219405551381661e-35}
  };

  private static final List<Activation> SMOOTH =
      List.of(Activation.SOFTPLUS, Activation.GELU, Activation.TANH);

  private static void apply(
      SmoothFunctions functions,
      Activation activation,
      double[] z,
      double[] value,
      double[] slope) {
    switch (activation) {
      case SOFTPLUS -> functions.softplus(z.length, z, value, slope);
      case GELU -> functions.gelu(z.length, z, value, slope);
      case TANH -> functions.tanh(z.length, z, value, slope);
      case RELU -> throw new AssertionError();
    }
  }

  @Test
  void valuesAndSlopesAreThoseOfMpmath() {
    for (double[] row : GOLDEN) {
      double[] z = new double[SmoothFunctions.LANES];
      java.util.Arrays.fill(z, row[0]);
      for (int a = 0; a < SMOOTH.size(); a++) {
        Activation activation = SMOOTH.get(a);
        double[] value = new double[z.length];
        double[] slope = new double[z.length];
        apply(Simd.smooth(), activation, z, value, slope);
        String what = activation + " at " + row[0];
        // P(-x) falls like e^(-x^2/2): rounding x^2 costs x^2/2 units.
        double units = 1e-15 * (2 + row[0] * row[0]);
        near(row[1 + 2 * a], value[0], units, what);
        near(row[2 + 2 * a], slope[0], units, "slope of " + what);
        near(row[1 + 2 * a], activation.value(row[0]), units, "specified " + what);
        near(row[2 + 2 * a], activation.slope(row[0]), units, "specified slope of " + what);
      }
    }
  }

  private static void near(double expected, double actual, double relative, String what) {
    assertEquals(expected, actual, relative * Math.abs(expected) + 1e-300, what);
  }

  @Test
  void vectorsAndScalarsGiveTheSameBits() {
    CounterRandom random = new CounterRandom(5, RandomStream.PROBES);
    double[] z = new double[4096];
    for (int i = 0; i < z.length; i++) {
      z[i] = random.gaussian(i) * Math.pow(10, 6 * random.uniform(10_000 + i) - 4);
    }
    z[7] = Double.NaN;
    z[8] = Double.POSITIVE_INFINITY;
    z[9] = -0.0;
    for (Activation activation : SMOOTH) {
      double[][] of = new double[4][z.length];
      apply(Simd.smooth(), activation, z, of[0], of[1]);
      apply(Simd.scalarSmooth(), activation, z, of[2], of[3]);
      assertArrayEquals(of[2], of[0], 0.0, activation + " values");
      assertArrayEquals(of[3], of[1], 0.0, activation + " slopes");
      assertTrue(Double.isNaN(of[0][7]) && Double.isNaN(of[1][7]), "a NaN stays one");
      for (int i = 10; i < z.length; i++) {
        double size = Math.abs(activation.value(z[i]));
        assertEquals(
            activation.value(z[i]), of[0][i], 4e-15 * size + 1e-15, activation + " " + z[i]);
        assertEquals(activation.slope(z[i]), of[1][i], 4e-15, activation + " slope " + z[i]);
      }
    }
  }

  @Test
  void slopesAndCurvaturesStayBelowTheirLargest() {
    for (Activation activation : SMOOTH) {
      double largest = 0.0;
      double curvature = 0.0;
      double h = 1e-4;
      for (double z = -8; z < 8; z += h) {
        largest = Math.max(largest, Math.abs(activation.slope(z)));
        double second = (activation.slope(z + h) - activation.slope(z)) / h;
        curvature = Math.max(curvature, Math.abs(second));
      }
      assertEquals(activation.largestSlope(), largest, 1e-3);
      assertTrue(largest <= activation.largestSlope() + 1e-15);
      assertEquals(activation.largestCurvature(), curvature, 1e-6);
    }
  }
}
