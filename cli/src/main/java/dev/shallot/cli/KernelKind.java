package dev.shallot.cli;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The tangent kernels, in the order in which they are shown. */
enum KernelKind {
  INFINITE("H-inf"),
  FINITE("H"),
  MASKED("m o H"),
  BOTH("K");

  private final String symbol;

  KernelKind(String symbol) {
    this.symbol = symbol;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String symbol() {
    return symbol;
  }

  /** Reads words with commas between. */
  static Set<KernelKind> read(String text) {
    Set<KernelKind> kinds = EnumSet.noneOf(KernelKind.class);
    for (String word : text.split(",", -1)) {
      kinds.add(
          Arrays.stream(values())
              .filter(kind -> kind.word().equals(word.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new CliException(
                          "--kernels: expected some of infinite, finite, masked, both with commas between, but found \"%s\"."
                              .formatted(text))));
    }
    return kinds;
  }
}
