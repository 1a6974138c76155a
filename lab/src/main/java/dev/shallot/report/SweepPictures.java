package dev.shallot.report;

import dev.shallot.picture.HeatMap;
import dev.shallot.picture.Lines;
import dev.shallot.picture.Picture;
import dev.shallot.run.PlanKey;
import dev.shallot.run.RunException;
import dev.shallot.sweep.SeedStatistics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Pictures of a sweep for a paper: a heat map over its first two axes, lines with bands of one
 * standard error over its first. Numeric axes come first; further axes stay at their first label,
 * which the picture says.
 */
final class SweepPictures {
  private static final String QUANTITY = "relative";

  private final SweepPlaces places;
  private final String title;

  /** Places in the grid's axes: where the x axis, the y axis and the others are. */
  private final List<Integer> order;

  private SweepPictures(SweepPlaces places, String title) {
    this.places = places;
    this.title = title;
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < places.axes().size(); i++) {
      if (labels(i).size() > 1) {
        free.add(i);
      }
    }
    free.sort(Comparator.comparing(i -> !SweepPlaces.numeric(labels(i))));
    this.order = free;
  }

  static SequencedMap<String, Picture> of(Path folder) {
    LiveSweep sweep = new LiveSweep(folder);
    SequencedMap<String, Picture> pictures = new LinkedHashMap<>();
    try {
      SweepPlaces places = sweep.places();
      SweepPictures made =
          new SweepPictures(places, String.valueOf(sweep.tree().getOrDefault("title", "")));
      if (made.order.isEmpty()) {
        throw new RunException(
            "%s varies nothing but the seed: its report.html has the table.".formatted(folder));
      }
      if (made.order.size() > 1) {
        pictures.put("heat", made.heat());
      }
      pictures.put("lines", made.lines());
    } catch (IOException e) {
      throw new RunException("cannot read %s: %s".formatted(folder, e.getMessage()), e);
    }
    return pictures;
  }

  private List<String> labels(int axis) {
    return SweepPlaces.labels(places.axes().get(axis));
  }

  private String axisName(int axis) {
    String name = places.axes().get(axis).name();
    String symbol = PlanKey.of(name).map(key -> Symbols.letters(key.symbol())).orElse("");
    return symbol.isEmpty() || symbol.length() > 5 ? name : name + " " + symbol;
  }

  private String setting() {
    List<String> parts = new ArrayList<>(List.of("means over seeds"));
    for (int axis : order.subList(Math.min(2, order.size()), order.size())) {
      parts.add(places.axes().get(axis).name() + " " + labels(axis).getFirst());
    }
    return String.join(", ", parts);
  }

  private SeedStatistics at(int x, int y) {
    List<Integer> at = new ArrayList<>(java.util.Collections.nCopies(places.axes().size(), 0));
    at.set(order.get(0), x);
    if (order.size() > 1) {
      at.set(order.get(1), y);
    }
    return places.statistics(at, QUANTITY);
  }

  private Picture heat() {
    List<String> columns = labels(order.get(0));
    List<String> rows = labels(order.get(1));
    double[] values = new double[columns.size() * rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = at(i % columns.size(), i / columns.size()).mean();
    }
    return new HeatMap(
        title,
        setting(),
        axisName(order.get(0)),
        columns,
        axisName(order.get(1)),
        rows,
        values,
        places.name(QUANTITY));
  }

  private Picture lines() {
    List<String> labels = labels(order.get(0));
    boolean numeric = SweepPlaces.numeric(labels);
    double[] x = new double[labels.size()];
    List<Integer> ascending = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      ascending.add(i);
    }
    if (numeric) {
      ascending.sort(Comparator.comparingDouble(i -> Double.parseDouble(labels.get(i))));
    }
    for (int i = 0; i < x.length; i++) {
      x[i] = numeric ? Double.parseDouble(labels.get(ascending.get(i))) : i + 1.0;
    }
    List<String> names = order.size() > 1 ? labels(order.get(1)) : List.of("mean over seeds");
    List<Lines.Series> series = new ArrayList<>();
    boolean positive = true;
    for (int y = 0; y < names.size(); y++) {
      double[] mean = new double[x.length];
      double[] low = new double[x.length];
      double[] high = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        SeedStatistics one = at(ascending.get(i), y);
        double error = Double.isNaN(one.standardError()) ? 0.0 : one.standardError();
        mean[i] = one.mean();
        low[i] = one.mean() - error;
        high[i] = one.mean() + error;
        positive &= !(one.mean() <= 0);
      }
      String name =
          order.size() > 1
              ? places.axes().get(order.get(1)).name() + " " + names.get(y)
              : names.get(y);
      series.add(new Lines.Series(name, x, mean, low, high));
    }
    boolean wide = numeric && x[0] > 0 && x[x.length - 1] >= 30 * x[0];
    String across = axisName(order.get(0)) + (numeric ? "" : ": 1 is " + String.join(", ", labels));
    dev.shallot.picture.Axis xAxis =
        wide ? dev.shallot.picture.Axis.log(across) : dev.shallot.picture.Axis.linear(across);
    String up = places.name(QUANTITY);
    return new Lines(
        title,
        setting() + "; bands: ± 1 standard error of the mean",
        xAxis.at(java.util.Arrays.stream(x).boxed().toList()),
        positive ? dev.shallot.picture.Axis.log(up) : dev.shallot.picture.Axis.linear(up),
        series,
        List.of());
  }
}
