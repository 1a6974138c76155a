package dev.shallot.cli;

import dev.shallot.query.ResultStore;
import dev.shallot.run.AtomicFile;
import dev.shallot.sweep.SweepFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A sweep's tables as files. What depends on the machine (the seconds) is left out, so the bytes
 * are those of the spec and its data.
 */
final class SweepExport {
  private SweepExport() {}

  /**
   * Writes a table.
   *
   * @param table cells or traces
   * @param format csv or parquet
   * @param out where; empty: in the sweep's folder
   * @return where it is
   */
  static Path write(Path folder, String table, String format, Optional<Path> out) {
    if (!List.of("cells", "traces").contains(table)) {
      throw new CliException("unknown table \"%s\": there are cells and traces.".formatted(table));
    }
    if (!List.of("csv", "parquet").contains(format)) {
      throw new CliException(
          "unknown format \"%s\": of a sweep there are csv and parquet.".formatted(format));
    }
    Path file = out.orElseGet(() -> SweepFolder.open(folder).path().resolve(table + "." + format));
    OutputFile.refuseExisting(file);
    String sql =
        table.equals("cells")
            ? "SELECT * EXCLUDE (folder, seconds) FROM cells WHERE folder = '.' ORDER BY cell"
            : "SELECT * EXCLUDE (folder) FROM traces WHERE folder = '.' ORDER BY cell, round";
    if (format.equals("parquet")) {
      QueryCommand.parquet(folder, sql, file);
    } else {
      try (ResultStore store = ResultStore.open(folder)) {
        AtomicFile.write(file, store.query(sql).csv());
      }
    }
    return file;
  }
}
