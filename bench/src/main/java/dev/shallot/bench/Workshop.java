package dev.shallot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where things are, and how another JVM is started.
 *
 * @param root the repository
 * @param quick whether only to see that everything works
 * @param quiet waits for the rest of the machine
 */
public record Workshop(Path root, boolean quick, QuietMoment quiet) {

  /** Every JVM that measures gets these. */
  public static final List<String> JVM_FLAGS =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "-Xms1g",
          "-Xmx1g",
          "-XX:+AlwaysPreTouch");

  /** The folder for what is neither kept nor shown. */
  public Path target() {
    return root.resolve("bench/target");
  }

  /** Raw results; a quick run's are not worth keeping. */
  public Path results() {
    return quick ? target().resolve("quick/results") : root.resolve("bench/results");
  }

  /** The page. */
  public Path page() {
    return quick ? target().resolve("quick/performance.md") : root.resolve("docs/performance.md");
  }

  /** The pictures of the page. */
  public Path pictures() {
    return page().resolveSibling("performance");
  }

  /** What a JVM that loads libtorch needs besides. */
  public String libtorchCache() {
    return "-DENGINE_CACHE_DIR=" + target().resolve("djl");
  }

  /** Runs a main class of this module in a JVM of its own; its standard output, a line each. */
  public List<String> fork(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(JVM_FLAGS);
    command.add(libtorchCache());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    // Ours and libtorch have their threads said by option, OpenBLAS has them said by this.
    return run(command, Map.of("OPENBLAS_NUM_THREADS", "1"));
  }

  /** The program that this JVM was started with. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Runs a command to its end; refuses one that fails. */
  public List<String> run(List<String> command, Map<String, String> environment) {
    try {
      Path errors = target().resolve("errors.log");
      Files.createDirectories(target());
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      List<String> lines;
      try (var output = process.inputReader()) {
        lines = output.lines().toList();
      }
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException(
            "%s ended with %d:%n%s"
                .formatted(String.join(" ", command), exit, Files.readString(errors)));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
