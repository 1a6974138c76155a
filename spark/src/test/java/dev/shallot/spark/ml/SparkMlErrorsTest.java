package dev.shallot.spark.ml;

import static dev.shallot.spark.ml.LocalSpark.classifier;
import static dev.shallot.spark.ml.LocalSpark.predictions;
import static dev.shallot.spark.ml.LocalSpark.refusal;
import static dev.shallot.spark.ml.LocalSpark.regressor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a stage cannot work with: the column, the type or the row is named. */
class SparkMlErrorsTest {
  private static final int ROWS = 120;
  private static List<SparkSession> sessions = List.of();

  @BeforeAll
  static void start() {
    sessions = List.of(LocalSpark.session());
  }

  @AfterAll
  static void stop() {
    sessions.forEach(SparkSession::stop);
  }

  private static Dataset<Row> rows() {
    return LocalSpark.rows(sessions.getFirst(), ROWS);
  }

  /** The cause that somebody on an executor gave. */
  private static String deepest(Executable executable) {
    Throwable cause = assertThrows(Exception.class, executable);
    StringBuilder all = new StringBuilder();
    for (int depth = 0; depth < 10; depth++) {
      all.append(cause).append('\n');
      Throwable next = cause.getCause();
      if (next == null) {
        break;
      }
      cause = next;
    }
    return all.toString();
  }

  @Test
  void errorsNameTheColumnAndTheTypeFound() {
    Dataset<Row> rows = rows();
    String message =
        refusal(SchemaException.class, () -> regressor().setFeaturesCol("feature").fit(rows));
    assertTrue(
        message.contains("no column \"feature\"") && message.contains("features, list"), message);
    message = refusal(SchemaException.class, () -> regressor().setFeaturesCol("label").fit(rows));
    assertTrue(message.contains("\"label\"") && message.contains("type double"), message);
    message = refusal(SchemaException.class, () -> regressor().setLabelCol("list").fit(rows));
    assertTrue(message.contains("\"list\"") && message.contains("type array<double>"), message);
    message = refusal(SchemaException.class, () -> regressor().setWeightCol("list").fit(rows));
    assertTrue(message.contains("weight column \"list\""), message);
    message = refusal(SchemaException.class, () -> regressor().setPredictionCol("kind").fit(rows));
    assertTrue(message.contains("\"kind\" is there already"), message);
    Dataset<Row> texts =
        rows.withColumn("features", functions.array(functions.lit("a"), functions.lit("b")));
    message = refusal(SchemaException.class, () -> regressor().fit(texts));
    assertTrue(message.contains("\"features\"") && message.contains("array<string>"), message);
    MaskedNetworkRegressionModel model = regressor().setRounds(1).fit(rows);
    message = refusal(SchemaException.class, () -> model.transform(texts));
    assertTrue(message.contains("array<string>"), message);
  }

  @Test
  void cellsThatCannotBeUsedAreNamed() {
    Dataset<Row> rows = rows();
    Dataset<Row> missing =
        rows.withColumn(
            "label", functions.when(functions.col("weight").gt(2.0), functions.col("label")));
    assertTrue(deepest(() -> regressor().fit(missing)).contains("label column \"label\" is null"));
    Dataset<Row> ragged =
        rows.withColumn(
            "list",
            functions
                .when(functions.col("weight").gt(2.0), functions.slice(functions.col("list"), 1, 2))
                .otherwise(functions.col("list")));
    assertTrue(
        deepest(() -> regressor().setFeaturesCol("list").fit(ragged))
            .contains("\"list\" has 3 numbers in one row and 2 in another"));
    MaskedNetworkRegressionModel model = regressor().setRounds(1).setFeaturesCol("list").fit(rows);
    assertTrue(
        deepest(() -> model.transform(ragged).collect()).contains("the model was trained on 3"));
    assertTrue(deepest(() -> regressor().fit(rows.limit(0))).contains("no rows to train on"));
    assertTrue(
        deepest(() -> classifier().setLabelCol("label").fit(rows)).contains("StringIndexer"));
    assertTrue(deepest(() -> regressor().setWidth(0).fit(rows)).contains("the param width"));
    assertTrue(deepest(() -> regressor().setPlan("colour=red").fit(rows)).contains("colour"));
    assertTrue(deepest(() -> regressor().setPlan("target=x").fit(rows)).contains("target"));
    for (String idle :
        List.of("loss=squared", "weights=weight", "checkpoint-every=3", "track=flips", "na=?")) {
      String said = deepest(() -> regressor().setPlan(idle).fit(rows));
      assertTrue(said.contains("the param plan cannot have \"" + idle.split("=", 2)[0]), said);
    }
    assertTrue(deepest(() -> regressor().setRounds(0).fit(rows)).contains("trains nothing"));
    assertTrue(deepest(() -> regressor().setPlan("scale").fit(rows)).contains("KEY=VALUE"));
    assertTrue(deepest(() -> regressor().setPlan("engine=spark").fit(rows)).contains("as Parquet"));
    assertTrue(deepest(() -> regressor().setStepSize(1e9).fit(rows)).contains("diverged"));
  }

  @Test
  void aPartitionThatIsNoArrayIsRefused() {
    assertEquals(1 + 64 * 10, CollectedRows.longer(1, 1, 10));
    int most = CollectedRows.longer(1 << 27, 1 << 27, 1_000);
    assertTrue(most > (1 << 27) + 1_000 && most < 1 << 28, String.valueOf(most));
    String message =
        refusal(IllegalArgumentException.class, () -> CollectedRows.longer(most, most - 10, 1_000));
    assertTrue(message.contains("more partitions (repartition)"), message);
  }

  @Test
  void missingNumbersAreFilledWhereThePlanSaysSo() {
    Dataset<Row> holes =
        rows()
            .withColumn(
                "list",
                functions.array(
                    functions.when(functions.col("weight").gt(2.0), Double.NaN).otherwise(1.0),
                    functions.col("list").getItem(1)));
    assertTrue(deepest(() -> regressor().setFeaturesCol("list").fit(holes)).contains("missing"));
    MaskedNetworkRegressionModel model =
        regressor().setFeaturesCol("list").setRounds(2).setPlan("missing=zero").fit(holes);
    assertTrue(Arrays.stream(predictions(model.transform(holes))).allMatch(Double::isFinite));
  }
}
