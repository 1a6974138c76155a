package dev.shallot.cli;

import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.run.Export;
import dev.shallot.run.RunFolder;
import dev.shallot.sweep.SweepFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot export}. */
@Command(
    name = "export",
    sortOptions = false,
    description = {
      "Write a run as NumPy arrays (npz): data as trained on (X, Y), initial and final weights (W0,"
          + " W, a0, a), masks of rounds, scales and step sizes, so that others can check it.",
      "Write the cells of a sweep, or their traces, as a table (csv, parquet): in the grid's order,"
          + " the same bytes however it was run."
    })
final class ExportCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "DIR", description = "A run folder, or a sweep's.")
  private Path run = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "Of a run: npz. Of a sweep: csv or parquet.")
  private String format = "";

  @Option(
      names = "--rounds",
      paramLabel = "N|FROM:TO",
      description =
          "k: the rounds whose masks are written: the first N, or FROM to TO, counted from 0 and"
              + " both included. Default: all.")
  private Optional<String> rounds = Optional.empty();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Of a sweep: cells, or traces (errors over rounds). Default: cells.")
  private Optional<String> table = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "The run's data, if it moved; its SHA-256 is checked.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description =
          "Where it goes; must not exist. Default: export.npz in the run folder; cells.csv and so"
              + " on in the sweep's.")
  private Optional<Path> out = Optional.empty();

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    View view = new View(spec.commandLine(), common);
    if (SweepFolder.isSweep(run)) {
      if (rounds.isPresent() || data.isPresent()) {
        throw new CliException("--rounds and --data are for the export of a run, not of a sweep.");
      }
      Path written = SweepExport.write(run, table.orElse("cells"), format, out);
      view.result(written.toString());
      view.document(Map.of("file", written.toString()));
      return;
    }
    if (!format.equals("npz")) {
      throw new CliException(
          "unknown format \"%s\": of a run there is npz, of a sweep csv and parquet."
              .formatted(format));
    }
    if (table.isPresent()) {
      throw new CliException("--table is for the export of a sweep; %s is none.".formatted(run));
    }
    RunFolder folder = RunFolder.open(run);
    Path file = out.orElseGet(() -> folder.exportFile());
    OutputFile.refuseExisting(file);
    SequencedMap<String, NpyArray> arrays = Export.of(folder).arrays(data, rounds);
    Npz.write(file, arrays);
    Map<String, Object> shapes = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          shapes.put(name, Arrays.stream(array.shape()).boxed().toList());
          view.explain("%-16s %s".formatted(name, shape(array)));
        });
    view.result(file.toString());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", file.toString());
    document.put("shapes", shapes);
    view.document(document);
  }

  private static String shape(NpyArray array) {
    return array.shape().length == 0
        ? array.data() instanceof long[] whole
            ? String.valueOf(whole[0])
            : String.valueOf(array.toDoubles()[0])
        : Arrays.stream(array.shape()).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
  }
}
