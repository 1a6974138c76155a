package dev.shallot.bench.training;

import dev.shallot.bench.Section;
import dev.shallot.bench.Workshop;
import dev.shallot.bench.report.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the cost of a local step grows, one quantity varied at a time. */
public final class ScalingSection implements Section {
  private static final List<Who> WHO = List.of(Who.DENSE, Who.GRAM, Who.DJL_GATHERED);

  static final Map<String, Case> SHAPES = shapes();

  private static Map<String, Case> shapes() {
    Map<String, Case> shapes = new LinkedHashMap<>();
    shapes.put("A", Case.A);
    shapes.put("M", Case.M);
    return shapes;
  }

  @Override
  public String name() {
    return "scaling";
  }

  @Override
  public String summary() {
    return "the cost of a local step against m, n, xi, tau, and p on one thread and two";
  }

  @Override
  public List<Results.Row> measure(Workshop shop) {
    List<Results.Row> rows = new ArrayList<>();
    SHAPES.forEach(
        (name, shape) -> {
          if (shop.quick() && !name.equals("A")) {
            return;
          }
          for (Axis axis : Axis.values()) {
            for (Who who : WHO) {
              if (axis == Axis.SUBNETS) {
                rows.addAll(curve(shop, name, shape, axis, who, 1));
              }
              rows.addAll(curve(shop, name, shape, axis, who, 2));
            }
            System.out.printf("  shape %s against %s%n", name, axis.symbol);
          }
        });
    return rows;
  }

  private static List<Results.Row> curve(
      Workshop shop, String name, Case shape, Axis axis, Who who, int threads) {
    List<Case> all = axis.points(shape);
    List<Case> points = shop.quick() ? all.subList(2, 4) : all;
    List<String> arguments =
        new ArrayList<>(
            List.of(
                who.name(),
                Integer.toString(threads),
                shop.quick() ? "20" : "600",
                shop.quick() ? "20" : "400"));
    points.forEach(sizes -> arguments.add(sizes.toString()));
    shop.quiet().await();
    List<Results.Row> rows = new ArrayList<>();
    for (String line : shop.fork(ScalingMain.class, arguments)) {
      String[] parts = line.split(" ", -1);
      Case sizes = Case.parse(parts[0]);
      rows.add(
          Results.row(
              "shape",
              name,
              "axis",
              axis,
              "value",
              axis.value(sizes),
              "who",
              who,
              "threads",
              threads,
              "case",
              sizes,
              "rounds",
              parts[1],
              "median_ms",
              parts[2],
              "fast_ms",
              parts[3],
              "calls",
              parts[4],
              "auto_takes",
              Auto.takes(sizes, threads)));
    }
    return rows;
  }
}
