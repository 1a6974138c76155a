package dev.shallot.reproduce;

import dev.shallot.picture.Axis;
import dev.shallot.picture.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Lines over the width, one a label of another axis, with bands of one standard error. */
final class WidthLines {
  private WidthLines() {}

  /** A picture with its numbers. */
  static Plate plate(
      String name,
      String title,
      String setting,
      Results results,
      String axis,
      ToDoubleFunction<Point> quantity,
      String quantityName,
      boolean logarithmic) {
    List<Lines.Series> lines = new ArrayList<>();
    StringBuilder csv = new StringBuilder("line,width,mean,standard_error,seeds\n");
    List<Double> ticks = results.labels("width").stream().map(Double::valueOf).sorted().toList();
    for (String label : results.labels(axis)) {
      Results line = results.where(axis, label);
      List<String> widths = line.labels("width");
      double[] x = Grid.numbers(widths);
      double[] y = new double[x.length];
      double[] low = new double[x.length];
      double[] high = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        Results cell = line.where("width", widths.get(i));
        y[i] = cell.mean(quantity);
        double error = cell.standardError(quantity);
        low[i] = y[i] - (Double.isNaN(error) ? 0 : error);
        high[i] = y[i] + (Double.isNaN(error) ? 0 : error);
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,%s,%s,%s,%d\n",
                label,
                widths.get(i),
                y[i],
                Double.isNaN(error) ? "" : Double.toString(error),
                cell.points().size()));
      }
      lines.add(new Lines.Series(label, x, y, low, high));
    }
    Axis up = logarithmic ? Axis.log(quantityName) : Axis.linear(quantityName);
    Lines picture = new Lines(title, setting, Axis.log("width m").at(ticks), up, lines, List.of());
    return new Plate(name, title + ". " + setting + ".", picture, csv.toString());
  }

  /** The means along the widths of a line. */
  static double[] means(Results line, ToDoubleFunction<Point> quantity) {
    return line.labels("width").stream()
        .mapToDouble(width -> line.where("width", width).mean(quantity))
        .toArray();
  }
}
