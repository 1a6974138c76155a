package dev.shallot.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** Runs commands for tests, in this JVM or in one of their own. */
final class Cli {
  /** A process that takes longer hangs, even on a busy machine. */
  private static final long LONGEST_SECONDS = 300;

  private Cli() {}

  /**
   * What a command said.
   *
   * @param exitCode of the process
   * @param out standard output
   * @param err standard error, without the JVM's own line about the incubating module
   */
  record Result(int exitCode, String out, String err) {}

  /** Runs a command in this JVM. */
  static Result run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine shallot = Shallot.commandLine();
    shallot.setOut(new PrintWriter(out, true));
    shallot.setErr(new PrintWriter(err, true));
    int exitCode = shallot.execute(texts(arguments));
    return new Result(exitCode, out.toString(), err.toString());
  }

  static String[] texts(Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    return texts;
  }

  /** The flags with which the launcher starts the JVM. */
  static final List<String> FLAGS =
      List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");

  /** Starts a command as a process of its own, with standard error in a file. */
  static Process start(Path folder, List<String> flags, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")));
    command.add(Main.class.getName());
    command.addAll(List.of(texts(arguments)));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  /** Runs a command as a process of its own to its end. */
  static Result process(Path folder, List<String> flags, Object... arguments)
      throws IOException, InterruptedException {
    return ended(folder, start(folder, flags, arguments));
  }

  /** Sends what Ctrl-C sends. A process that was started in the background may be deaf to it. */
  static void interrupt(Process process) throws IOException, InterruptedException {
    Path status = Path.of("/proc/self/status");
    if (Files.isReadable(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("SigIgn:")) {
          long ignored = Long.parseUnsignedLong(line.substring(7).strip(), 16);
          if ((ignored & 2) != 0) {
            process.destroyForcibly();
            abort("skipped: the tests were started with SIGINT ignored");
          }
        }
      }
    }
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  static Result ended(Path folder, Process process) throws IOException, InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          "the process did not end; it said "
              + Files.readString(folder.resolve("err.txt"), StandardCharsets.UTF_8));
    }
    int exitCode = process.exitValue();
    String err = Files.readString(folder.resolve("err.txt"), StandardCharsets.UTF_8);
    String out = Files.readString(folder.resolve("out.txt"), StandardCharsets.UTF_8);
    return new Result(
        exitCode, out, err.replaceAll("(?m)^WARNING: Using incubator modules: .*\\R", ""));
  }
}
