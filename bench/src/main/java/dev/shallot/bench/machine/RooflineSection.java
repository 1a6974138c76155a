package dev.shallot.bench.machine;

import dev.shallot.bench.Section;
import dev.shallot.bench.Workshop;
import dev.shallot.bench.report.Results;
import java.util.ArrayList;
import java.util.List;

/** The most that this machine reaches, to hold the engines against. */
public final class RooflineSection implements Section {

  @Override
  public String name() {
    return "roofline";
  }

  @Override
  public String summary() {
    return "the machine's peak of fused multiply-adds and its bandwidths";
  }

  @Override
  public List<Results.Row> measure(Workshop shop) {
    shop.quiet().await();
    List<Results.Row> rows = new ArrayList<>();
    for (String line : shop.fork(RooflineMain.class, List.of(shop.quick() ? "250" : "500"))) {
      String[] parts = line.split(";", -1);
      rows.add(
          Results.row("kind", parts[0], "what", parts[1], "threads", parts[2], "value", parts[3]));
      System.out.printf("  %s%n", line);
    }
    return rows;
  }
}
