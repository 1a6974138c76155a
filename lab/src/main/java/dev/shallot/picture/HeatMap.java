package dev.shallot.picture;

import dev.shallot.picture.Canvas.Anchor;
import dev.shallot.picture.Canvas.Lettering;
import dev.shallot.picture.Canvas.Pen;
import java.util.List;

/**
 * A heat map with its values written in. Colours follow the logarithm of the values where they are
 * all positive and span more than a factor of three.
 *
 * @param title above the picture
 * @param setting a second line, small
 * @param across what the columns are, with symbol
 * @param columns a label a column
 * @param down what the rows are, with symbol
 * @param rows a label a row, from the bottom
 * @param values rows x columns, row-major, in the rows' order; NaN where there is none
 * @param quantity what a value is, with unit
 */
public record HeatMap(
    String title,
    String setting,
    String across,
    List<String> columns,
    String down,
    List<String> rows,
    double[] values,
    String quantity)
    implements Picture {
  private static final double CELL_HEIGHT = 38;
  private static final double LEFT = 78;
  private static final double TOP = 82;
  private static final double BOTTOM = 58;
  private static final double BAR = 92;

  public HeatMap {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    if (values.length != columns.size() * rows.size()) {
      throw new IllegalArgumentException(
          "%d values for %d rows of %d columns"
              .formatted(values.length, rows.size(), columns.size()));
    }
  }

  private double cellWidth() {
    return Math.max(54, Math.min(92, 620.0 / columns.size()));
  }

  @Override
  public double width() {
    return Math.max(520, LEFT + columns.size() * cellWidth() + BAR);
  }

  @Override
  public double height() {
    return TOP + rows.size() * CELL_HEIGHT + BOTTOM;
  }

  /** The colour scale of the values that are there. */
  private record Scale(double low, double high, boolean logarithmic) {
    static Scale of(double[] values) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double value : values) {
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      return new Scale(low, high, low > 0 && high > 3 * low);
    }

    double share(double value) {
      if (!(high > low)) {
        return 0.5;
      }
      return logarithmic
          ? Math.log(value / low) / Math.log(high / low)
          : (value - low) / (high - low);
    }

    double value(double share) {
      return logarithmic ? low * Math.pow(high / low, share) : low + share * (high - low);
    }
  }

  @Override
  public void draw(Canvas canvas, Palette palette) {
    Scale scale = Scale.of(values);
    double cell = cellWidth();
    double bottom = TOP + rows.size() * CELL_HEIGHT;
    canvas.text(16, 26, title, new Lettering(palette.text(), 16, true, Anchor.START, 0));
    canvas.text(16, 46, setting, Lettering.plain(palette.muted(), 12.5));
    canvas.text(
        16,
        65,
        "Colour: " + quantity + (scale.logarithmic() ? ", log scale" : ""),
        Lettering.plain(palette.muted(), 12.5));
    Lettering tick = new Lettering(palette.muted(), 13, false, Anchor.MIDDLE, 0);
    for (int r = 0; r < rows.size(); r++) {
      double y = bottom - (r + 1) * CELL_HEIGHT;
      canvas.text(LEFT - 10, y + CELL_HEIGHT / 2 + 4.5, rows.get(r), tick.at(Anchor.END));
      for (int c = 0; c < columns.size(); c++) {
        double value = values[r * columns.size() + c];
        double x = LEFT + c * cell;
        boolean known = Double.isFinite(value);
        double share = known ? scale.share(value) : 0;
        String tip =
            "%s %s, %s %s: %s"
                .formatted(
                    down,
                    rows.get(r),
                    across,
                    columns.get(c),
                    known ? Figures.of(value, 5) : "none");
        canvas.rectangle(
            x + 0.5,
            y + 0.5,
            cell - 1,
            CELL_HEIGHT - 1,
            known ? Palette.heat(share) : palette.grid(),
            tip);
        canvas.text(
            x + cell / 2,
            y + CELL_HEIGHT / 2 + 4.5,
            known ? brief(value) : "–",
            new Lettering(
                known ? Palette.onHeat(share) : palette.muted(), 13, false, Anchor.MIDDLE, 0));
      }
    }
    for (int c = 0; c < columns.size(); c++) {
      canvas.text(LEFT + (c + 0.5) * cell, bottom + 19, columns.get(c), tick);
    }
    Lettering name = new Lettering(palette.text(), 13, false, Anchor.MIDDLE, 0);
    canvas.text(LEFT + columns.size() * cell / 2, bottom + 42, across, name);
    canvas.text(
        22,
        TOP + rows.size() * CELL_HEIGHT / 2,
        down,
        new Lettering(palette.text(), 13, false, Anchor.MIDDLE, -90));
    bar(canvas, palette, scale, LEFT + columns.size() * cell + 20, bottom);
  }

  private void bar(Canvas canvas, Palette palette, Scale scale, double x, double bottom) {
    if (!(scale.high() > scale.low())) {
      return;
    }
    int steps = 60;
    double height = bottom - TOP;
    for (int i = 0; i < steps; i++) {
      double y = bottom - (i + 1) * height / steps;
      canvas.rectangle(x, y, 14, height / steps + 0.3, Palette.heat((i + 0.5) / steps), "");
    }
    Lettering tick = Lettering.plain(palette.muted(), 12);
    for (int i = 0; i <= 4; i++) {
      double y = bottom - i * height / 4;
      canvas.line(x + 14, y, x + 18, y, Pen.solid(palette.axis(), 1));
      canvas.text(x + 22, Math.min(bottom, y + 4.5), brief(scale.value(i / 4.0)), tick);
    }
  }

  /** Three digits, in a form that fits a cell. */
  static String brief(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e5)) {
      return String.format(java.util.Locale.ROOT, "%.1e", value)
          .replace("e-0", "e-")
          .replace("e+0", "e");
    }
    return Figures.of(value, 3);
  }
}
