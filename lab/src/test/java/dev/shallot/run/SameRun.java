package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Whether two run folders are those of one run: all but times, byte for byte. */
final class SameRun {
  private static final Set<String> TIMES = Set.of("started", "seconds", "trainingSeconds");

  private SameRun() {}

  static void check(Path expected, Path actual) throws IOException {
    assertEquals(names(expected), names(actual));
    assertEquals(
        Files.readString(expected.resolve("events.jsonl")),
        Files.readString(actual.resolve("events.jsonl")));
    assertEquals(json(expected), json(actual));
    if (!Files.exists(expected.resolve("model.shallot"))) {
      return;
    }
    Model before = ModelFile.read(expected.resolve("model.shallot"));
    Model after = ModelFile.read(actual.resolve("model.shallot"));
    assertEquals(withoutTimes(before.provenance()), withoutTimes(after.provenance()));
    assertEquals(before.plan(), after.plan());
    // Behind the headers, which differ in times alone, byte for byte.
    byte[] first = Files.readAllBytes(expected.resolve("model.shallot"));
    byte[] second = Files.readAllBytes(actual.resolve("model.shallot"));
    assertArrayEquals(sections(first), sections(second));
  }

  private static byte[] sections(byte[] model) {
    int header = java.nio.ByteBuffer.wrap(model).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(12);
    return java.util.Arrays.copyOfRange(model, 20 + header + 4, model.length - 16);
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
    }
  }

  private static String json(Path folder) throws IOException {
    String text = Files.readString(folder.resolve("run.json"));
    return Json.write(withoutTimes(Json.readObject(text, "run.json")));
  }

  private static Object withoutTimes(Object tree) {
    if (!(tree instanceof Map<?, ?> map)) {
      return tree;
    }
    Map<Object, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!TIMES.contains(String.valueOf(key)) && value != null) {
            copy.put(key, withoutTimes(value));
          }
        });
    return copy;
  }

  /** A folder as a kill would leave it at this moment. */
  static void snapshot(Path folder, Path copy) throws IOException {
    Files.createDirectories(copy);
    for (String name : names(folder)) {
      Files.copy(folder.resolve(name), copy.resolve(name));
    }
  }
}
