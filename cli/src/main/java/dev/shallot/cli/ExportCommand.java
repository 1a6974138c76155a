package dev.shallot.cli;

import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.onnx.OnnxExport;
import dev.shallot.onnx.OnnxPort;
import dev.shallot.plan.Precision;
import dev.shallot.run.Export;
import dev.shallot.run.Model;
import dev.shallot.run.ModelSource;
import dev.shallot.run.ModelTensors;
import dev.shallot.run.RunFolder;
import dev.shallot.sweep.SweepFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
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
      "Write its model for other programs: onnx (raw feature values in, predictions in the targets'"
          + " units out, scaling and its inverse inside the graph) or safetensors (weights and all"
          + " that predict and import need).",
      "Write the cells of a sweep, or their traces, as a table (csv, parquet): in the grid's order,"
          + " the same bytes however it was run."
    })
final class ExportCommand implements Runnable {
  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A run folder, or a sweep's; for onnx and safetensors also a model file.")
  private Path run = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "Of a run: npz, onnx or safetensors. Of a sweep: csv or parquet.")
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
      names = "--precision",
      paramLabel = "TYPE",
      description =
          "Of onnx and safetensors: float32 or float64. Default: float32 for onnx, what most"
              + " runtimes want; float64, nothing lost, for safetensors.")
  private Optional<Precision> precision = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description =
          "Where it goes; must not exist. Default: export.npz and so on in the run folder;"
              + " cells.csv and so on in the sweep's.")
  private Optional<Path> out = Optional.empty();

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public void run() {
    View view = common.view();
    if (SweepFolder.isSweep(run)) {
      if (rounds.isPresent() || data.isPresent() || precision.isPresent()) {
        throw new CliException(
            "--rounds, --data and --precision are for the export of a run, not of a sweep.");
      }
      Path written = SweepExport.write(run, table.orElse("cells"), format, out);
      view.result(written.toString());
      view.document(Map.of("file", written.toString()));
      return;
    }
    if (!RunFolder.EXPORTS.contains(format)) {
      throw new CliException(
          "unknown format \"%s\": of a run there is %s, of a sweep csv and parquet."
              .formatted(format, String.join(", ", RunFolder.EXPORTS)));
    }
    if (table.isPresent()) {
      throw new CliException("--table is for the export of a sweep; %s is none.".formatted(run));
    }
    if (format.equals("npz")) {
      if (precision.isPresent()) {
        throw new CliException("--precision is for onnx and safetensors; npz is float64.");
      }
      arrays(view);
    } else {
      if (rounds.isPresent() || data.isPresent()) {
        throw new CliException(
            "--rounds and --data are for npz; %s has neither.".formatted(format));
      }
      model(view);
    }
  }

  private void arrays(View view) {
    RunFolder folder = RunFolder.open(run);
    Path file = out.orElseGet(() -> folder.exportFile(format));
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

  private void model(View view) {
    Model model = ModelSource.open(run);
    if (out.isEmpty() && !Files.isDirectory(run)) {
      throw new CliException("%s is a file: say where the export goes with --out.".formatted(run));
    }
    Path file = out.orElseGet(() -> RunFolder.open(run).exportFile(format));
    OutputFile.refuseExisting(file);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", file.toString());
    if (format.equals("onnx")) {
      OnnxExport written = OnnxExport.write(file, model, precision.orElse(Precision.FLOAT32));
      written.inputs().forEach(port -> view.explain("input      " + words(port)));
      written.outputs().forEach(port -> view.explain("output     " + words(port)));
      document.put("inputs", written.inputs().stream().map(OnnxPort::toMap).toList());
      document.put("outputs", written.outputs().stream().map(OnnxPort::toMap).toList());
    } else {
      ModelTensors.write(file, model, precision.orElse(Precision.FLOAT64));
    }
    view.result(file.toString());
    view.document(document);
  }

  private static String words(OnnxPort port) {
    return "%s: %s, rows x %d (%s)"
        .formatted(
            port.name(), port.type(), port.columns().size(), String.join(", ", port.columns()));
  }

  private static String shape(NpyArray array) {
    return array.shape().length == 0
        ? array.data() instanceof long[] whole
            ? String.valueOf(whole[0])
            : String.valueOf(array.toDoubles()[0])
        : Arrays.stream(array.shape()).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
  }
}
