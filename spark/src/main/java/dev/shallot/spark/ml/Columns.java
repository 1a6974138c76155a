package dev.shallot.spark.ml;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What columns may be, and what their cells are. */
final class Columns {
  private Columns() {}

  /** The type of a column that must be there. */
  static DataType type(StructType schema, String column, String role) {
    if (!Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new SchemaException(
          "there is no column \"%s\" for the %s; the columns are %s"
              .formatted(column, role, String.join(", ", schema.fieldNames())));
    }
    return schema.apply(column).dataType();
  }

  /** Refuses a features column that is neither a vector nor an array of numbers. */
  static void checkFeatures(StructType schema, String column) {
    DataType type = type(schema, column, "features");
    boolean array = type instanceof ArrayType list && list.elementType() instanceof NumericType;
    if (!array && !type.equals(SQLDataTypes.VectorType())) {
      throw new SchemaException(
          "the features column \"%s\" must be a vector or an array of numbers, but is of type %s: put numeric columns together with VectorAssembler"
              .formatted(column, type.catalogString()));
    }
  }

  /** Refuses a column that is not numeric. */
  static void checkNumeric(StructType schema, String column, String role, String remedy) {
    DataType type = type(schema, column, role);
    if (!(type instanceof NumericType)) {
      throw new SchemaException(
          "the %s column \"%s\" must be numeric, but is of type %s%s"
              .formatted(role, column, type.catalogString(), remedy));
    }
  }

  /** The schema with one column more. */
  static StructType append(StructType schema, StructField field) {
    if (Arrays.asList(schema.fieldNames()).contains(field.name())) {
      throw new SchemaException(
          "the output column \"%s\" is there already, of type %s: choose another name, or drop it"
              .formatted(field.name(), schema.apply(field.name()).dataType().catalogString()));
    }
    return schema.add(field);
  }

  /** The features of a row. */
  static double[] features(Row row, int index, String column) {
    if (row.isNullAt(index)) {
      throw new IllegalArgumentException(
          "the features column \"%s\" is null in a row: leave such rows out, or fill them"
              .formatted(column));
    }
    if (row.get(index) instanceof Vector vector) {
      return vector.toArray();
    }
    List<?> list = row.getList(index);
    double[] numbers = new double[list.size()];
    for (int j = 0; j < numbers.length; j++) {
      numbers[j] = list.get(j) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
    return numbers;
  }

  /** A number of a row. */
  static double number(Row row, int index, String column, String role) {
    if (row.isNullAt(index) || !(row.get(index) instanceof Number number)) {
      throw new IllegalArgumentException(
          "the %s column \"%s\" is null in a row: leave such rows out".formatted(role, column));
    }
    return number.doubleValue();
  }
}
