package dev.shallot.bench.training;

import dev.shallot.bench.report.LineChart;
import dev.shallot.bench.report.Page;
import dev.shallot.bench.report.Results;
import dev.shallot.bench.report.Results.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The curves, their tables, and what they say. */
public final class ScalingPage {
  private static final List<Who> WHO = List.of(Who.DENSE, Who.GRAM, Who.DJL_GATHERED);

  private ScalingPage() {}

  /** Draws the pictures, and gives the tables. */
  public static String block(Results results, Path pictures) {
    ScalingTable table = new ScalingTable(results);
    StringBuilder text = new StringBuilder();
    for (Axis axis : Axis.values()) {
      String file = "scaling-" + axis.symbol + ".svg";
      chart(table, axis).write(pictures.resolve(file));
      text.append("\n![").append(title(axis)).append("](performance/").append(file).append(")\n\n");
      text.append(ScalingWords.sentence(table, axis))
          .append("\n\n<details><summary>Table against ");
      text.append(axis.symbol).append("</summary>\n\n");
      for (String shape : table.shapes()) {
        append(text, table, shape, axis);
      }
      text.append("</details>\n");
    }
    return text.toString();
  }

  private static String title(Axis axis) {
    return axis == Axis.SUBNETS
        ? "What the second thread brings, against the number of subnets p"
        : "A local step against " + axis.label;
  }

  private static LineChart chart(ScalingTable table, Axis axis) {
    boolean speedup = axis == Axis.SUBNETS;
    List<LineChart.Panel> panels = new ArrayList<>();
    for (String shape : table.shapes()) {
      List<LineChart.Curve> curves = new ArrayList<>();
      for (Who who : WHO) {
        List<LineChart.Point> points = new ArrayList<>();
        for (Row row : table.curve(shape, axis, who, 2)) {
          double x = row.number("value");
          double y = row.number("median_ms");
          points.add(
              new LineChart.Point(
                  x,
                  speedup ? table.millis(shape, axis, who, 1, x) / y : y,
                  !speedup && row.is("auto_takes", who)));
        }
        curves.add(new LineChart.Curve(who.label, GridPage.style(who), true, points));
      }
      panels.add(new LineChart.Panel(describe(shape, axis), curves));
    }
    return new LineChart(
        title(axis),
        axis.label + " (logarithmic)",
        speedup ? "time on one thread / on two" : "ms a local step (logarithmic), two threads",
        speedup,
        speedup ? "" : "taken by auto",
        panels);
  }

  /** "shape A: n = 100, d = 122, c = 1, xi = 0.5, p = 4, tau = 5", without what varies. */
  private static String describe(String name, Axis axis) {
    Case shape = ScalingSection.SHAPES.getOrDefault(name, Case.A);
    List<String> parts = new ArrayList<>();
    parts.add(axis == Axis.SAMPLES ? "" : "n = " + shape.samples());
    parts.add("d = " + shape.features());
    parts.add(axis == Axis.WIDTH ? "" : "m = " + shape.width());
    parts.add("c = " + shape.outputs());
    parts.add(axis == Axis.KEEP ? "" : "xi = " + shape.keep());
    parts.add(axis == Axis.SUBNETS ? "" : "p = " + shape.subnets());
    parts.add(axis == Axis.LOCAL_STEPS ? "" : "tau = " + shape.localSteps());
    parts.removeIf(String::isEmpty);
    return name + ": " + String.join(", ", parts);
  }

  private static void append(StringBuilder text, ScalingTable table, String shape, Axis axis) {
    boolean speedup = axis == Axis.SUBNETS;
    text.append("Shape ").append(describe(shape, axis)).append(", ms a local step:\n\n");
    text.append("| ").append(axis.symbol).append(" |");
    StringBuilder rule = new StringBuilder("|---:|");
    for (Who who : WHO) {
      if (speedup) {
        text.append(' ').append(who.label).append(", 1 thread | 2 threads | speed-up |");
        rule.append("---:|---:|---:|");
      } else {
        text.append(' ').append(who.label).append(" |");
        rule.append("---:|");
      }
    }
    text.append(speedup ? "" : " auto takes | gathered / auto |");
    text.append('\n').append(rule).append(speedup ? "" : "---|---:|").append('\n');
    for (Row point : table.curve(shape, axis, Who.DENSE, 2)) {
      double x = point.number("value");
      text.append(
          String.format(Locale.ROOT, "| %s |", point.text("value").replaceAll("\\.0$", "")));
      for (Who who : WHO) {
        double two = table.millis(shape, axis, who, 2, x);
        if (speedup) {
          double one = table.millis(shape, axis, who, 1, x);
          text.append(" %s | %s | %.2f |".formatted(Page.number(one), Page.number(two), one / two));
        } else {
          text.append(' ').append(Page.number(two)).append(" |");
        }
      }
      if (!speedup) {
        Who taken = Who.valueOf(point.text("auto_takes"));
        text.append(
            " %s | %s |"
                .formatted(
                    taken.name().toLowerCase(Locale.ROOT),
                    Page.ratio(
                        table.millis(shape, axis, Who.DJL_GATHERED, 2, x)
                            / table.millis(shape, axis, taken, 2, x))));
      }
      text.append('\n');
    }
    text.append('\n');
  }
}
