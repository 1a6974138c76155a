package dev.shallot.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a logarithmic axis has its ticks: few round numbers, also when it spans less than a decade.
 */
public final class LogTicks {
  private LogTicks() {}

  /**
   * Ticks of an axis, ascending.
   *
   * @param low lower end, above 0
   * @param high upper end, above low
   */
  public static List<Double> of(double low, double high) {
    double decades = Math.log10(high) - Math.log10(low);
    return decades < 0.7 ? linear(low, high) : logarithmic(low, high, decades);
  }

  private static List<Double> linear(double low, double high) {
    double step = niceStep((high - low) / 5);
    List<Double> ticks = new ArrayList<>();
    for (double i = Math.ceil(low / step - 1e-9); i * step <= high * (1 + 1e-9); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static List<Double> logarithmic(double low, double high, double decades) {
    int[] mantissas =
        decades < 1.6
            ? new int[] {1, 2, 3, 5, 7}
            : decades < 3.2 ? new int[] {1, 2, 5} : new int[] {1};
    int every = Math.max(1, (int) Math.ceil(niceStep(decades / 9)));
    List<Double> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (int mantissa : mantissas) {
        double tick = Double.parseDouble(mantissa + "e" + power);
        if (power % every == 0 && tick >= low * 0.999999 && tick <= high * 1.000001) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** The smallest of 1, 2, 2.5, 5, 10 times a power of ten that is not below. */
  public static double niceStep(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = 10 * power;
    for (double factor : new double[] {5, 2.5, 2, 1}) {
      step = factor * power >= rough * 0.999 ? factor * power : step;
    }
    return step;
  }
}
