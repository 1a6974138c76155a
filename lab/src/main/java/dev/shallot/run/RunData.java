package dev.shallot.run;

import dev.shallot.data.PreparedData;
import dev.shallot.data.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the data of a run again, and makes sure that it is the same. */
public final class RunData {
  private RunData() {}

  /**
   * The data that a run was trained on, prepared as it was.
   *
   * @param folder the run
   * @param moved where the data is now; empty: where the run found it
   * @throws RunException if it is not there, or changed since
   */
  public static PreparedData of(RunFolder folder, Optional<Path> moved) {
    Map<String, Object> run = folder.read();
    PlanDocument plan = PlanDocument.of(folder.section(run, "plan"), folder.runFile().toString());
    Map<String, Object> facts = folder.section(run, "data");
    Path file = moved.orElseGet(() -> Path.of(String.valueOf(facts.get("source"))));
    if (!Files.exists(file)) {
      throw new RunException(
          "the run's data %s is not there; if it moved, name it with --data FILE.".formatted(file));
    }
    Table table = Table.read(file, plan.tableFormat());
    Object expected = facts.get("sha256");
    if (!table.sha256().equals(expected)) {
      throw new RunException(
          "%s is not the data that the run was trained on: its SHA-256 is %s, the run's %s."
              .formatted(file, table.sha256(), expected));
    }
    return PreparedData.prepare(table, plan.dataPlan());
  }
}
