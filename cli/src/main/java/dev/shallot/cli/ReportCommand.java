package dev.shallot.cli;

import dev.shallot.report.RunReport;
import dev.shallot.run.RunFolder;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code shallot report}. */
@Command(name = "report", description = "Write a run's report.html anew, from its files.")
final class ReportCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "DIR", description = "A run folder.")
  private Path run = Path.of("");

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    View view = new View(spec.commandLine(), common);
    RunFolder folder = RunFolder.open(run);
    folder.read();
    Path report = RunReport.write(folder.path());
    view.result(report.toString());
    view.document(Map.of("report", report.toString()));
  }
}
