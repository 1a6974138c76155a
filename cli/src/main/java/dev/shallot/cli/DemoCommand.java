package dev.shallot.cli;

import dev.shallot.data.PreparedData;
import dev.shallot.data.Synthetic;
import dev.shallot.data.SyntheticLabels;
import dev.shallot.data.SyntheticSet;
import dev.shallot.report.RunReport;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import dev.shallot.run.RunFolder;
import dev.shallot.run.RunRequest;
import dev.shallot.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code shallot demo}: a run of the papers' kind on a built-in table, and an answer to compare.
 */
@Command(
    name = "demo",
    description =
        "Train on a built-in table in the papers' setting, show the three phases of a round, and"
            + " compare the final error with the one to expect. Needs nothing.")
final class DemoCommand implements Callable<Integer> {
  /**
   * The final error of this plan on this table. NumPy gives the same: docs/verify_with_numpy.py,
   * run on an export of the demo, agrees with every event to 3.4e-14.
   */
  static final double EXPECTED_FINAL_ERROR = 1.047028364742902;

  /** Relative; room for a JVM whose arithmetic differs in the last bit. */
  static final double TOLERANCE = 1e-6;

  private static final int ROWS = 100;
  private static final int FEATURES = 99;
  private static final Map<String, String> PLAN =
      Map.of("target", "y", "width", "2000", "rounds", "50", "seed", "1");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "runs/demo",
      description =
          "The run folder; one that an earlier demo wrote is replaced. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("runs", "demo");

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    View view = common.view();
    if (Files.exists(out)) {
      RunFolder.open(out).delete("demo");
    }
    RunFolder.refuseExisting(out);
    Path data = writeData();
    PlanDocument plan = PlanDocument.paper().withFlags(PLAN);
    PreparedData prepared = Run.prepare(plan, data);
    Words.facts(prepared).forEach(view::explain);
    Words.plan(plan).forEach(view::explain);
    Phases phases = new Phases();
    RunResult result;
    try (Progress progress = new Progress(view)) {
      result = Run.execute(new RunRequest(plan, prepared, out, "demo", List.of(phases, progress)));
    }
    phases.table().forEach(view::explain);
    Path report = RunReport.write(out);
    return finish(view, plan, result, report, data);
  }

  /** The table beside the run folder, as {@code data synthesize} would write it. */
  private Path writeData() {
    Path data = out.resolveSibling(out.getFileName() + "-data.csv");
    Path fresh = out.resolveSibling("." + out.getFileName() + "-data.tmp.csv");
    try {
      Path above = out.toAbsolutePath().getParent();
      if (above != null) {
        Files.createDirectories(above);
      }
      Files.deleteIfExists(fresh);
      Synthetic.generate(SyntheticSet.TABULAR, SyntheticLabels.NATURAL, ROWS, FEATURES, 1, 0)
          .writeCsv(fresh);
      if (!Files.exists(data)) {
        Files.move(fresh, data);
        return data;
      }
      boolean same = Files.mismatch(fresh, data) < 0;
      Files.delete(fresh);
      if (!same) {
        throw new CliException(
            "%s exists and is not the demo's table: move it, or choose another place with --out."
                .formatted(data));
      }
      return data;
    } catch (IOException e) {
      throw new CliException("cannot write the demo's table %s: %s".formatted(data, e), e);
    }
  }

  private static int finish(
      View view, PlanDocument plan, RunResult result, Path report, Path data) {
    double error = result.outcome().last().error();
    boolean matches = Math.abs(error - EXPECTED_FINAL_ERROR) <= TOLERANCE * EXPECTED_FINAL_ERROR;
    Words.outcome(result.outcome(), plan).forEach(view::result);
    view.result(
        String.format(
            Locale.ROOT,
            "expected   ||y - u||^2 = %.10f; this run %.10f: %s",
            EXPECTED_FINAL_ERROR,
            error,
            matches ? "they agree" : "THEY DIFFER by more than 1e-6 relative; please report it"));
    view.result("report     " + report + "  (open it in a browser)");
    view.explain("");
    view.explain("next       shallot predict %s %s".formatted(result.folder().path(), data));
    view.explain("           shallot train YOUR.csv --target COLUMN");
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("folder", result.folder().path().toString());
    document.put("report", report.toString());
    document.put("expectedError", EXPECTED_FINAL_ERROR);
    document.put("matches", matches);
    document.putAll(result.json());
    view.document(document);
    return matches ? ExitCodes.DONE : ExitCodes.FAULT;
  }
}
