package dev.shallot.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;

/** Reads an NPZ file as a table: array X gives the columns x1 .. xd, y or Y the targets. */
final class NpzTableReader {
  private final FileSource source;

  NpzTableReader(FileSource source) {
    this.source = source;
  }

  Table read() {
    Path file = source.path();
    List<String> present = Npz.names(file);
    SequencedMap<String, NpyArray> arrays =
        Npz.read(file, name -> List.of("X", "y", "Y").contains(name));
    NpyArray x = arrays.get("X");
    if (x == null) {
      throw new DataException(
          file + " has no array X (samples x features); its arrays are " + present);
    }
    if (x.shape().length != 2 || x.size() == 0) {
      throw new DataException(
          file
              + ": array X must have two axes (samples x features) and numbers, but its shape is "
              + Arrays.toString(x.shape()));
    }
    if (arrays.containsKey("y") && arrays.containsKey("Y")) {
      throw new DataException(file + " has both y and Y; only one of them can be the target");
    }
    List<Column> columns = new ArrayList<>(columns("x", x, x.shape()[1], true));
    List<Integer> targets = new ArrayList<>();
    for (String name : List.of("y", "Y")) {
      NpyArray y = arrays.get(name);
      if (y != null) {
        for (Column column : columns("y", y, outputs(name, y, x.shape()[0]), false)) {
          targets.add(columns.size());
          columns.add(column);
        }
      }
    }
    String note =
        "read as NPZ: X " + Arrays.toString(x.shape()) + ", " + targets.size() + " targets";
    return new Table(file, source.sha256(), true, columns, targets, List.of(note));
  }

  private int outputs(String name, NpyArray y, int rows) {
    int[] shape = y.shape();
    boolean usable = (shape.length == 1 || shape.length == 2) && shape[0] == rows && y.size() > 0;
    if (!usable) {
      throw new DataException(
          "%s: array %s must have one number or row for each of the %s rows of X, but its shape is %s"
              .formatted(source.path(), name, rows, Arrays.toString(shape)));
    }
    return shape.length == 1 ? 1 : shape[1];
  }

  private static List<Column> columns(String name, NpyArray array, int width, boolean numbered) {
    double[] numbers = array.toDoubles();
    int rows = array.shape()[0];
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < width; j++) {
      double[] values = new double[rows];
      for (int i = 0; i < rows; i++) {
        values[i] = numbers[i * width + j];
      }
      columns.add(new Column.Numbers(numbered || width > 1 ? name + (j + 1) : name, values));
    }
    return columns;
  }
}
