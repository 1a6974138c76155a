package dev.shallot.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, the same in every country. */
public final class Figures {
  private Figures() {}

  /**
   * A measured number with so many significant digits, never fewer than its whole part has.
   * Thousands have a comma; below 10^-3 and from 10^7 on it is {@code 1.23 x 10^-5} in Unicode.
   */
  public static String of(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "not finite" : value > 0 ? "∞" : "−∞";
    }
    if (value == 0.0) {
      return "0";
    }
    double size = Math.abs(value);
    BigDecimal exact = BigDecimal.valueOf(value);
    if (size < 1e-3 || size >= 1e7) {
      return powers(exact, digits);
    }
    int whole = size < 1 ? 0 : exact.precision() - exact.scale();
    BigDecimal rounded =
        whole >= digits
            ? exact.setScale(0, RoundingMode.HALF_EVEN)
            : exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    return grouped(rounded.stripTrailingZeros().toPlainString());
  }

  /** A finite number other than 0 as {@code 1.23 x 10^5} in Unicode, or {@code 10^5}. */
  static String power(double value, int digits) {
    return powers(BigDecimal.valueOf(value), digits).replaceFirst("^1 × ", "");
  }

  private static String powers(BigDecimal exact, int digits) {
    BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int power = rounded.precision() - rounded.scale() - 1;
    String mantissa = rounded.movePointLeft(power).stripTrailingZeros().toPlainString();
    return sign(mantissa) + " × 10" + superscript(power);
  }

  /** A measured number with four significant digits. */
  public static String of(double value) {
    return of(value, 4);
  }

  /** A number that somebody gave, with all its digits. */
  public static String exact(double value) {
    if (!Double.isFinite(value)) {
      return of(value);
    }
    if (value == 0.0) {
      return "0";
    }
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    double size = Math.abs(value);
    return size < 1e-4 || size >= 1e9
        ? exact.toString().replace("E+", "e").replace('E', 'e')
        : exact.toPlainString();
  }

  /** A count. */
  public static String count(double value) {
    return Double.isFinite(value)
        ? sign(String.format(Locale.ROOT, "%,d", Math.round(value)))
        : "not known";
  }

  /** A share, as a percentage with three significant digits. */
  public static String percent(double share) {
    return Double.isFinite(share) ? of(100 * share, 3) + " %" : of(share);
  }

  /** A time span. */
  public static String duration(double seconds) {
    if (!Double.isFinite(seconds)) {
      return "not known";
    }
    if (seconds < 1) {
      return of(1000 * seconds, 3) + " ms";
    }
    if (seconds < 60) {
      return of(seconds, 3) + " s";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  /** An amount of data, in powers of 1000. */
  public static String bytes(double bytes) {
    if (!Double.isFinite(bytes)) {
      return "not known";
    }
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    int unit = 0;
    double amount = bytes;
    while (amount >= 999.5 && unit < units.length - 1) {
      amount /= 1000;
      unit++;
    }
    return of(amount, 3) + " " + units[unit];
  }

  /** 10 to a power is written with this. */
  public static String superscript(int power) {
    StringBuilder text = new StringBuilder();
    for (char digit : Integer.toString(power).toCharArray()) {
      text.append(digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
    }
    return text.toString();
  }

  private static String grouped(String plain) {
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point);
    StringBuilder text = new StringBuilder(whole);
    for (int at = whole.length() - 3; at > (whole.startsWith("-") ? 1 : 0); at -= 3) {
      text.insert(at, ',');
    }
    return sign(text + (point < 0 ? "" : plain.substring(point)));
  }

  /** A true minus sign. */
  private static String sign(String plain) {
    return plain.startsWith("-") ? "−" + plain.substring(1) : plain;
  }
}
