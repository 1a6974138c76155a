package dev.shallot.cli;

import dev.shallot.numeric.Simd;
import dev.shallot.run.RunFolder;
import java.nio.file.Path;
import java.util.Map;

/**
 * Asks for the vector instructions that a run was made with, where they decide its last bits: those
 * are the gram engine's in float32, see docs/determinism.md. Everywhere else all widths give the
 * same bits, and the widest is taken.
 */
final class RecordedVectors {
  private RecordedVectors() {}

  /** To be called before anything is computed; a choice by hand stays. */
  static void use(Path path) {
    RunFolder folder = RunFolder.open(path);
    Map<String, Object> run = folder.read();
    String engine = String.valueOf(folder.section(run, "outcome").get("engine"));
    if (System.getProperty(Simd.PROPERTY) == null && engine.matches("gram.*float32.*")) {
      String recorded = String.valueOf(folder.section(run, "provenance").get("simd"));
      System.setProperty(Simd.PROPERTY, word(recorded));
    }
  }

  /** "512-bit vectors" is 512, "scalar (...)" is off. */
  private static String word(String description) {
    return switch (description.split("[- ]", 2)[0]) {
      case "512" -> "512";
      case "256" -> "256";
      case "128" -> "128";
      case "scalar" -> "off";
      default -> "auto";
    };
  }
}
