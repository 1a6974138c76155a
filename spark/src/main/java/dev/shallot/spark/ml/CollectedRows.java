package dev.shallot.spark.ml;

import dev.shallot.data.Column;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * All rows of a dataset in the driver: each partition becomes one array of float64 in its executor,
 * and the arrays come here in the partitions' order.
 *
 * @param features d
 * @param numbers rows x (d + further columns) of each partition, row-major
 * @param width numbers of a row
 */
record CollectedRows(int features, List<double[]> numbers, int width) {
  /** Of a partition: an array of 2 GiB, less what Java's serialisation puts around it. */
  private static final int MOST_NUMBERS = (1 << 28) - 1024;

  /**
   * Collects.
   *
   * @param dataset the rows
   * @param features the column of features
   * @param further numeric columns that stand behind them, by role: {@code label}, {@code weight}
   */
  static CollectedRows of(Dataset<?> dataset, String features, List<Role> further) {
    List<org.apache.spark.sql.Column> columns = new ArrayList<>();
    columns.add(functions.col(quoted(features)));
    further.forEach(role -> columns.add(functions.col(quoted(role.column))));
    List<double[]> parts =
        dataset
            .select(columns.toArray(org.apache.spark.sql.Column[]::new))
            .toJavaRDD()
            .mapPartitions(rows -> pack(rows, features, further))
            .collect();
    List<double[]> filled = parts.stream().filter(part -> part.length > 1).toList();
    if (filled.isEmpty()) {
      throw new IllegalArgumentException("there are no rows to train on");
    }
    int width = (int) filled.getFirst()[0];
    for (double[] part : filled) {
      if ((int) part[0] != width) {
        throw unequal(features, width - further.size(), (int) part[0] - further.size());
      }
    }
    return new CollectedRows(width - further.size(), filled, width);
  }

  /** A numeric column and what it is for. */
  record Role(String name, String column) implements Serializable {}

  /** Names may have dots in them. */
  private static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  /** The width, and the rows behind it. */
  private static Iterator<double[]> pack(Iterator<Row> rows, String features, List<Role> further) {
    double[] packed = new double[1];
    int width = 0;
    int used = 1;
    while (rows.hasNext()) {
      Row row = rows.next();
      double[] x = Columns.features(row, 0, features);
      if (width == 0) {
        width = x.length + further.size();
        packed[0] = width;
      }
      if (x.length + further.size() != width) {
        throw unequal(features, width - further.size(), x.length);
      }
      if (packed.length - used < width) {
        packed = Arrays.copyOf(packed, longer(packed.length, used, width));
      }
      System.arraycopy(x, 0, packed, used, x.length);
      for (int j = 0; j < further.size(); j++) {
        Role role = further.get(j);
        packed[used + x.length + j] = Columns.number(row, 1 + j, role.column, role.name);
      }
      used += width;
    }
    return List.of(Arrays.copyOf(packed, used)).iterator();
  }

  /** A partition's array becomes the result of a task, and no such result has 2 GiB. */
  static int longer(int length, int used, int width) {
    if ((long) used + width > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "a partition of more than %,d rows of %,d numbers is too large to come to the driver at once: make more partitions (repartition)"
              .formatted(used / width, width));
    }
    return (int) Math.min(MOST_NUMBERS, Math.max(2L * length, length + 64L * width));
  }

  private static IllegalArgumentException unequal(String column, int expected, int found) {
    return new IllegalArgumentException(
        "the features column \"%s\" has %d numbers in one row and %d in another"
            .formatted(column, expected, found));
  }

  int rows() {
    long count = 0;
    for (double[] part : numbers) {
      count += (part.length - 1) / width;
    }
    return Math.toIntExact(count);
  }

  /** One of a row's numbers, over all rows. */
  double[] column(int index) {
    double[] column = new double[rows()];
    int at = 0;
    for (double[] part : numbers) {
      for (int i = 1 + index; i < part.length; i += width) {
        column[at++] = part[i];
      }
    }
    return column;
  }

  /** Features, named x1, x2 and so on, and the further columns by these names. */
  List<Column> columns(List<String> furtherNames) {
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < width; j++) {
      String name = j < features ? "x" + (j + 1) : furtherNames.get(j - features);
      columns.add(new Column.Numbers(name, column(j)));
    }
    return columns;
  }

  /** The first row that is not as it must be. */
  Optional<Double> firstOf(int index, java.util.function.DoublePredicate wrong) {
    return Arrays.stream(column(index)).filter(wrong).boxed().findFirst();
  }
}
