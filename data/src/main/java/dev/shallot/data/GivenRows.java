package dev.shallot.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that a program has in its hands, as a table that a {@link Preprocessing} takes: each value
 * stands where the training table had its column, the other columns are empty.
 */
public final class GivenRows {
  private GivenRows() {}

  /**
   * Rows of numbers.
   *
   * @param preprocessing of the model
   * @param rows row-major, a number for each of the model's inputs, in their order; NaN where
   *     missing
   * @throws DataException if an input is a text column, or the length is no multiple of the inputs
   */
  public static Table of(Preprocessing preprocessing, double[] rows) {
    List<InputColumn> inputs = preprocessing.inputs();
    int width = inputs.size();
    for (InputColumn input : inputs) {
      if (!input.numeric()) {
        throw new DataException(
            "the model's input '%s' is a column of texts: give rows by names, or as a table"
                .formatted(input.name()));
      }
    }
    if (rows.length == 0 || rows.length % width != 0) {
      throw new DataException(
          "a row needs %d numbers, one for each of %s, but %d numbers were given"
              .formatted(
                  width,
                  CloseNames.list(inputs.stream().map(InputColumn::name).toList()),
                  rows.length));
    }
    int count = rows.length / width;
    Column[] columns = empty(preprocessing, count);
    for (int j = 0; j < width; j++) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = rows[i * width + j];
      }
      put(columns, inputs.get(j), new Column.Numbers(inputs.get(j).name(), values));
    }
    return table(columns);
  }

  /**
   * Rows by the names of the model's inputs.
   *
   * @param preprocessing of the model
   * @param rows each with a number, a text or a boolean for every input; an empty text where
   *     missing. Other entries are not looked at
   * @throws DataException if an input has no value
   */
  public static Table of(Preprocessing preprocessing, List<? extends Map<String, ?>> rows) {
    if (rows.isEmpty()) {
      throw new DataException("at least one row is needed");
    }
    Column[] columns = empty(preprocessing, rows.size());
    for (InputColumn input : preprocessing.inputs()) {
      String[] cells = new String[rows.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = cell(rows.get(i), input.name(), i);
      }
      // Levels are texts, also where they look like numbers.
      put(
          columns,
          input,
          input.numeric()
              ? Column.ofTexts(input.name(), cells)
              : new Column.Texts(input.name(), cells));
    }
    return table(columns);
  }

  private static String cell(Map<String, ?> row, String name, int number) {
    Optional<Object> value = Optional.ofNullable(row.get(name));
    if (value.isEmpty()) {
      throw new DataException(
          "row %d has no '%s', an input of the model; %s"
              .formatted(number + 1, name, CloseNames.hint(name, List.copyOf(row.keySet()))));
    }
    return switch (value.get()) {
      case Number numeric when Double.isNaN(numeric.doubleValue()) -> "";
      case Double numeric -> CsvWriter.number(numeric);
      case Float numeric -> CsvWriter.number(numeric);
      default -> value.get().toString().strip();
    };
  }

  private static Column[] empty(Preprocessing preprocessing, int rows) {
    int columns = preprocessing.tableColumns();
    for (InputColumn input : preprocessing.inputs()) {
      columns = Math.max(columns, input.position());
    }
    double[] missing = new double[rows];
    Arrays.fill(missing, Double.NaN);
    Column[] all = new Column[columns];
    Arrays.setAll(all, j -> new Column.Numbers("\0" + j, missing));
    return all;
  }

  private static void put(Column[] columns, InputColumn input, Column column) {
    columns[input.position() - 1] = column;
  }

  private static Table table(Column[] columns) {
    return Table.unnamed("rows", new ArrayList<>(Arrays.asList(columns)));
  }
}
