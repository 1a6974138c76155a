package dev.shallot.spark.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import py4j.Gateway;
import py4j.ReturnObject;

/**
 * The calls of the Python in docs/spark-ml.md, as they arrive: PySpark's gateway finds constructors
 * and methods by name and arguments in py4j's own way, and whole numbers of Python are {@code
 * Integer}.
 */
class GatewayCallsTest {
  private final Gateway gateway = new Gateway(new Object());

  private Object call(Object target, String method, Object... arguments) {
    String id = gateway.putNewObject(target);
    ReturnObject answer = gateway.invoke(method, id, List.of(arguments));
    return gateway.getObject(answer.getName());
  }

  @Test
  void pySparkReachesEstimatorAndModel() throws java.io.IOException {
    gateway.setStarted(true);
    try (SparkSession spark = LocalSpark.session()) {
      Dataset<?> rows = LocalSpark.rows(spark, 40);
      Object regressor =
          gateway.getObject(
              gateway.invoke("dev.shallot.spark.ml.MaskedNetworkRegressor", List.of()).getName());
      Object chosen = call(call(regressor, "setWidth", 32), "setRounds", 3);
      Object model = call(call(chosen, "setStepSize", 0.05), "fit", rows);
      Dataset<?> predicted = (Dataset<?>) call(model, "transform", rows);
      assertEquals(40, predicted.select("prediction").count());
    }
  }
}
