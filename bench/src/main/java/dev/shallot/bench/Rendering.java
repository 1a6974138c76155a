package dev.shallot.bench;

import dev.shallot.bench.machine.GemmPage;
import dev.shallot.bench.machine.RooflinePage;
import dev.shallot.bench.report.Page;
import dev.shallot.bench.report.Results;
import dev.shallot.bench.training.Goals;
import dev.shallot.bench.training.GridPage;
import dev.shallot.bench.training.Intensity;
import dev.shallot.bench.training.Losses;
import dev.shallot.bench.training.ProcessPage;
import dev.shallot.bench.training.ScalingPage;
import dev.shallot.bench.training.VerifyPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws the page and its pictures from the raw results that are there. */
final class Rendering {
  /** Ours is to reach so much of the best product. */
  private static final double PRODUCT_SHARE = 0.8;

  private static final String NOT_YET = "Not measured yet: `bench/run` does it.\n";

  private static final Set<String> OWN_FACTS = Set.of("load average before / after", "date", "run");

  private final Workshop shop;
  private final Map<String, Results> results = new LinkedHashMap<>();

  private Rendering(Workshop shop, List<Section> sections) {
    this.shop = shop;
    for (Section section : sections) {
      results.put(section.name(), Results.read(shop.results().resolve(section.name() + ".csv")));
    }
  }

  static void write(Workshop shop, List<Section> sections) {
    Path template = shop.root().resolve("docs/performance.md");
    Page.write(template, shop.page(), new Rendering(shop, sections).blocks());
    System.out.println("page: " + shop.page());
  }

  private Results of(String section) {
    return results.getOrDefault(section, new Results(Map.of(), List.of()));
  }

  private Map<String, String> blocks() {
    Path pictures = shop.pictures();
    Map<String, String> blocks = new LinkedHashMap<>();
    results.keySet().forEach(name -> blocks.put(name, NOT_YET));
    Results grid = of("grid");
    if (measured("verify")) {
      blocks.put("verify", VerifyPage.block(of("verify")));
    }
    if (measured("grid")) {
      blocks.put("grid", GridPage.block(grid, pictures));
    }
    if (measured("scaling")) {
      blocks.put("scaling", ScalingPage.block(of("scaling"), pictures));
    }
    if (measured("process")) {
      blocks.put("process", ProcessPage.block(of("process")));
    }
    if (measured("gemm")) {
      blocks.put("gemm", GemmPage.block(of("gemm"), of("roofline"), pictures));
    }
    if (measured("roofline")) {
      blocks.put("roofline", RooflinePage.block(of("roofline"), Intensity.points(grid), pictures));
    }
    boolean any = results.keySet().stream().anyMatch(this::measured);
    blocks.put("goals", any ? Goals.block(grid, of("scaling"), of("process")) : NOT_YET);
    blocks.put("losses", any ? losses() : NOT_YET);
    blocks.put("facts", any ? facts() : NOT_YET);
    return blocks;
  }

  private boolean measured(String section) {
    return !of(section).rows().isEmpty();
  }

  private String losses() {
    List<String> losses = new ArrayList<>(Losses.of(of("grid"), of("scaling")));
    List<String> products = GemmPage.below(of("gemm"), PRODUCT_SHARE);
    if (!products.isEmpty()) {
      losses.add(
          "Matrix products below %.0f %% of the best rival's rate: %s."
              .formatted(100 * PRODUCT_SHARE, String.join(", ", products)));
    }
    return losses.isEmpty()
        ? "Nowhere in these tables."
        : "- " + String.join("\n- ", losses) + "\n";
  }

  /** The machine's facts once, and what each section has of its own. */
  private String facts() {
    StringBuilder text = new StringBuilder();
    Map<String, String> told = new LinkedHashMap<>();
    results.forEach(
        (section, table) ->
            table
                .facts()
                .forEach(
                    (name, value) -> {
                      String before = told.getOrDefault(name, "");
                      if (!OWN_FACTS.contains(name) && !value.equals(before)) {
                        text.append("- ").append(name);
                        text.append(before.isEmpty() ? ": " : " (%s): ".formatted(section));
                        text.append(value).append('\n');
                        told.put(name, value);
                      }
                    }));
    text.append("- measured:");
    String separator = " ";
    for (Map.Entry<String, Results> entry : results.entrySet()) {
      Map<String, String> own = entry.getValue().facts();
      if (!own.isEmpty()) {
        text.append(separator)
            .append(
                "%s %s, load %s%s"
                    .formatted(
                        entry.getKey(),
                        own.getOrDefault("date", ""),
                        own.getOrDefault("load average before / after", ""),
                        own.getOrDefault("run", "").startsWith("quick") ? " (quick)" : ""));
        separator = "; ";
      }
    }
    text.append('\n');
    if (results.values().stream()
        .anyMatch(table -> table.facts().getOrDefault("run", "").startsWith("quick"))) {
      text.append(
          "\n"
              + "**These numbers are of a quick run, which only shows that everything works: they"
              + " are worth nothing.**\n");
    }
    return text.toString();
  }
}
