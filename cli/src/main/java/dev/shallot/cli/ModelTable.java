package dev.shallot.cli;

import dev.shallot.data.Table;
import dev.shallot.run.Model;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Reads a table for a model: laid out as the model's training table was, unless flags differ. */
final class ModelTable {
  /** The flags that say how a text file is laid out. */
  static final List<PlanKey> FLAGS = List.of(PlanKey.SEPARATOR, PlanKey.HEADER, PlanKey.NA);

  private ModelTable() {}

  static Table read(Model model, Path file, CommandLine.ParseResult parsed) {
    return Table.read(
        file,
        PlanDocument.of(model.plan(), "the model")
            .withFlags(PlanFlags.given(parsed))
            .tableFormat());
  }
}
