package dev.shallot.reproduce;

import dev.shallot.fetch.DataCache;
import dev.shallot.picture.Palette;
import dev.shallot.picture.Pictures;
import dev.shallot.run.AtomicFile;
import dev.shallot.run.Json;
import dev.shallot.run.ProgramVersion;
import dev.shallot.run.RunException;
import dev.shallot.sweep.SweepSettings;
import dev.shallot.sweep.SweepWatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reproduces a figure: runs its parts, each a sweep that survives a kill; draws them; judges its
 * predicates. The folder holds the sweeps, {@code verdicts.json}, {@code figure.html}, and of each
 * picture an SVG, a PNG and a CSV file.
 */
public final class Reproduction {
  private Reproduction() {}

  /**
   * What to reproduce.
   *
   * @param id PAPER/FIGURE
   * @param quick whether the small size is run
   * @param data the user's file, where the figure takes one
   * @param folder where everything goes; new, or of the same figure, which then goes on
   * @param cache where fetched data is
   */
  public record Request(
      String id, boolean quick, Optional<Path> data, Path folder, DataCache cache) {}

  /**
   * What came out.
   *
   * @param title of the figure, with what stands in for what
   * @param lines for people: each verdict with its numbers
   * @param document for programs: what verdicts.json holds
   * @param page the page
   * @param interrupted whether runs were ended before they were done; then nothing was judged
   */
  public record Outcome(
      String title,
      List<String> lines,
      Map<String, Object> document,
      Path page,
      boolean interrupted) {}

  /**
   * Runs, draws and judges.
   *
   * @param settings how cells are run
   * @param watch told of cells
   * @param progress told of what is no cell
   * @throws RunException if there is no such figure, its data cannot be used, or the folder holds
   *     something else
   */
  public static Outcome run(
      Request request, SweepSettings settings, SweepWatch watch, Consumer<String> progress) {
    long start = System.nanoTime();
    Figure figure = Catalog.of(request.id());
    Setup setup = Setup.read(request.id());
    Setup.Size size = request.quick() ? Setup.Size.QUICK : Setup.Size.FULL;
    claim(request, size, request.data().map(figure::identity).orElse(""));
    Workshop workshop =
        new Workshop(
            request.folder(), size, request.data(), request.cache(), settings, watch, progress);
    Results results;
    try {
      results = figure.measure(setup, workshop);
    } catch (Workshop.Interrupted e) {
      String title = setup.title();
      return new Outcome(
          title,
          List.of("interrupted: " + e.getMessage() + "; the same command goes on"),
          Map.of("figure", request.id(), "interrupted", true),
          request.folder().resolve("figure.html"),
          true);
    }
    List<Verdict> verdicts = figure.judge(setup, results);
    List<Plate> plates = figure.draw(setup, results);
    String title = title(setup, size, workshop);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("figure", request.id());
    document.put("title", title);
    document.put("size", size.word());
    document.put("scaled", workshop.scaled().orElse(setup.told(size)));
    document.put("data", workshop.dataWords());
    document.put("standIn", workshop.standIn());
    document.put("runs", results.points().size());
    document.put("failures", workshop.failures());
    document.put("verdicts", verdicts.stream().map(Verdict::toMap).toList());
    document.put("version", ProgramVersion.text());
    AtomicFile.write(request.folder().resolve("verdicts.json"), Json.write(document) + "\n");
    List<String> remarks = write(request.folder(), plates);
    remarks.addAll(workshop.failures());
    Path page = request.folder().resolve("figure.html");
    AtomicFile.write(
        page, new FigurePage(setup, size, title, workshop, verdicts, plates, remarks).html());
    document.put("folder", request.folder().toString());
    document.put("page", page.toString());
    document.put("seconds", (System.nanoTime() - start) * 1e-9);
    return new Outcome(title, lines(verdicts, remarks), document, page, false);
  }

  private static String title(Setup setup, Setup.Size size, Workshop workshop) {
    return setup.title()
        + (size == Setup.Size.QUICK ? " (quick size)" : "")
        + (workshop.titleWords().isEmpty() ? "" : ": " + String.join("; ", workshop.titleWords()));
  }

  private static List<String> lines(List<Verdict> verdicts, List<String> remarks) {
    List<String> lines = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      lines.add("%-15s%s: %s".formatted(verdict.standing().words(), verdict.id(), verdict.says()));
      lines.add("               " + verdict.found());
    }
    remarks.forEach(remark -> lines.add("remark         " + remark));
    return lines;
  }

  /**
   * A folder is one figure's at one size on one file, from when it holds more than its claim.
   *
   * @param data what tells the user's data from other data; empty if none was given
   */
  private static void claim(Request request, Setup.Size size, String data) {
    Path file = request.folder().resolve("reproduce.json");
    Map<String, Object> claim = new LinkedHashMap<>();
    claim.put("format", "shallot-reproduce");
    claim.put("figure", request.id());
    claim.put("size", size.word());
    claim.put("data", data);
    try {
      if (Files.isDirectory(request.folder())) {
        try (var entries = Files.list(request.folder())) {
          if (entries.anyMatch(entry -> !entry.equals(file))) {
            refuseAnother(request.folder(), file, claim);
            return;
          }
        }
      }
      Files.createDirectories(request.folder());
    } catch (IOException e) {
      throw new RunException(
          "cannot use %s: %s".formatted(request.folder(), AtomicFile.reason(e)), e);
    }
    AtomicFile.write(file, Json.write(claim) + "\n");
  }

  private static void refuseAnother(Path folder, Path file, Map<String, Object> claim)
      throws IOException {
    if (!Files.exists(file)) {
      throw new RunException(
          "%s is not empty and holds no figure: choose another folder with --out."
              .formatted(folder));
    }
    Map<String, Object> known = Json.readObject(Files.readString(file), file.toString());
    // Older claims do not name the data; the sweeps in the folder do.
    known.putIfAbsent("data", claim.getOrDefault("data", ""));
    if (!known.equals(claim)) {
      throw new RunException(
          "%s holds another figure, size or data (see %s): choose another folder with --out."
              .formatted(folder, file));
    }
  }

  /** Writes the pictures; what could not be painted is told. */
  private static List<String> write(Path folder, List<Plate> plates) {
    List<String> remarks = new ArrayList<>();
    for (Plate plate : plates) {
      AtomicFile.write(
          folder.resolve(plate.name() + ".svg"), Pictures.svg(plate.picture(), Palette.LIGHT));
      AtomicFile.write(folder.resolve(plate.name() + ".csv"), plate.csv());
      try {
        byte[] png = Pictures.png(plate.picture(), Palette.LIGHT);
        AtomicFile.write(
            folder.resolve(plate.name() + ".png"),
            channel -> {
              ByteBuffer bytes = ByteBuffer.wrap(png);
              while (bytes.hasRemaining()) {
                channel.write(bytes);
              }
            });
      } catch (RuntimeException | LinkageError | InternalError e) {
        if (e instanceof RunException known) {
          throw known;
        }
        // A system without any font can still have the SVG.
        remarks.add("no PNG of %s: this system cannot paint text (%s)".formatted(plate.name(), e));
      }
    }
    return remarks;
  }
}
