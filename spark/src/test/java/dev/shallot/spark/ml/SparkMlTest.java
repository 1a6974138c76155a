package dev.shallot.spark.ml;

import static dev.shallot.spark.ml.LocalSpark.classifier;
import static dev.shallot.spark.ml.LocalSpark.predictions;
import static dev.shallot.spark.ml.LocalSpark.refusal;
import static dev.shallot.spark.ml.LocalSpark.regressor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.data.Column;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Table;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkMlTest {
  private static final int ROWS = 120;
  private static List<SparkSession> sessions = List.of();

  @TempDir Path folder = Path.of("");

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

  /** Bit for bit what this library trains without Spark. */
  @Test
  void theModelIsTheOneThatTrainsWithoutSpark() {
    assertEquals(2, rows().rdd().getNumPartitions());
    MaskedNetworkRegressionModel model = regressor().fit(rows());
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < 3; j++) {
      double[] column = new double[ROWS];
      for (int i = 0; i < ROWS; i++) {
        column[i] = LocalSpark.features(i)[j];
      }
      columns.add(new Column.Numbers("x" + (j + 1), column));
    }
    double[] labels = new double[ROWS];
    Arrays.setAll(labels, LocalSpark::target);
    columns.add(new Column.Numbers("label", labels));
    PlanDocument plan =
        PlanDocument.practitioner()
            .withFlags(
                Map.of(
                    "width", "64", "rounds", "80", "seed", "3", "subnets", "2", "target", "label"));
    PreparedData data =
        PreparedData.prepare(Table.of("dataset", columns, List.of(3)), plan.dataPlan());
    double[] expected =
        Run.train(plan, data, "test", List.of()).model().orElseThrow().network().hiddenWeights();
    assertArrayEquals(expected, model.shallotModel().network().hiddenWeights());
    assertEquals(3, model.numFeatures());
    double rmse = new RegressionEvaluator().setMetricName("rmse").evaluate(model.transform(rows()));
    assertTrue(rmse < 0.5, "labels spread over 10; the RMSE is " + rmse);
  }

  @Test
  void aModelKnowsWhoMadeItAndIsSentOnce() {
    MaskedNetworkRegressor regressor = regressor().setRounds(1);
    MaskedNetworkRegressionModel model = regressor.fit(rows());
    assertEquals(regressor, model.parent());
    MaskedNetworkRegressionModel copy = model.copy(ParamMap.empty());
    assertEquals(regressor, copy.parent());
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(sessions.getFirst().sparkContext());
    assertSame(model.packed().shared(context), copy.packed().shared(context));
    double[] first = predictions(model.transform(rows()));
    assertArrayEquals(first, predictions(copy.transform(rows())));
  }

  @Test
  void arraysOfNumbersAreFeaturesToo() {
    MaskedNetworkRegressionModel vectors = regressor().fit(rows());
    Dataset<Row> rows =
        rows()
            .withColumn("floats", functions.col("list").cast("array<float>"))
            .withColumn("wide", functions.col("floats").cast("array<double>"));
    MaskedNetworkRegressionModel lists = regressor().setFeaturesCol("list").fit(rows);
    assertArrayEquals(predictions(vectors.transform(rows)), predictions(lists.transform(rows)));
    MaskedNetworkRegressor brief = regressor().setRounds(2);
    assertArrayEquals(
        predictions(brief.setFeaturesCol("wide").fit(rows).transform(rows)),
        predictions(brief.setFeaturesCol("floats").fit(rows).transform(rows)));
    assertEquals(
        List.of(rows.columns()),
        List.of(Arrays.copyOf(lists.transform(rows).columns(), rows.columns().length)));
  }

  @Test
  void aPipelineIsSavedAndLoaded() throws Exception {
    Dataset<Row> table =
        rows()
            .withColumn("a", functions.col("list").getItem(0))
            .withColumn("b", functions.col("list").getItem(1))
            .drop("features");
    VectorAssembler assembler =
        new VectorAssembler().setInputCols(new String[] {"a", "b"}).setOutputCol("features");
    Pipeline pipeline =
        new Pipeline().setStages(new PipelineStage[] {assembler, regressor().setRounds(5)});
    String unfitted = folder.resolve("unfitted").toString();
    pipeline.save(unfitted);
    PipelineModel model = Pipeline.load(unfitted).fit(table);
    double[] expected = predictions(pipeline.fit(table).transform(table));
    assertArrayEquals(expected, predictions(model.transform(table)));
    String fitted = folder.resolve("fitted").toString();
    model.save(fitted);
    PipelineModel loaded = PipelineModel.load(fitted);
    assertArrayEquals(expected, predictions(loaded.transform(table)));
    assertEquals(model.stages()[1].uid(), loaded.stages()[1].uid());
    model.write().overwrite().save(fitted);
    assertThrows(java.io.IOException.class, () -> model.save(fitted));
  }

  @Test
  void paramsSurviveSavingAndCopying() throws Exception {
    MaskedNetworkClassifier all =
        classifier()
            .setFeaturesCol("list")
            .setPredictionCol("p")
            .setProbabilityCol("q")
            .setRawPredictionCol("r")
            .setWeightCol("weight")
            .setActivation("tanh")
            .setMask("bernoulli")
            .setKeep(0.25)
            .setLocalSteps(2)
            .setStepSize(0.125)
            .setMomentum(0.5)
            .setBatchSize(32)
            .setPlan("scale=minmax", "bias = off");
    String path = folder.resolve("params").toString();
    all.save(path);
    MaskedNetworkClassifier loaded = MaskedNetworkClassifier.load(path);
    assertEquals(explained(all), explained(loaded));
    assertEquals(all.uid(), loaded.uid());
    assertEquals(explained(all), explained(all.copy(ParamMap.empty())));
    assertEquals(all.document(Map.of()).toMap(), loaded.document(Map.of()).toMap());
    assertEquals("0.25", loaded.document(Map.of()).show(dev.shallot.run.PlanKey.KEEP));
    assertEquals(18, all.params().length, all.explainParams());
    assertTrue(
        refusal(IllegalArgumentException.class, () -> MaskedNetworkRegressor.load(path))
            .contains("holds a dev.shallot.spark.ml.MaskedNetworkClassifier"));
  }

  /** Arrays are shown by where they are. */
  private static String explained(MaskedNetworkClassifier stage) {
    return stage.explainParams().replaceAll("@[0-9a-f]+", "");
  }

  @Test
  void classesHaveProbabilitiesAndEvaluatorsFindThem() throws Exception {
    Dataset<Row> rows = rows();
    MaskedNetworkClassificationModel model = classifier().fit(rows);
    assertEquals(3, model.numClasses());
    Dataset<Row> predicted = model.transform(rows);
    double accuracy =
        new MulticlassClassificationEvaluator()
            .setLabelCol("kind")
            .setMetricName("accuracy")
            .evaluate(predicted);
    assertTrue(accuracy > 0.9, "accuracy " + accuracy);
    double logLoss =
        new MulticlassClassificationEvaluator()
            .setLabelCol("kind")
            .setMetricName("logLoss")
            .evaluate(predicted);
    assertTrue(logLoss < 0.4, "log loss " + logLoss);
    Row first = predicted.select("probability", "rawPrediction", "prediction").first();
    Vector probability = (Vector) first.get(0);
    Vector raw = (Vector) first.get(1);
    double sum = 0.0;
    for (int k = 0; k < 3; k++) {
      sum += probability.apply(k);
      assertEquals(Math.log(probability.apply(k)), raw.apply(k), 1e-12);
    }
    assertEquals(1.0, sum, 1e-12);
    assertEquals(probability.argmax(), first.getDouble(2));
    String path = folder.resolve("model").toString();
    model.save(path);
    assertArrayEquals(
        predictions(predicted),
        predictions(MaskedNetworkClassificationModel.load(path).transform(rows)));
  }

  /** Labels need not be without gaps; a weight of 0 takes a row out. */
  @Test
  void twoClassesWithWeights() {
    Dataset<Row> two =
        rows()
            .withColumn(
                "kind", functions.when(functions.col("kind").equalTo(2.0), 3.0).otherwise(1.0))
            .withColumn(
                "weight", functions.when(functions.col("label").lt(50.0), 0.0).otherwise(1.0));
    MaskedNetworkClassificationModel model =
        classifier().setRounds(20).setWeightCol("weight").fit(two);
    assertEquals(4, model.numClasses());
    Dataset<Row> predicted = model.transform(two);
    assertTrue(Arrays.stream(predictions(predicted)).allMatch(p -> p == 1.0 || p == 3.0));
    Dataset<Row> binary =
        predicted.withColumn("binary", functions.col("kind").equalTo(3.0).cast("double"));
    double area =
        new BinaryClassificationEvaluator()
            .setLabelCol("binary")
            .setRawPredictionCol("margin")
            .evaluate(
                binary.withColumn(
                    "margin",
                    org.apache
                        .spark
                        .ml
                        .functions
                        .vector_to_array(functions.col("probability"), "float64")
                        .getItem(3)));
    assertTrue(area > 0.8, "area " + area);
  }

  @Test
  void crossValidationChoosesParams() {
    MaskedNetworkRegressor regressor = regressor().setRounds(3);
    ParamMap[] grid = new ParamGridBuilder().addGrid(regressor.rounds(), new int[] {1, 60}).build();
    CrossValidatorModel best =
        new CrossValidator()
            .setEstimator(regressor)
            .setEvaluator(new RegressionEvaluator().setMetricName("rmse"))
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setSeed(1)
            .fit(rows());
    assertEquals(2, best.avgMetrics().length);
    assertTrue(best.avgMetrics()[1] < best.avgMetrics()[0], Arrays.toString(best.avgMetrics()));
    MaskedNetworkRegressionModel chosen = (MaskedNetworkRegressionModel) best.bestModel();
    assertEquals(
        60, chosen.shallotModel().plan().get("rounds") instanceof Number n ? n.intValue() : 0);
  }

  @Test
  void textLabelsComeThroughAnIndexer() {
    Dataset<Row> texts =
        rows()
            .withColumn(
                "word", functions.when(functions.col("kind").gt(1.0), "many").otherwise("few"));
    String message =
        refusal(SchemaException.class, () -> classifier().setLabelCol("word").fit(texts));
    assertTrue(
        message.contains("\"word\"")
            && message.contains("string")
            && message.contains("StringIndexer"),
        message);
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StringIndexer().setInputCol("word").setOutputCol("index"),
                  classifier().setLabelCol("index").setRounds(5)
                });
    assertEquals(ROWS, pipeline.fit(texts).transform(texts).count());
  }
}
