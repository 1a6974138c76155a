package dev.shallot.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SymbolsTest {
  @Test
  void symbolsBecomeLetters() {
    assertEquals("ξ", Symbols.markup("xi"));
    assertEquals("η<sub>a</sub>", Symbols.markup("eta_a"));
    assertEquals("m<sub>k,r</sub><sup>l</sup>", Symbols.markup("m_{k,r}^l"));
    assertEquals("‖x<sub>i</sub>‖ = 1", Symbols.markup("||x_i|| = 1"));
    assertEquals("W<sub>0</sub>, a<sub>0</sub>", Symbols.markup("W_0, a_0"));
  }
}
