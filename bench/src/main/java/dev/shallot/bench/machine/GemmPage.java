package dev.shallot.bench.machine;

import dev.shallot.bench.report.DotChart;
import dev.shallot.bench.report.Page;
import dev.shallot.bench.report.Results;
import dev.shallot.bench.report.Results.Row;
import dev.shallot.bench.report.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The table and the picture of the matrix products. */
public final class GemmPage {
  private static final String PICTURE = "products.svg";

  private GemmPage() {}

  /** Draws the picture, and gives the table. */
  public static String block(Results gemm, Results roofline, Path pictures) {
    OptionalDouble peak = RooflinePage.value(roofline, "fma", "float32", 1);
    List<DotChart.Row> rows = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    text.append("![Matrix products](performance/").append(PICTURE).append(")\n\n");
    text.append(
        """
        | product | size | ours | packing included | OpenBLAS | libtorch | ours / best | ours, float64 | OpenBLAS, float64 | ours / OpenBLAS |
        |---|---|---:|---:|---:|---:|---:|---:|---:|---:|
        """);
    for (Row first : gemm.where(row -> row.is("who", Multipliers.OURS_F32))) {
      String product = first.text("product");
      double ours = rate(gemm, product, Multipliers.OURS_F32).orElseThrow();
      Optional<Double> packing = rate(gemm, product, Multipliers.OURS_F32_PACKING);
      double openblas = rate(gemm, product, Multipliers.OPENBLAS_F32).orElseThrow();
      double libtorch = rate(gemm, product, Multipliers.LIBTORCH_F32).orElseThrow();
      double ours64 = rate(gemm, product, Multipliers.OURS_F64).orElseThrow();
      double openblas64 = rate(gemm, product, Multipliers.OPENBLAS_F64).orElseThrow();
      String size =
          first.text("rows") + " x " + first.text("inner") + " x " + first.text("columns");
      text.append(
          "| %s | %s | %s | %s | %s | %s | %.0f %% | %s | %s | %.0f %% |\n"
              .formatted(
                  product,
                  size,
                  Page.number(ours),
                  packing.map(Page::number).orElse(""),
                  Page.number(openblas),
                  Page.number(libtorch),
                  100 * ours / Math.max(openblas, libtorch),
                  Page.number(ours64),
                  Page.number(openblas64),
                  100 * ours64 / openblas64));
      rows.add(
          new DotChart.Row(
              product,
              List.of(
                  new DotChart.Dot(libtorch, "libtorch", Style.GATHERED, true),
                  new DotChart.Dot(openblas, "OpenBLAS", Style.MASKED, true),
                  new DotChart.Dot(ours, "Shallot", Style.DENSE, true))));
    }
    new DotChart(
            "Matrix products of training's sizes, float32, one thread",
            "GFLOP/s",
            false,
            peak,
            "peak of fused multiply-adds",
            List.of(new DotChart.Group("", rows)))
        .write(pictures.resolve(PICTURE));
    return text.toString();
  }

  static Optional<Double> rate(Results gemm, String product, Multipliers who) {
    return gemm.rows().stream()
        .filter(row -> row.is("product", product) && row.is("who", who))
        .map(row -> row.number("median_gflops"))
        .findFirst();
  }

  /** The products at which ours stays below this share of the best rival's rate. */
  public static List<String> below(Results gemm, double share) {
    List<String> below = new ArrayList<>();
    for (Row first : gemm.where(row -> row.is("who", Multipliers.OURS_F32))) {
      String product = first.text("product");
      double best =
          Math.max(
              rate(gemm, product, Multipliers.OPENBLAS_F32).orElse(0.0),
              rate(gemm, product, Multipliers.LIBTORCH_F32).orElse(0.0));
      double ours = first.number("median_gflops");
      if (ours < share * best) {
        below.add("%s (%.0f %%)".formatted(product, 100 * ours / best));
      }
    }
    return below;
  }
}
