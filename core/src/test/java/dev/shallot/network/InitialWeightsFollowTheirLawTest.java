package dev.shallot.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shallot.TrainingException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Initial weights beside NumPy 2.4 and beside the variances of their laws. The entries were printed
 * by NumPy, with
 *
 * <pre>
 * def raw(seed, stream, n):
 *     key = np.array([seed % 2**64, stream], dtype=np.uint64)
 *     return np.random.Philox(key=key, counter=[0, 0, 0, 0]).random_raw(n)
 * def gauss(seed, stream, n):
 *     u = (raw(seed, stream, n) >> np.uint64(11)) * 2.0**-53
 *     r, a = np.sqrt(-2 * np.log(1 - u[0::2])), 2 * np.pi * u[1::2]
 *     return np.stack([r * np.cos(a), r * np.sin(a)], 1).ravel()
 * m, d, c = 3, 4, 2
 * 0.25 * gauss(7, 0, m*d), np.where(raw(7, 1, m*c) >> np.uint64(63), -1.0, 1.0)               # NTK
 * np.sqrt(1/d) * gauss(-5, 0, m*d), np.sqrt(1/m) * gauss(-5, 1, m*c)                        # LECUN
 * 2 * np.sqrt(2/d) * gauss(7, 0, m*d), np.sqrt(2/m) * gauss(7, 1, m*c)                         # HE
 * 1.5 * np.sqrt(2/(d+m)) * gauss(7, 0, m*d), np.sqrt(2/(m+c)) * gauss(7, 1, m*c)           # GLOROT
 * </pre>
 */
class InitialWeightsFollowTheirLawTest {

  static Stream<Arguments> entries() {
    return Stream.of(
        Arguments.of(
            Initialization.NTK,
            0.25,
            7L,
            new double[] {
              -0.14256262883688475, 0.4865318875012847, -0.21621456959931037,
              0.1461615886560559, -0.03421274103711373, -0.0981785213751727,
              -0.15229021362542322, -0.14402539814260143, 0.009674119704307177,
              -0.041017446127648766, -0.4646236145195864, -0.0980661814615598
            },
            new double[] {-1.0, 1.0, -1.0, 1.0, -1.0, -1.0}),
        Arguments.of(
            Initialization.LECUN,
            1.0,
            -5L,
            new double[] {
              0.37810084802942373, -0.8335875275768739, 0.2476318260906909,
              0.5747337149101813, 0.8943565137609479, 0.3135084929685195,
              -0.4105146672034115, 0.46455810771627837, -0.004392261620903507,
              -0.4374797597844183, -0.3571820954932432, -0.39991927573199243
            },
            new double[] {
              0.35386624488986645, -0.37958779384066554, 0.3057429909307356,
              -0.7783174448592275, -0.9450898233159397, 0.46082089381224456
            }),
        Arguments.of(
            Initialization.HE,
            2.0,
            7L,
            new double[] {
              -0.8064560127547366, 2.752239975325191, -1.223094306840025,
              0.8268148039015673, -0.19353648952257915, -0.5553815858500242,
              -0.8614835421030778, -0.8147306855178069, 0.05472508515940803,
              -0.2320297144305147, -2.628308068209632, -0.5547460953323156
            },
            new double[] {
              -1.1491405107062347, 1.2386238355638552, -0.4842749629067413,
              0.8578976247396773, -0.2655217302403941, -1.2720539013903218
            }),
        Arguments.of(
            Initialization.GLOROT,
            1.5,
            7L,
            new double[] {
              -0.4572175827989499, 1.5603733978030716, -0.6934292926880642,
              0.4687599324493251, -0.10972487590568618, -0.3148717626222499,
              -0.48841525949566833, -0.4619088812942765, 0.031026206958991102,
              -0.13154848310581646, -1.4901106108601303, -0.31451147336430774
            },
            new double[] {
              -0.8901204120835067, 0.959433897470873, -0.37511777326460477,
              0.6645246426735342, -0.2056722478554449, -0.9853287151125776
            }));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void entriesAreNumPys(
      Initialization law, double initScale, long seed, double[] hidden, double[] output) {
    Network network = law.draw(initScale, 3, 4, 2, seed);
    assertArrayEquals(hidden, network.hiddenWeights(), 1e-14);
    assertArrayEquals(output, network.outputWeights(), 1e-14);
  }

  static Stream<Arguments> variances() {
    int m = 600;
    int d = 80;
    int c = 30;
    return Stream.of(
        Arguments.of(Initialization.NTK, 0.25, 0.0625, 1.0, 1 / Math.sqrt(m)),
        Arguments.of(Initialization.LECUN, 1.0, 1.0 / d, 1.0 / m, 1.0),
        Arguments.of(Initialization.HE, 1.0, 2.0 / d, 2.0 / m, 1.0),
        Arguments.of(Initialization.GLOROT, 3.0, 9 * 2.0 / (d + m), 2.0 / (m + c), 1.0));
  }

  @ParameterizedTest
  @MethodSource("variances")
  void momentsAreThoseOfTheLaw(
      Initialization law, double initScale, double hidden, double output, double scale) {
    Network network = law.draw(initScale, 600, 80, 30, 4);
    assertMoments(hidden, 3.0, network.hiddenWeights());
    // A sign has kurtosis 1, so its variance is met exactly.
    assertMoments(output, law == Initialization.NTK ? 1.0 : 3.0, network.outputWeights());
    assertEquals(scale, network.scale(), 1e-16);
  }

  /** Mean 0 and this variance, within four standard errors. */
  private static void assertMoments(double variance, double kurtosis, double[] numbers) {
    double sum = 0.0;
    double squares = 0.0;
    for (double number : numbers) {
      sum += number;
      squares += number * number;
    }
    int count = numbers.length;
    assertEquals(0.0, sum / count, 4 * Math.sqrt(variance / count));
    assertEquals(
        variance, squares / count, 4 * variance * Math.sqrt((kurtosis - 1) / count) + 1e-12);
  }

  @Test
  void aZeroInitScaleGivesZeroHiddenWeights() {
    for (double w : Initialization.NTK.draw(0.0, 5, 3, 1, 1).hiddenWeights()) {
      assertEquals(0.0, Math.abs(w));
    }
  }

  @Test
  void aWiderNetworkBeginsWithTheNarrowOnesRows() {
    double[] narrow = Initialization.NTK.draw(1.0, 5, 3, 1, 8).hiddenWeights();
    double[] wide = Initialization.NTK.draw(1.0, 9, 3, 1, 8).hiddenWeights();
    assertArrayEquals(narrow, java.util.Arrays.copyOf(wide, narrow.length));
  }

  @Test
  void impossibleShapesAndScalesAreRefused() {
    assertRefused("the init scale must be at least 0, but is -1.0", -1.0, 1, 1);
    assertRefused("the init scale must be at least 0, but is NaN", Double.NaN, 1, 1);
    assertRefused(
        "a network needs a width, features and outputs of at least 1, but has width 0, 1 features,"
            + " 1 outputs",
        1.0,
        0,
        1);
    assertRefused(
        "width 2000000 times 2000 features or 1 outputs is more than one array holds (2^31"
            + " numbers)",
        1.0,
        2_000_000,
        2000);
  }

  private static void assertRefused(String message, double initScale, int width, int features) {
    assertEquals(
        message,
        assertThrows(
                TrainingException.class,
                () -> Initialization.HE.draw(initScale, width, features, 1, 0))
            .getMessage());
  }
}
