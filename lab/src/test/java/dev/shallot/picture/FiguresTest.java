package dev.shallot.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void measuredNumbersHaveFourDigitsAndNeverLoseWholeOnes() {
    assertEquals("0", Figures.of(0.0));
    assertEquals("0.1171", Figures.of(0.117094));
    assertEquals("10.43", Figures.of(10.4321));
    assertEquals("123,457", Figures.of(123456.789));
    assertEquals("−1,234", Figures.of(-1234.4));
    assertEquals("1", Figures.of(0.99999999));
    assertEquals("10,000", Figures.of(9999.6));
    assertEquals("1.235 × 10⁻⁵", Figures.of(1.23456e-5));
    assertEquals("1 × 10²⁰", Figures.of(1e20));
    assertEquals("not finite", Figures.of(Double.NaN));
  }

  @Test
  void givenNumbersKeepAllDigits() {
    assertEquals("0.5", Figures.exact(0.5));
    assertEquals("200", Figures.exact(200.0));
    assertEquals("0.123456789012345", Figures.exact(0.123456789012345));
    assertEquals("1e-7", Figures.exact(1e-7));
    assertEquals("2.5e+12", Figures.exact(2.5e12).replace("e12", "e+12"));
  }

  @Test
  void unitsFollowTheSize() {
    assertEquals("420 ms", Figures.duration(0.42));
    assertEquals("3.42 s", Figures.duration(3.4219));
    assertEquals("2 min 05 s", Figures.duration(125));
    assertEquals("3 h 00 min", Figures.duration(3 * 3600 + 20));
    assertEquals("640 B", Figures.bytes(640));
    assertEquals("1 MB", Figures.bytes(999_700));
    assertEquals("1.23 GB", Figures.bytes(1.234e9));
    assertEquals("14.5 %", Figures.percent(0.14479));
    assertEquals("1,234,567", Figures.count(1234567));
  }

  @Test
  void noCountryChangesANumber() {
    Locale before = Locale.getDefault();
    try {
      for (String country : List.of("de-DE", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "tr-TR")) {
        Locale.setDefault(Locale.forLanguageTag(country));
        assertEquals("1,234,567", Figures.count(1234567));
        assertEquals("2 min 05 s", Figures.duration(125));
        assertEquals("10.43", Figures.of(10.4321));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void logarithmicAxesHaveAFewRoundTicks() {
    assertEquals(List.of(1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 20.0), LogTicks.of(0.9, 25));
    assertEquals(List.of(1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0), LogTicks.of(5e-7, 20));
    assertEquals(
        List.of(1.6, 1.62, 1.64, 1.66, 1.68),
        LogTicks.of(1.591, 1.69).stream().map(t -> Math.round(t * 1e9) / 1e9).toList());
    assertEquals(7, LogTicks.of(1, Double.MAX_VALUE).size());
  }
}
