package dev.shallot.data;

/**
 * Decimal numbers as text: an optional sign, digits with at most one point, an optional exponent.
 * Nothing else is a number here: no {@code inf}, {@code nan}, {@code 1_000}, {@code 0x10}, {@code
 * 1d}, and nothing that float64 can only round to infinity.
 */
final class Numerals {
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long EXACT = 1L << 53;

  private Numerals() {}

  /** Whether a text is a number. */
  static boolean isNumber(String text) {
    return !Double.isNaN(parse(text));
  }

  /** Whether a text is a number written with a comma in place of the point. */
  static boolean hasDecimalComma(String text) {
    int comma = text.indexOf(',');
    return comma >= 0
        && comma == text.lastIndexOf(',')
        && text.indexOf('.') < 0
        && isNumber(text.replace(',', '.'));
  }

  /** The float64 nearest to the number, or NaN when the characters are no number. */
  static double parse(String text) {
    int i = 0;
    int to = text.length();
    boolean negative = i < to && text.charAt(i) == '-';
    if (negative || (i < to && text.charAt(i) == '+')) {
      i++;
    }
    long mantissa = 0;
    int digits = 0;
    int scale = 0;
    boolean point = false;
    boolean exact = true;
    for (; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit >= 0 && digit <= 9) {
        digits++;
        scale += point ? 1 : 0;
        if (mantissa < EXACT / 10) {
          mantissa = 10 * mantissa + digit;
        } else {
          exact = false;
        }
      } else if (text.charAt(i) == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return Double.NaN;
    }
    if (i < to) {
      if (!isExponent(text, i)) {
        return Double.NaN;
      }
      exact = false;
    }
    if (exact && scale < POWERS.length) {
      // Both are exact in float64, so their quotient is rounded once, as it should be.
      double value = mantissa / POWERS[scale];
      return negative ? -value : value;
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? value : Double.NaN;
  }

  private static boolean isExponent(String text, int from) {
    int i = from;
    int to = text.length();
    if (text.charAt(i) != 'e' && text.charAt(i) != 'E') {
      return false;
    }
    i++;
    if (i < to && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      i++;
    }
    if (i == to) {
      return false;
    }
    for (; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
