package dev.shallot.numeric;

import static dev.shallot.numeric.SmoothConstants.*;

/** {@link SmoothFunctions} one number at a time. */
final class ScalarSmooth implements SmoothFunctions {

  /** {@code less[i] = e^x - 1}, {@code power[i] = e^x} with x = factor |z|, or factor |z|^2. */
  private static void exponentials(
      int count, double factor, boolean squared, double[] z, double[] less, double[] power) {
    for (int i = 0; i < count; i++) {
      double size = Math.abs(z[i]);
      double x = size * factor;
      if (squared) {
        x = x * size;
      }
      x = x < LEAST ? LEAST : x;
      double t = Math.fma(x, LOG2_E, MAGIC);
      double k = t - MAGIC;
      double r = Math.fma(-k, LN2_LOW, Math.fma(-k, LN2_HIGH, x));
      double q = EXP[EXP.length - 1];
      for (int j = EXP.length - 2; j >= 0; j--) {
        q = Math.fma(q, r, EXP[j]);
      }
      double p = Math.fma(r * r, q, r);
      double s = Double.longBitsToDouble((Double.doubleToRawLongBits(t) + BIAS) << MANTISSA);
      less[i] = Math.fma(s, p, s - 1.0);
      power[i] = Math.fma(s, p, s);
    }
  }

  @Override
  public void exponential(int count, double[] z, double[] less, double[] power) {
    exponentials(count, -1.0, false, z, less, power);
  }

  @Override
  public void tanh(int count, double[] z, double[] value, double[] slope) {
    exponentials(count, -2.0, false, z, value, slope);
    for (int i = 0; i < count; i++) {
      double e = slope[i];
      double inverse = 1.0 / (1.0 + e);
      double size = -value[i] * inverse;
      value[i] = z[i] < 0.0 ? -size : size;
      slope[i] = 4.0 * e * inverse * inverse;
    }
  }

  @Override
  public void softplus(int count, double[] z, double[] value, double[] slope) {
    exponentials(count, -1.0, false, z, value, slope);
    for (int i = 0; i < count; i++) {
      double e = slope[i];
      double u = e / (2.0 + e);
      double square = u * u;
      double series = ATANH[ATANH.length - 1];
      for (int j = ATANH.length - 2; j >= 0; j--) {
        series = Math.fma(series, square, ATANH[j]);
      }
      boolean negative = z[i] < 0.0;
      value[i] = Math.fma(u + u, series, negative ? 0.0 : z[i]);
      slope[i] = (negative ? e : 1.0) / (1.0 + e);
    }
  }

  @Override
  public void gelu(int count, double[] z, double[] value, double[] slope) {
    exponentials(count, -0.5, true, z, value, slope);
    for (int i = 0; i < count; i++) {
      double e = slope[i];
      double x = Math.abs(z[i]) * ROOT_HALF;
      x = x > FARTHEST ? FARTHEST : x;
      double t = (x - ERFC_CENTRE) / (x + ERFC_CENTRE);
      double series = ERFC[ERFC.length - 1];
      for (int j = ERFC.length - 2; j >= 0; j--) {
        series = Math.fma(series, t, ERFC[j]);
      }
      double tail = 0.5 * e * series / Math.fma(2.0, x, 1.0);
      double below = z[i] < 0.0 ? tail : 1.0 - tail;
      value[i] = z[i] * below;
      slope[i] = Math.fma(z[i], e * ROOT_TWO_PI_INVERSE, below);
    }
  }
}
