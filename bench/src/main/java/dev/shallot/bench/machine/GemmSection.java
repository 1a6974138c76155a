package dev.shallot.bench.machine;

import dev.shallot.bench.Section;
import dev.shallot.bench.Workshop;
import dev.shallot.bench.report.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Matrix products of the sizes that training uses, on one thread. */
public final class GemmSection implements Section {
  private static final int PASSES = 2;

  @Override
  public String name() {
    return "gemm";
  }

  @Override
  public String summary() {
    return "our matrix products beside OpenBLAS and libtorch, one thread";
  }

  @Override
  public List<Results.Row> measure(Workshop shop) {
    Map<String, Results.Row> rows = new LinkedHashMap<>();
    for (int pass = 0; pass < PASSES; pass++) {
      for (Multipliers who : Multipliers.values()) {
        shop.quiet().await();
        for (String line :
            shop.fork(GemmMain.class, List.of(who.name(), shop.quick() ? "10" : "60"))) {
          rows.merge(
              who + line.substring(0, line.indexOf(';')), row(who, line), GemmSection::faster);
        }
        System.out.printf("  pass %d %s%n", pass + 1, who);
      }
    }
    return List.copyOf(rows.values());
  }

  private static Results.Row row(Multipliers who, String line) {
    String[] parts = line.split(";", -1);
    Product product =
        Product.ALL.stream().filter(p -> p.label().equals(parts[0])).findFirst().orElseThrow();
    return Results.row(
        "product", product.label(),
        "rows", product.rows(),
        "inner", product.inner(),
        "columns", product.columns(),
        "who", who,
        "median_gflops", parts[1],
        "fast_gflops", parts[2]);
  }

  /**
   * Two cores of a shared machine may be halves of one, which slows down whoever runs just then.
   */
  private static Results.Row faster(Results.Row one, Results.Row other) {
    return one.number("median_gflops") >= other.number("median_gflops") ? one : other;
  }
}
