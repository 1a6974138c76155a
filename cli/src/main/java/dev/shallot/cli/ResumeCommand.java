package dev.shallot.cli;

import dev.shallot.data.PreparedData;
import dev.shallot.report.RunReport;
import dev.shallot.run.Resume;
import dev.shallot.sweep.SweepFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot resume}. */
@Command(
    name = "resume",
    sortOptions = false,
    description = {
      "Go on with a run that was interrupted, killed, or failed for want of disk or memory; or with"
          + " a sweep, whose finished cells stay.",
      "",
      "It goes on from its checkpoint (train --checkpoint-every N writes one every N rounds, an"
          + " interrupt writes one too), or begins again if it has none. Events, model and outcome"
          + " become those of a run that was never stopped, byte for byte; only times differ.",
      ""
    })
final class ResumeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The folder of a run or a sweep.")
  private Path folder = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Where the data is now, if it moved; its checksum must be the run's.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--baseline",
      description = "Compute simpler models beside the run at its end, as train --baseline does.")
  private boolean baseline;

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    View view = common.view();
    if (SweepFolder.isSweep(folder)) {
      if (baseline) {
        throw new CliException("--baseline is for a run; %s is a sweep.".formatted(folder));
      }
      return new SweepSession(spec.commandLine(), view, 0, false, false).resume(folder, data);
    }
    RecordedVectors.use(folder);
    try (Resume resume = Resume.open(folder)) {
      if (resume.finished()) {
        return finished(view, resume);
      }
      PreparedData prepared = resume.data(data);
      Words.facts(prepared).forEach(view::explain);
      view.explain("resume     " + where(resume));
      resume
          .otherVersion()
          .ifPresent(
              version ->
                  view.remark(
                      "the checkpoint is of version %s, this is %s: last bits may differ"
                          .formatted(version, dev.shallot.run.ProgramVersion.text())));
      return new Session(spec.commandLine(), view, resume.plan(), prepared, baseline)
          .run(listeners -> resume.execute(prepared, listeners));
    }
  }

  private static String where(Resume resume) {
    String state =
        switch (resume.stopReason()) {
          case "running" -> "the run was killed";
          case "failed" -> "the run failed";
          default -> "the run was interrupted";
        };
    long all = resume.plan().trainingPlan().rounds();
    return resume
        .rounds()
        .map(
            done ->
                "%s; going on after round %s of %s"
                    .formatted(state, View.count(done), View.count(all)))
        .orElse(state + " and has no checkpoint; beginning again");
  }

  private static int finished(View view, Resume resume) {
    if (!Files.exists(resume.folder().reportFile())) {
      // It was killed at the very end.
      RunReport.write(resume.folder().path());
    }
    view.result(
        "finished   %s is at its end (%s); there is nothing to go on with"
            .formatted(resume.folder().path(), resume.stopReason()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("folder", resume.folder().path().toString());
    document.putAll(resume.folder().read());
    view.document(document);
    return ExitCodes.DONE;
  }
}
