package dev.shallot.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/**
 * Where the program starts. The Vector API is a module that a JVM must be asked for; started
 * without it (plain {@code java -jar}), the program starts itself once more with it.
 */
public final class Main {
  /** Marks the second start: a JVM that still lacks the module takes the scalar path. */
  private static final String RESTARTED = "shallot.restarted";

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Numbers look the same wherever the program runs.
    Locale.setDefault(Locale.ROOT);
    if (needsVectorModule()) {
      System.exit(restart(arguments));
    }
    CommandLine shallot = Shallot.commandLine();
    shallot.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    shallot.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    System.exit(run(shallot, arguments));
  }

  private static int run(CommandLine shallot, String[] arguments) {
    try {
      return shallot.execute(arguments);
    } catch (OutOfMemoryError e) {
      List<String> given = List.of(arguments);
      return Shallot.report(
          shallot,
          given.contains("--json"),
          "not enough memory: the JVM may use %,d MiB here; take a smaller width, fewer rows, or set SHALLOT_JAVA_OPTIONS=-Xmx... for the launcher"
              .formatted(Runtime.getRuntime().maxMemory() >> 20),
          ExitCodes.BAD_INPUT);
    }
  }

  private static boolean needsVectorModule() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()
        && !"off".equalsIgnoreCase(System.getProperty("shallot.simd"))
        && !Boolean.getBoolean(RESTARTED)
        // The classes that spark-submit brought are not on the class path of a second JVM.
        && System.getProperty("SPARK_SUBMIT") == null;
  }

  /** The same program on the same JVM with the flags it needs; its exit code. */
  private static int restart(String[] arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseParallelGC");
    command.add("-D" + RESTARTED + "=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      Thread hook = new Thread(() -> endWith(process), "pass-on");
      Runtime.getRuntime().addShutdownHook(hook);
      int exitCode = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(hook);
      return exitCode;
    } catch (IOException e) {
      System.err.println(
          "shallot: cannot start " + command.get(0) + " with the vector module: " + e.getMessage());
      return ExitCodes.FAULT;
    } catch (InterruptedException | IllegalStateException e) {
      // This process is being ended; the hook waits for the other one.
      return ExitCodes.INTERRUPTED;
    }
  }

  /**
   * A signal to this process is one to the other, which writes its files before it ends; its answer
   * is this one's.
   */
  private static void endWith(Process process) {
    process.destroy();
    try {
      Runtime.getRuntime().halt(process.waitFor());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
