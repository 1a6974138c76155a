package dev.shallot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a time means little without. */
public final class MachineFacts {
  private MachineFacts() {}

  /**
   * The facts, in order.
   *
   * @param loadBefore how busy the machine was before the first measurement
   */
  public static Map<String, String> now(Workshop shop, String loadBefore) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "CPU",
        "%s, %d cores, %s"
            .formatted(cpu(), Runtime.getRuntime().availableProcessors(), instructions()));
    facts.put("caches", caches());
    facts.put(
        "system",
        "%s %s, %s, %d GiB, huge pages %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("os.version"),
                kibibytes("/proc/meminfo", "MemTotal") >> 20,
                text("/sys/kernel/mm/transparent_hugepage/enabled")));
    facts.put("load average before / after", loadBefore + " / " + load());
    facts.put(
        "JVM",
        "%s %s, %s"
            .formatted(
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                String.join(" ", Workshop.JVM_FLAGS)));
    facts.put(
        "rivals",
        "DJL 0.35.1 with libtorch 2.7.1 (CPU), OpenBLAS 0.3.31, all from Maven Central; JMH 1.37");
    facts.put(
        "environment",
        Stream.of(
                "MALLOC_TRIM_THRESHOLD_",
                "MALLOC_MMAP_THRESHOLD_",
                "MALLOC_TOP_PAD_",
                "GOMP_SPINCOUNT",
                "OPENBLAS_CORETYPE")
            .map(name -> name + " " + environment(name))
            .collect(Collectors.joining(", ")));
    facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    facts.put("run", shop.quick() ? "quick: only to see that everything works" : "full");
    return facts;
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    return value == null ? "not set" : value;
  }

  private static String cpu() {
    return firstLine("/proc/cpuinfo", "model name");
  }

  private static String instructions() {
    String flags = " " + firstLine("/proc/cpuinfo", "flags") + " ";
    return Stream.of(
            "avx2", "avx512f", "avx512_vbmi", "avx512_vpopcntdq", "avx512_fp16", "amx_tile")
        .filter(flag -> flags.contains(" " + flag + " "))
        .collect(Collectors.joining(" "));
  }

  /** "L1 48K, L2 2048K, L3 ...", as the kernel tells; "unknown" where it does not. */
  private static String caches() {
    String text =
        Stream.of("index0", "index2", "index3")
            .map(index -> Path.of("/sys/devices/system/cpu/cpu0/cache", index))
            .filter(Files::isDirectory)
            .map(index -> "L" + text(index.resolve("level")) + " " + text(index.resolve("size")))
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "unknown" : text;
  }

  private static String text(String file) {
    return text(Path.of(file));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static long kibibytes(String file, String start) {
    String digits = firstLine(file, start).replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
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
  public static String load() {
    String text = text("/proc/loadavg");
    int space = text.indexOf(' ');
    return space < 0 ? text : text.substring(0, space);
  }
}
