package dev.shallot.bench;

import dev.shallot.bench.machine.GemmSection;
import dev.shallot.bench.machine.RooflineSection;
import dev.shallot.bench.report.Results;
import dev.shallot.bench.training.GridSection;
import dev.shallot.bench.training.ProcessSection;
import dev.shallot.bench.training.ScalingSection;
import dev.shallot.bench.training.VerifySection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Measures, and writes raw results, the page and its pictures: {@code Benchmarks ROOT [options]},
 * ROOT being the repository. Started by {@code bench/run}, which builds and sets the environment
 * that is fair to the rivals.
 */
public final class Benchmarks {
  private static final List<Section> SECTIONS =
      List.of(
          new VerifySection(),
          new RooflineSection(),
          new GemmSection(),
          new GridSection(),
          new ScalingSection(),
          new ProcessSection());

  private Benchmarks() {}

  /** Checks, measures, writes. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    List<String> options = new ArrayList<>(List.of(arguments));
    Path root = Path.of(options.removeFirst()).toAbsolutePath();
    boolean quick = options.remove("--quick");
    boolean render = options.remove("--render");
    List<Section> sections = SECTIONS;
    int only = options.indexOf("--only");
    if (only >= 0 && only + 1 < options.size()) {
      options.remove(only);
      String name = options.remove(only);
      sections = SECTIONS.stream().filter(section -> section.name().equals(name)).toList();
    }
    if (!options.isEmpty() || sections.isEmpty()) {
      refuse(List.of(arguments).subList(1, arguments.length));
    }
    Workshop shop = new Workshop(root, quick, new QuietMoment(quick ? 0 : 90_000));
    for (Section section : render ? List.<Section>of() : sections) {
      measure(shop, section);
    }
    Rendering.write(shop, SECTIONS);
  }

  private static void refuse(List<String> options) {
    System.err.printf(
        "bench/run: not understood: %s. Sections are %s; bench/run --help tells more.%n",
        String.join(" ", options),
        SECTIONS.stream().map(Section::name).collect(Collectors.joining(", ")));
    System.exit(2);
  }

  private static void measure(Workshop shop, Section section) {
    System.out.printf("%s: %s%n", section.name(), section.summary());
    long start = System.nanoTime();
    String load = MachineFacts.load();
    List<Results.Row> rows = section.measure(shop);
    Results results = new Results(MachineFacts.now(shop, load), rows);
    Path file = shop.results().resolve(section.name() + ".csv");
    results.write(file);
    System.out.printf(
        "%s: %d lines in %.0f s, %s%n",
        section.name(), rows.size(), (System.nanoTime() - start) * 1e-9, file);
  }
}
