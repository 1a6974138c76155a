package dev.shallot.bench;

import dev.shallot.bench.report.Results;
import java.util.List;

/** A part of the benchmarks: measured alone, kept in a file of its own. */
public interface Section {

  /** The word of {@code --only}, and the name of the file. */
  String name();

  /** What it measures, in a line. */
  String summary();

  /** Measures. */
  List<Results.Row> measure(Workshop shop);
}
