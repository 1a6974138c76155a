package dev.shallot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a time means little without. */
final class MachineFacts {
  private MachineFacts() {}

  static List<String> lines(String loadBefore) {
    return List.of(
        "CPU: " + cpu() + ", " + Runtime.getRuntime().availableProcessors() + " cores, " + simd(),
        "System: %s %s, load average before / after: %s / %s"
            .formatted(
                System.getProperty("os.name"), System.getProperty("os.arch"), loadBefore, load()),
        "JVM: %s %s, -Xms1g -Xmx1g -XX:+AlwaysPreTouch"
            .formatted(System.getProperty("java.vm.name"), System.getProperty("java.vm.version")),
        "Rivals: DJL 0.35.1, libtorch 2.7.1 (CPU, from Maven Central), MALLOC_TRIM_THRESHOLD_=%s,"
                .formatted(environment("MALLOC_TRIM_THRESHOLD_"))
            + " MALLOC_MMAP_THRESHOLD_=%s, MALLOC_TOP_PAD_=%s, GOMP_SPINCOUNT=%s"
                .formatted(
                    environment("MALLOC_MMAP_THRESHOLD_"),
                    environment("MALLOC_TOP_PAD_"),
                    environment("GOMP_SPINCOUNT")));
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    return value == null ? "not set" : value;
  }

  private static String cpu() {
    return firstLine("/proc/cpuinfo", "model name");
  }

  private static String simd() {
    String flags = " " + firstLine("/proc/cpuinfo", "flags") + " ";
    return Stream.of("avx2", "avx512f", "avx512_vnni", "avx512_fp16", "amx_tile")
        .filter(flag -> flags.contains(" " + flag + " "))
        .collect(Collectors.joining(" "));
  }

  private static String firstLine(String file, String start) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** How busy the machine was in the last minute. */
  static String load() {
    try {
      String text = Files.readString(Path.of("/proc/loadavg"));
      return text.substring(0, text.indexOf(' '));
    } catch (IOException e) {
      return "unknown";
    }
  }
}
