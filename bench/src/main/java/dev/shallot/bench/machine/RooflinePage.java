package dev.shallot.bench.machine;

import dev.shallot.bench.report.Page;
import dev.shallot.bench.report.Results;
import dev.shallot.bench.report.Results.Row;
import dev.shallot.bench.report.RooflineChart;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The machine's limits and what the engines reach of them. */
public final class RooflinePage {
  private static final String PICTURE = "roofline.svg";
  private static final String SECOND_LEVEL = "1024 KiB";
  private static final String THIRD_LEVEL = "24576 KiB";
  private static final String MEMORY = "524288 KiB";

  private RooflinePage() {}

  /**
   * Draws the picture, and gives the tables.
   *
   * @param points what programs reach on one thread
   */
  public static String block(Results roofline, List<RooflineChart.Point> points, Path pictures) {
    double peak = value(roofline, "fma", "float32", 1).orElseThrow();
    new RooflineChart(
            "Local steps under the roofline, float32, one thread",
            peak,
            List.of(
                slope(roofline, "L2", SECOND_LEVEL),
                slope(roofline, "L3", THIRD_LEVEL),
                slope(roofline, "memory", MEMORY)),
            points)
        .write(pictures.resolve(PICTURE));
    StringBuilder text = new StringBuilder();
    text.append("![Roofline](performance/").append(PICTURE).append(")\n\n");
    text.append(
        """
        | limit | one thread | all cores |
        |---|---:|---:|
        """);
    for (Row row : roofline.where(r -> r.is("threads", 1))) {
      boolean arithmetic = row.is("kind", "fma");
      OptionalInt all = roofline.rows().stream().mapToInt(r -> (int) r.number("threads")).max();
      text.append(
          "| %s | %s | %s |\n"
              .formatted(
                  arithmetic
                      ? "fused multiply-adds, %s, GFLOP/s".formatted(row.text("what"))
                      : "%s, %s, GB/s".formatted(row.text("kind"), level(row.text("what"))),
                  Page.number(row.number("value")),
                  Page.number(
                      value(roofline, row.text("kind"), row.text("what"), all.orElse(1))
                          .orElseThrow())));
    }
    text.append(
        "\n| local step, one thread | GFLOP/s of weight-space arithmetic | of the peak |\n");
    text.append("|---|---:|---:|\n");
    for (RooflineChart.Point point : points) {
      text.append(
          "| %s | %s | %.0f %% |\n"
              .formatted(
                  point.label(), Page.number(point.gigaflops()), 100 * point.gigaflops() / peak));
    }
    return text.toString();
  }

  private static RooflineChart.Slope slope(Results roofline, String label, String what) {
    return new RooflineChart.Slope(label, value(roofline, "update", what, 1).orElseThrow());
  }

  private static String level(String size) {
    return switch (size) {
      case SECOND_LEVEL -> "1 MiB (L2)";
      case THIRD_LEVEL -> "24 MiB (L3)";
      case MEMORY -> "512 MiB (memory)";
      default -> size + " (L1)";
    };
  }

  /** A limit, if it was measured. */
  static OptionalDouble value(Results roofline, String kind, String what, int threads) {
    return roofline.rows().stream()
        .filter(r -> r.is("kind", kind) && r.is("what", what) && r.is("threads", threads))
        .mapToDouble(r -> r.number("value"))
        .findFirst();
  }
}
