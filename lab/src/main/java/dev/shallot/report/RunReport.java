package dev.shallot.report;

import java.nio.file.Path;

/** Placeholder until the report is merged. */
public final class RunReport {
  private RunReport() {}

  /** Writes report.html into a run folder; returns its path. */
  public static Path write(Path runFolder) {
    return runFolder.resolve("report.html");
  }
}
