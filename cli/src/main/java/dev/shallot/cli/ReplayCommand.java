package dev.shallot.cli;

import dev.shallot.data.PreparedData;
import dev.shallot.run.Replay;
import dev.shallot.run.RunData;
import dev.shallot.run.RunFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot replay}. */
@Command(
    name = "replay",
    sortOptions = false,
    description = {
      "Take a run again from its plan and its data, and compare every event with its event log and"
          + " the network at the end with its model, bit by bit. Writes nothing.",
      "",
      "Answers 0 if all is identical, 1 with the first difference if not.",
      ""
    })
final class ReplayCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The run folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Where the data is now, if it moved; its checksum must be the run's.")
  private Optional<Path> data = Optional.empty();

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    View view = common.view();
    RecordedVectors.use(folder);
    RunFolder run = RunFolder.open(folder);
    PreparedData prepared = RunData.of(run, data);
    Replay.Result result;
    try (Progress progress = new Progress(view)) {
      result = new Replay(run, prepared).execute(List.of(progress));
    }
    result.notes().forEach(note -> view.result("note       " + note));
    String events = View.count(result.events());
    view.result(
        result
            .difference()
            .map(
                first ->
                    "DIFFERENT  after %s identical events; the first difference:\n           %s"
                        .formatted(events, first))
            .orElseGet(
                () ->
                    "identical: %s events of %s rounds%s"
                        .formatted(
                            events,
                            View.count(result.rounds()),
                            result.model() ? ", and the model bit for bit" : "")));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("folder", folder.toString());
    document.put("identical", result.identical());
    document.put("events", result.events());
    document.put("rounds", result.rounds());
    document.put("modelCompared", result.model());
    result.difference().ifPresent(first -> document.put("difference", first));
    document.put("notes", result.notes());
    view.document(document);
    return result.identical() ? ExitCodes.DONE : ExitCodes.DIFFERENT;
  }
}
