package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shallot.data.PreparedData;
import dev.shallot.data.Synthetic;
import dev.shallot.data.SyntheticLabels;
import dev.shallot.data.SyntheticSet;
import dev.shallot.training.TrainingListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.function.Executable;

/** A small run on a built-in table, for tests. */
final class TestRuns {
  private TestRuns() {}

  /** Keys and values in turn over a small plan. */
  static PlanDocument plan(String... flags) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("width", "24");
    all.put("rounds", "4");
    all.put("subnets", "3");
    all.put("local-steps", "2");
    all.put("batch", "full");
    all.put("train", "hidden");
    all.put("init-scale", "1");
    all.put("precision", "float64");
    all.put("threads", "1");
    all.put("seed", "5");
    for (int i = 0; i < flags.length; i += 2) {
      all.put(flags[i], flags[i + 1]);
    }
    return PlanDocument.practitioner().withFlags(all);
  }

  /** The table as a CSV file. */
  static Path table(Path folder) {
    Path file = folder.resolve("table.csv");
    Synthetic.generate(SyntheticSet.TABULAR, SyntheticLabels.NATURAL, 20, 5, 1, 3).writeCsv(file);
    return file;
  }

  static RunResult run(Path folder, String name, PlanDocument plan, TrainingListener... more) {
    Path file = folder.resolve("table.csv");
    PlanDocument targeted = plan.withFlags(Map.of("target", "y"));
    PreparedData data =
        Run.prepare(targeted, java.nio.file.Files.exists(file) ? file : table(folder));
    return Run.execute(new RunRequest(targeted, data, folder.resolve(name), "test", List.of(more)));
  }

  /** The message with which something is refused. */
  static String refusal(Executable executable) {
    return String.valueOf(assertThrows(RunException.class, executable).getMessage());
  }

  /** What a map surely holds. */
  static <V> V at(Map<String, V> map, String key) {
    return Objects.requireNonNull(map.get(key), key);
  }
}
