package dev.shallot.spark.ml;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.function.Executable;

/** A session in this process, and rows for it. */
final class LocalSpark {
  private LocalSpark() {}

  static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("shallot")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }

  static double[] features(int i) {
    return new double[] {Math.sin(i), Math.cos(0.7 * i), (i * 37 % 11) / 11.0};
  }

  static double target(int i) {
    double[] x = features(i);
    return 50.0 + 4.0 * x[0] * x[1] - 3.0 * x[2];
  }

  static double label(int i) {
    double[] x = features(i);
    return x[0] > 0.4 ? 2.0 : x[2] > 0.5 ? 1.0 : 0.0;
  }

  /**
   * Columns features (a vector), list (an array), label, kind, weight; in two partitions, in order.
   */
  static Dataset<Row> rows(SparkSession spark, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] x = features(i);
      rows.add(
          RowFactory.create(
              Vectors.dense(x), List.of(x[0], x[1], x[2]), target(i), label(i), 1.0 + i % 3));
    }
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("list", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("label", DataTypes.DoubleType)
            .add("kind", DataTypes.DoubleType)
            .add("weight", DataTypes.DoubleType);
    return spark.createDataFrame(rows, schema);
  }

  static MaskedNetworkRegressor regressor() {
    return new MaskedNetworkRegressor().setWidth(64).setRounds(80).setSeed(3).setSubnets(2);
  }

  static MaskedNetworkClassifier classifier() {
    return new MaskedNetworkClassifier().setLabelCol("kind").setWidth(64).setRounds(150).setSeed(3);
  }

  static double[] predictions(Dataset<Row> predicted) {
    return predicted.select("prediction").collectAsList().stream()
        .mapToDouble(row -> row.getDouble(0))
        .toArray();
  }

  static String refusal(Class<? extends Throwable> type, Executable executable) {
    return String.valueOf(assertThrows(type, executable).getMessage());
  }
}
