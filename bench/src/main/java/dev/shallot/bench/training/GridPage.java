package dev.shallot.bench.training;

import dev.shallot.bench.report.DotChart;
import dev.shallot.bench.report.Page;
import dev.shallot.bench.report.Results;
import dev.shallot.bench.report.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The tables and the picture of the grid. */
public final class GridPage {
  private static final String PICTURE = "steps.svg";

  private GridPage() {}

  /** Draws the picture, and gives the tables. */
  public static String block(Results results, Path pictures) {
    GridTable grid = new GridTable(results);
    picture(grid).write(pictures.resolve(PICTURE));
    StringBuilder text = new StringBuilder();
    text.append("![A local step at both sizes](performance/").append(PICTURE).append(")\n");
    for (Load load : Load.values()) {
      if (!grid.shapes(load).isEmpty()) {
        table(text, grid, load);
      }
    }
    text.append('\n').append(allocation(grid));
    return text.toString();
  }

  private static void table(StringBuilder text, GridTable grid, Load load) {
    text.append("\n**")
        .append(title(load.label))
        .append("**: ms a local step, and times auto's\n\n");
    List<Integer> threads = load == Load.RUN ? List.of(2) : List.of(1, 2);
    text.append("| who |");
    StringBuilder rule = new StringBuilder("|---|");
    for (String shape : grid.shapes(load)) {
      for (int t : threads) {
        text.append(" %s, %d thread%s |".formatted(shape, t, t == 1 ? "" : "s"));
        rule.append("---:|");
      }
    }
    text.append('\n').append(rule).append('\n');
    for (Who who : grid.present(load)) {
      text.append("| ").append(who.label).append(" |");
      for (String shape : grid.shapes(load)) {
        for (int t : threads) {
          text.append(' ').append(cell(grid, shape, load, who, t)).append(" |");
        }
      }
      text.append('\n');
    }
  }

  private static String cell(GridTable grid, String shape, Load load, Who who, int threads) {
    Optional<Double> millis = grid.millis(shape, load, who, threads);
    Optional<Double> auto = grid.millis(shape, load, Who.AUTO, threads);
    if (millis.isEmpty() || auto.isEmpty()) {
      return "";
    }
    if (who == Who.AUTO) {
      return "**%s** (%s)"
          .formatted(
              Page.number(millis.get()),
              grid.auto(shape, load, threads)
                  .map(taken -> taken.name().toLowerCase(Locale.ROOT))
                  .orElse(""));
    }
    return "%s (%s×)".formatted(Page.number(millis.get()), Page.ratio(millis.get() / auto.get()));
  }

  private static DotChart picture(GridTable grid) {
    List<DotChart.Group> groups = new ArrayList<>();
    for (Load load : List.of(Load.ROUND, Load.STEP, Load.MULTI)) {
      for (String shape : grid.shapes(load)) {
        List<DotChart.Row> rows = new ArrayList<>();
        for (Who who :
            List.of(Who.DENSE, Who.GRAM, Who.DJL_GATHERED, Who.DJL_MULTI, Who.DJL_MASKED)) {
          List<DotChart.Dot> dots = new ArrayList<>();
          for (int threads : List.of(1, 2)) {
            grid.millis(shape, load, who, threads)
                .ifPresent(
                    millis ->
                        dots.add(
                            new DotChart.Dot(
                                millis,
                                threads == 1 ? "1 thread" : "2 threads",
                                style(who),
                                threads > 1)));
          }
          if (!dots.isEmpty()) {
            rows.add(new DotChart.Row(who.label, dots));
          }
        }
        groups.add(new DotChart.Group("shape " + shape + ", " + load.label, rows));
      }
    }
    return new DotChart(
        "A local step of training, everything a round has around it included",
        "milliseconds a local step (logarithmic)",
        true,
        OptionalDouble.empty(),
        "",
        groups);
  }

  static Style style(Who who) {
    return switch (who) {
      case DENSE, DENSE_F64 -> Style.DENSE;
      case GRAM, GRAM_F64 -> Style.GRAM;
      case DJL_GATHERED, DJL_GATHERED_AUTOGRAD -> Style.GATHERED;
      case DJL_MASKED, DJL_MASKED_AUTOGRAD -> Style.MASKED;
      case AUTO, REFERENCE, DJL_MULTI, DJL_MULTI_AUTOGRAD, JAVA_STRAIGHT -> Style.OTHER;
    };
  }

  private static String allocation(GridTable grid) {
    double most = 0.0;
    for (Results.Row row : grid.results().rows()) {
      Who who = Who.valueOf(row.text("who"));
      boolean warm = row.text("shape").startsWith("A") && !row.is("load", Load.RUN);
      if (warm && (who == Who.DENSE || who == Who.GRAM)) {
        most = Math.max(most, row.number("bytes_a_round"));
      }
    }
    return "A round of ours allocates at most %,.0f bytes at shape A, its masks included.\n"
        .formatted(most);
  }

  private static String title(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
