package dev.shallot.data;

import dev.shallot.engine.DataOrigin;
import dev.shallot.plan.TrainingData;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The training rows of a file, read and prepared anew wherever they are needed.
 *
 * @param file absolute; must be there, and the same, on every machine
 * @param sha256 of the file
 * @param plan how it is prepared
 */
public record FileData(String file, String sha256, DataPlan plan) implements DataOrigin {

  /** The file of a table. */
  public static FileData of(DataFacts facts, DataPlan plan) {
    return new FileData(
        Path.of(facts.source()).toAbsolutePath().normalize().toString(), facts.sha256(), plan);
  }

  @Override
  public TrainingData read() {
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      throw new DataException(
          "%s is not there: every machine of the cluster reads the data itself, so the file must lie at this path on each (a shared folder, or a copy)"
              .formatted(file));
    }
    Table table = Table.read(path, plan.format());
    if (!table.sha256().equals(sha256)) {
      throw new DataException(
          "%s is not the file that the run was started with: its SHA-256 is %s, but should be %s"
              .formatted(file, table.sha256(), sha256));
    }
    return PreparedData.prepare(table, plan).train();
  }
}
