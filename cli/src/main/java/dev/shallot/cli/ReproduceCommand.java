package dev.shallot.cli;

import dev.shallot.reproduce.Catalog;
import dev.shallot.reproduce.Reproduction;
import dev.shallot.sweep.Cell;
import dev.shallot.sweep.CellResult;
import dev.shallot.sweep.SweepSettings;
import dev.shallot.sweep.SweepWatch;
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

/** {@code shallot reproduce}. */
@Command(
    name = "reproduce",
    sortOptions = false,
    description = {
      "Reproduce a figure of the papers: run it, draw it, and say of each prediction whether it"
          + " came out. Without a name, list the figures.",
      "",
      "Runs are sweeps: what is finished is on the disk, and the same command goes on after a"
          + " kill.",
      ""
    })
final class ReproduceCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PAPER/FIGURE",
      description = "The figure, as masked-neurons/fig2b.")
  private Optional<String> figure = Optional.empty();

  @Option(names = "--quick", description = "A smaller size, a minute or a few on two cores.")
  private boolean quick;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "The source's data: communities.data for masked-neurons, an NPZ of features X and targets"
              + " Y for masked-neurons-tmlr, a folder with MNIST's four files (or an NPZ) for"
              + " subquadratic/fig1. Default: the cache (data fetch), or a built-in set that stands"
              + " in, which the title says.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description =
          "Folder of the figure; new, or of the same figure, which then goes on. Default:"
              + " figures/PAPER-FIGURE, with -quick.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Runs at once, a thread each. Default: as many as there are cores.")
  private int workers;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    View view = common.view();
    if (figure.isEmpty()) {
      list(view);
      return ExitCodes.DONE;
    }
    String id = figure.get();
    if (workers < 0) {
      throw new CliException("--workers must be at least 1, but is %d.".formatted(workers));
    }
    Path folder =
        out.orElseGet(() -> Path.of("figures", id.replace('/', '-') + (quick ? "-quick" : "")));
    Reproduction.Request request =
        new Reproduction.Request(id, quick, data, folder, FetchCommand.cache());
    Reproduction.Outcome outcome;
    try (Interruption interruption = new Interruption(view)) {
      SweepSettings settings = new SweepSettings(workers, false, false, interruption.listener());
      outcome = Reproduction.run(request, settings, new Told(view), view::remark);
    }
    view.result(outcome.title());
    view.result("");
    outcome.lines().forEach(view::result);
    if (outcome.interrupted()) {
      view.document(outcome.document());
      return ExitCodes.INTERRUPTED;
    }
    view.result("");
    view.result("page       " + outcome.page() + "  (open it in a browser)");
    view.result("files      " + folder + ": an SVG, a PNG and a CSV of each picture");
    view.document(outcome.document());
    return ExitCodes.DONE;
  }

  private static void list(View view) {
    Map<String, String> lines = Catalog.lines();
    lines.forEach((id, line) -> view.result("%-26s %s".formatted(id, line)));
    view.explain("");
    view.explain("shallot reproduce " + List.copyOf(lines.keySet()).get(1) + " --quick");
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("figures", lines);
    view.document(document);
  }

  /** A line now and then. */
  private static final class Told implements SweepWatch {
    private static final long EVERY_NANOS = 5_000_000_000L;

    private final View view;
    private long startNanos = System.nanoTime();
    private long lineNanos = startNanos;
    private int before;

    Told(View view) {
      this.view = view;
    }

    @Override
    public void started(int cells, int runs, int finished, int atOnce, List<String> remarks) {
      startNanos = System.nanoTime();
      lineNanos = startNanos;
      before = finished;
      if (runs > 1) {
        view.remark(
            "%s runs%s, %d at once"
                .formatted(
                    View.count(runs),
                    finished == 0 ? "" : ", %s finished earlier".formatted(View.count(finished)),
                    atOnce));
      }
      remarks.forEach(view::remark);
    }

    @Override
    public void began(Cell cell) {}

    @Override
    public void finished(CellResult result, int done, int runs) {
      long now = System.nanoTime();
      if (now - lineNanos < EVERY_NANOS || done == runs) {
        return;
      }
      lineNanos = now;
      double passed = (now - startNanos) * 1e-9;
      int made = Math.max(1, done - before);
      view.remark(
          "%s of %s runs, %s passed, about %s left"
              .formatted(
                  View.count(done),
                  View.count(runs),
                  View.seconds(passed),
                  View.seconds(passed * (runs - done) / made)));
    }
  }
}
