package dev.shallot.run;

import dev.shallot.numeric.Simd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where and with what a run was made.
 *
 * @param command what the user asked for: train, demo
 * @param version of this program
 * @param jvm name and version
 * @param os name and version
 * @param arch processor architecture
 * @param cpu model, or "unknown"
 * @param cores that the JVM may use
 * @param simd the vector instructions in use, see {@link Simd#description}
 * @param started when, in UTC
 */
public record Provenance(
    String command,
    String version,
    String jvm,
    String os,
    String arch,
    String cpu,
    int cores,
    String simd,
    Instant started) {

  /** Of a run that begins now on this machine. */
  public static Provenance now(String command) {
    return new Provenance(
        command,
        ProgramVersion.text(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        Simd.description(),
        Instant.now());
  }

  private static String cpuModel() {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return "unknown";
    }
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException | java.io.UncheckedIOException e) {
      return "unknown";
    }
  }

  /** As {@code run.json} and models hold it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("command", command);
    map.put("version", version);
    map.put("jvm", jvm);
    map.put("os", os);
    map.put("arch", arch);
    map.put("cpu", cpu);
    map.put("cores", cores);
    map.put("simd", simd);
    map.put("started", started.toString());
    return map;
  }
}
