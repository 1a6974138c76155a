package dev.shallot.errata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The register says nothing that its own computations do not show. */
class ErrataTest {

  @Test
  void everyEntryIsShownByItsCheck() {
    for (Erratum erratum : Errata.all()) {
      Shown shown = erratum.check().get();
      assertTrue(shown.shown(), erratum.id() + ": " + shown.lines());
      assertFalse(shown.numbers().isEmpty(), erratum.id());
    }
  }

  @Test
  void idsAreThoseOfTheRegisterAndOccurOnce() {
    List<String> ids = Errata.all().stream().map(Erratum::id).toList();
    assertEquals(ids.size(), ids.stream().distinct().count());
    assertTrue(ids.containsAll(List.of("E10", "E11", "E15", "E16", "E19")), ids.toString());
    assertEquals("E10", Errata.of(" e10 ").orElseThrow().id());
    assertTrue(Errata.of("E99").isEmpty());
  }

  /** Goldens of theory.md 4.3 and 4.6. */
  @Test
  void numbersAreTheGoldens() {
    Shown e10 = Errata.of("E10").orElseThrow().check().get();
    assertEquals(
        .625 / .75, at(e10, "p = 2, xi = 0.5: E[1/X | X >= 1], over all 2^p masks"), 1e-12);
    assertEquals(.75, at(e10, "p = 2, xi = 0.5: published, theta/(p xi)"), 1e-12);
    Shown e14 = Errata.of("E14").orElseThrow().check().get();
    assertEquals(
        0.03452646985797032,
        at(e14, "sample 1: Lemma 7 with the indicator 1{<w_r, x_i> >= 0}"),
        1e-15);
  }

  private static double at(Shown shown, String name) {
    return shown.numbers().getOrDefault(name, Double.NaN);
  }
}
