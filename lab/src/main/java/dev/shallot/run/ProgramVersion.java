package dev.shallot.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The version of this program, as the build wrote it down. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** Such as {@code 0.1.0}. */
  public static String text() {
    try (InputStream in = ProgramVersion.class.getResourceAsStream("version.txt")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
