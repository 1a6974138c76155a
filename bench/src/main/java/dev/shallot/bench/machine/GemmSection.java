package dev.shallot.bench.machine;

import dev.shallot.bench.Section;
import dev.shallot.bench.Workshop;
import dev.shallot.bench.report.Results;
import java.util.ArrayList;
import java.util.List;

/** Matrix products of the sizes that training uses, on one thread. */
public final class GemmSection implements Section {

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
    List<Results.Row> rows = new ArrayList<>();
    for (Multipliers who : Multipliers.values()) {
      shop.quiet().await();
      for (String line :
          shop.fork(GemmMain.class, List.of(who.name(), shop.quick() ? "10" : "100"))) {
        String[] parts = line.split(";", -1);
        Product product =
            Product.ALL.stream().filter(p -> p.label().equals(parts[0])).findFirst().orElseThrow();
        rows.add(
            Results.row(
                "product", product.label(),
                "rows", product.rows(),
                "inner", product.inner(),
                "columns", product.columns(),
                "who", who,
                "median_gflops", parts[1],
                "fast_gflops", parts[2]));
      }
      System.out.printf("  %s%n", who);
    }
    return rows;
  }
}
