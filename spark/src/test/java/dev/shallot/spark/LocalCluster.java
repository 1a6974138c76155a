package dev.shallot.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A standalone Spark cluster on loopback: a master and workers, each a JVM of its own, from the
 * jars that this test runs with. Everything it starts ends with it.
 */
final class LocalCluster implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED = Pattern.compile("(Successfully registered)");
  private static final long PATIENCE_SECONDS = 180;

  private final Path home;
  private final List<Process> processes = new ArrayList<>();
  private String url = "";

  private LocalCluster(Path home) {
    this.home = home;
    // However this JVM ends, nothing of the cluster stays behind.
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  /** Starts one; returns when its workers are registered. */
  static LocalCluster of(int workers, int coresEach) {
    LocalCluster cluster = new LocalCluster(home());
    try {
      cluster.start(workers, coresEach);
    } catch (RuntimeException e) {
      String logs = cluster.logs();
      cluster.close();
      throw new IllegalStateException("the cluster does not start; its logs:\n" + logs, e);
    }
    return cluster;
  }

  private static Path home() {
    try {
      Path home = Files.createTempDirectory("shallot-cluster-");
      Path jars = Files.createDirectories(home.resolve("jars"));
      for (String entry : classPath()) {
        if (entry.endsWith(".jar")) {
          Path jar = Path.of(entry);
          Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(int workers, int coresEach) {
    Path log = home.resolve("master.log");
    start(
        log,
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--webui-port",
        "0");
    url = await("the master's URL", log, URL);
    for (int w = 0; w < workers; w++) {
      start(
          home.resolve("worker-" + w + ".log"),
          "org.apache.spark.deploy.worker.Worker",
          "--host",
          // Hosts of their own: Spark starts no task twice on one host.
          "127.0.0." + (1 + w),
          "--webui-port",
          "0",
          "-c",
          String.valueOf(coresEach),
          "-m",
          "4g",
          "-d",
          home.resolve("work-" + w).toString(),
          url);
    }
    for (int w = 0; w < workers; w++) {
      await("worker " + w, home.resolve("worker-" + w + ".log"), REGISTERED);
    }
  }

  /** Spark's settings for so many executors of one core each. */
  Map<String, String> settings(int executors, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("spark.cores.max", String.valueOf(executors));
    settings.put("spark.executor.cores", "1");
    settings.put("spark.executor.memory", "512m");
    settings.put("spark.executor.extraClassPath", classFolders());
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    settings.putAll(more);
    return settings;
  }

  private static List<String> classPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  /** Class folders, which have to be named to executors; jars they have. */
  static String classFolders() {
    return String.join(
        File.pathSeparator, classPath().stream().filter(entry -> !entry.endsWith(".jar")).toList());
  }

  private void start(Path log, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp", home.resolve("jars") + "/*"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_HOME", home.toString());
    environment.put("SPARK_SCALA_VERSION", "2.13");
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    try {
      processes.add(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String found(Path log, Pattern pattern) {
    try {
      Matcher matcher = pattern.matcher(Files.exists(log) ? Files.readString(log) : "");
      return matcher.find() ? matcher.group(1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String await(String what, Path log, Pattern sign) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end && processes.stream().allMatch(Process::isAlive)) {
      String found = found(log, sign);
      if (!found.isEmpty()) {
        return found;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new IllegalStateException("no sign of " + what);
  }

  private String logs() {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        text.append(file).append('\n').append(Files.readString(file)).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** spark://127.0.0.1:port. */
  String url() {
    return url;
  }

  /** The executors that run now. */
  List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(process -> process.toHandle().descendants())
        .filter(
            handle ->
                handle.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  private List<ProcessHandle> end() {
    List<ProcessHandle> all = new ArrayList<>();
    for (Process process : processes) {
      all.addAll(process.toHandle().descendants().toList());
      all.add(process.toHandle());
    }
    all.forEach(ProcessHandle::destroyForcibly);
    return all;
  }

  @Override
  public void close() {
    List<ProcessHandle> all = end();
    for (ProcessHandle handle : all) {
      try {
        handle.onExit().get(10, TimeUnit.SECONDS);
      } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
        throw new IllegalStateException("process " + handle.pid() + " does not end", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
