package dev.shallot.numeric;

/** The constants of {@link SmoothFunctions}. */
final class SmoothConstants {
  /** Below this e^x is as good as zero, and above it no step leaves the normal numbers. */
  static final double LEAST = -708.0;

  static final double LOG2_E = 1.4426950408889634;

  /** log 2 in two parts: the first has 21 zeros at its end, so that a multiple of it is exact. */
  static final double LN2_HIGH = 0x1.62e42feep-1;

  static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /** 1.5 * 2^52: what is added to it is rounded to a whole number, in the lowest bits. */
  static final double MAGIC = 0x1.8p52;

  static final int MANTISSA = 52;
  static final long BIAS = 1023;

  /** 1/2!, 1/3!, ... 1/13!. */
  static final double[] EXP = {
    1.0 / 2,
    1.0 / 6,
    1.0 / 24,
    1.0 / 120,
    1.0 / 720,
    1.0 / 5_040,
    1.0 / 40_320,
    1.0 / 362_880,
    1.0 / 3_628_800,
    1.0 / 39_916_800,
    1.0 / 479_001_600,
    1.0 / 6_227_020_800L
  };

  /** 1, 1/3, 1/5, ... 1/33: atanh(u)/u in powers of u^2. */
  static final double[] ATANH = new double[17];

  static {
    for (int k = 0; k < ATANH.length; k++) {
      ATANH[k] = 1.0 / (2 * k + 1);
    }
  }

  /** Where |z|/sqrt 2 stops to count: erfc is zero long before. */
  static final double FARTHEST = 40.0;

  static final double ROOT_HALF = 0.7071067811865476;
  static final double ROOT_TWO_PI_INVERSE = 0.3989422804014327;
  static final double ERFC_CENTRE = 3.75;

  /** (1 + 2 x) e^(x^2) erfc(x) in powers of (x - 3.75)/(x + 3.75). */
  static final double[] ERFC = {
    1.2375126308378275,
    -0.14024059858554702,
    0.0035854154854636886,
    0.08227673849015103,
    -0.10880393014170736,
    0.09230432116019795,
    -0.058693398590549666,
    0.028362277421521514,
    -0.00974657954759474,
    0.001755625832371406,
    0.0002937135946264052,
    -0.00029015397902601095,
    5.164940860204354e-05,
    2.2383911135971673e-05,
    -1.1445051671317376e-05,
    -9.728475220068492e-07,
    1.7534487751789736e-06,
    -5.826599467082219e-08,
    -2.6115472305018915e-07,
    2.429304266928761e-08,
    4.097868580248915e-08,
    -4.391441238144687e-09,
    -6.550216207665773e-09,
    5.465349167054947e-10,
    9.039033580836071e-10,
    -3.766822890808617e-11,
    -7.366542161688001e-11
  };

  private SmoothConstants() {}
}
