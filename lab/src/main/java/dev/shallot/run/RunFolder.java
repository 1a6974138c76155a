package dev.shallot.run;

import dev.shallot.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A folder that is a run: {@code run.json} (plan, data, provenance, outcome), {@code events.jsonl},
 * {@code model.shallot}, {@code report.html}; {@code checkpoint.shallot} as long as it can go on.
 *
 * <p>The folder appears when training begins, with a {@code run.json} in it that says "running":
 * then all input has been judged, so bad input leaves nothing behind, and a run that is killed
 * leaves its plan and its events where they are looked for. Every file but the event log is written
 * whole or not at all.
 */
public final class RunFolder {
  /** What run.json calls itself. */
  public static final String FORMAT = "shallot-run";

  /** The newest version of run.json that is known here. */
  public static final int FORMAT_VERSION = 1;

  /** What a run can be exported as. */
  public static final List<String> EXPORTS = List.of("npz", "onnx", "safetensors");

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /**
   * Refuses a path at which something is; asked before any work is done.
   *
   * @throws RunException if the path exists or cannot be
   */
  public static void refuseExisting(Path path) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw canGoOn(path)
          ? new RunException(
              "the output folder %s holds a run that has not come to its end: go on with \"shallot resume %s\", or choose another name, or delete it first."
                  .formatted(path, path))
          : exists(path);
    }
    Path above = path.toAbsolutePath().getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    if (above != null && !Files.isDirectory(above)) {
      throw new RunException(
          "cannot make the folder %s: %s is a file, not a folder.".formatted(path, above));
    }
    if (above != null && !Files.isWritable(above)) {
      throw new RunException(
          "cannot make the folder %s: no permission to write in %s.".formatted(path, above));
    }
  }

  private static RunException exists(Path path) {
    return new RunException(
        "the output folder %s exists already; a run never writes over another: choose another name, or delete it first."
            .formatted(path));
  }

  private static boolean canGoOn(Path path) {
    try {
      return open(path).unfinished();
    } catch (RunException e) {
      return false;
    }
  }

  /**
   * Makes a new folder, and the folders above it. It has its name only when its run.json is in it,
   * so that there is no moment at which a kill would leave a folder that nothing can be done with.
   *
   * @throws RunException if the path exists or cannot be made
   */
  static RunFolder create(Path path, Map<String, Object> run) {
    Path absolute = path.toAbsolutePath();
    Path above = absolute.getParent() == null ? absolute : absolute.getParent();
    Path fresh =
        above.resolve(".%s.%d.tmp".formatted(path.getFileName(), ProcessHandle.current().pid()));
    try {
      Files.createDirectories(above);
      Files.createDirectories(fresh);
      new RunFolder(fresh).write(run);
      Files.move(fresh, absolute, StandardCopyOption.ATOMIC_MOVE);
      WholeFile.forceFolder(above);
      return new RunFolder(path);
    } catch (IOException e) {
      // A move says in many ways that something is there.
      if (Files.exists(absolute)) {
        throw exists(path);
      }
      throw new RunException(
          "cannot make the folder %s: %s".formatted(path, AtomicFile.reason(e)), e);
    } finally {
      // Where it was not moved.
      deleteQuietly(fresh.resolve("run.json"));
      deleteQuietly(fresh);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The first error is the one to tell.
      return;
    }
  }

  /**
   * Opens an existing folder.
   *
   * @throws RunException if it is none, or no run
   */
  public static RunFolder open(Path path) {
    RunFolder folder = new RunFolder(path);
    if (!Files.exists(path)) {
      throw new RunException("there is no run folder %s.".formatted(path));
    }
    if (!Files.isDirectory(path)) {
      throw new RunException("%s is a file; a run is a folder.".formatted(path));
    }
    if (!Files.isRegularFile(folder.runFile())) {
      throw new RunException("%s is no run: it has no run.json.".formatted(path));
    }
    return folder;
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** {@code run.json}. */
  public Path runFile() {
    return path.resolve("run.json");
  }

  /** {@code events.jsonl}. */
  public Path eventsFile() {
    return path.resolve("events.jsonl");
  }

  /** {@code model.shallot}. */
  public Path modelFile() {
    return path.resolve("model.shallot");
  }

  /** {@code checkpoint.shallot}, of a run that can go on. */
  public Path checkpointFile() {
    return path.resolve("checkpoint.shallot");
  }

  /** {@code report.html}. */
  public Path reportFile() {
    return path.resolve("report.html");
  }

  /** {@code theory.json}, where somebody asked what the theorems say of the run. */
  public Path theoryFile() {
    return path.resolve("theory.json");
  }

  /**
   * {@code export.npz} and its like, where somebody asked for one.
   *
   * @param format npz, onnx or safetensors
   */
  public Path exportFile(String format) {
    return path.resolve("export." + format);
  }

  /** Writes run.json, whole or not at all. */
  public void write(Map<String, Object> run) {
    AtomicFile.write(runFile(), Json.write(run) + "\n");
  }

  /**
   * The content of run.json.
   *
   * @throws RunException if it is damaged, something else, or of a newer version
   */
  public Map<String, Object> read() {
    String text;
    try {
      text = Files.readString(runFile());
    } catch (IOException e) {
      throw new RunException("cannot read %s: %s".formatted(runFile(), AtomicFile.reason(e)), e);
    }
    Map<String, Object> run = Json.readObject(text, runFile().toString());
    if (!FORMAT.equals(run.get("format"))) {
      throw new RunException(
          "%s is not a run of this program: its \"format\" is not \"%s\"."
              .formatted(runFile(), FORMAT));
    }
    if (!(run.get("formatVersion") instanceof Integer version) || version > FORMAT_VERSION) {
      throw new RunException(
          "%s has format version %s, but this program (%s) reads up to version %d: use a newer one."
              .formatted(
                  runFile(), run.get("formatVersion"), ProgramVersion.text(), FORMAT_VERSION));
    }
    return run;
  }

  /** How the run ended, in a word: rounds-done, diverged, interrupted, failed, running ... */
  public String stopReason() {
    return String.valueOf(section(read(), "outcome").get("stopReason"));
  }

  /** Whether the run can go on: it was interrupted, killed, or failed for a reason outside it. */
  public boolean unfinished() {
    return List.of("running", "interrupted", "failed").contains(stopReason());
  }

  /** The plan in run.json. */
  public PlanDocument plan() {
    return PlanDocument.of(section(read(), "plan"), runFile().toString());
  }

  /** An object inside run.json. */
  public Map<String, Object> section(Map<String, Object> run, String name) {
    if (run.get(name) instanceof Map<?, ?> section) {
      Map<String, Object> copy = new java.util.LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : section.entrySet()) {
        copy.put(String.valueOf(entry.getKey()), entry.getValue());
      }
      return copy;
    }
    throw new RunException("%s has no \"%s\".".formatted(runFile(), name));
  }

  /**
   * Deletes a run's own files and its folder, if the command that made it is the given one and
   * nothing else is in it.
   *
   * @throws RunException otherwise; nothing is deleted then
   */
  public void delete(String command) {
    Map<String, Object> provenance = section(read(), "provenance");
    if (!command.equals(provenance.get("command"))) {
      throw new RunException(
          "%s was not made by \"%s\" and stays: choose another folder with --out."
              .formatted(path, command));
    }
    List<Path> own = new ArrayList<>(List.of(eventsFile(), checkpointFile(), runFile()));
    own.addAll(results());
    own.addAll(temporaries());
    try (var files = Files.list(path)) {
      List<Path> others = files.filter(file -> !own.contains(file)).toList();
      if (!others.isEmpty()) {
        throw new RunException(
            "%s holds %s, which is no file of a run, and stays: choose another folder with --out."
                .formatted(path, others.get(0).getFileName()));
      }
      for (Path file : own) {
        Files.deleteIfExists(file);
      }
      Files.delete(path);
    } catch (IOException e) {
      throw new RunException("cannot delete %s: %s".formatted(path, AtomicFile.reason(e)), e);
    }
  }

  /** What is made of the events and the network as they are, and would be wrong of later ones. */
  private List<Path> results() {
    List<Path> results = new ArrayList<>(List.of(modelFile(), reportFile(), theoryFile()));
    EXPORTS.forEach(format -> results.add(exportFile(format)));
    return results;
  }

  /** What a process that was killed was writing. */
  private List<Path> temporaries() {
    try (var files = Files.list(path)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches("\\..*\\.\\d+-\\d+\\.tmp"))
          .toList();
    } catch (IOException e) {
      throw new RunException("cannot read %s: %s".formatted(path, AtomicFile.reason(e)), e);
    }
  }

  /** Deletes what an earlier process made of the run, and what it left half written. */
  void deleteResults() {
    try {
      for (Path file : results()) {
        Files.deleteIfExists(file);
      }
      for (Path file : temporaries()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new RunException(
          "cannot delete what is there in %s: %s".formatted(path, AtomicFile.reason(e)), e);
    }
  }

  /** Deletes the checkpoint of a run that is at its end. */
  void deleteCheckpoint() {
    try {
      Files.deleteIfExists(checkpointFile());
    } catch (IOException e) {
      throw new RunException(
          "cannot delete %s: %s".formatted(checkpointFile(), AtomicFile.reason(e)), e);
    }
  }
}
