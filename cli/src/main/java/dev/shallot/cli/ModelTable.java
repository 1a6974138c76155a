package dev.shallot.cli;

import dev.shallot.data.SampleWeights;
import dev.shallot.data.Table;
import dev.shallot.run.Model;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Reads a table for a model: laid out as the model's training table was, unless flags differ. */
final class ModelTable {
  /** The flags that say how a text file is laid out. */
  static final List<PlanKey> FLAGS = List.of(PlanKey.SEPARATOR, PlanKey.HEADER, PlanKey.NA);

  private ModelTable() {}

  /** What the rows of a table count, if the model was trained by weights and they are there. */
  static Optional<double[]> weights(Model model, Table table) {
    return PlanDocument.of(model.plan(), "the model")
        .dataPlan()
        .weights()
        .filter(column -> has(model, table, column.strip()))
        .map(column -> SampleWeights.read(table, column));
  }

  /** By its name; by its position only where tables are alike. */
  private static boolean has(Model model, Table table, String column) {
    return table.names().contains(column)
        || (column.matches("[0-9]+") && table.columns() == model.preprocessing().tableColumns());
  }

  static Table read(Model model, Path file, CommandLine.ParseResult parsed) {
    return Table.read(
        file,
        PlanDocument.of(model.plan(), "the model")
            .withFlags(PlanFlags.given(parsed))
            .tableFormat());
  }
}
