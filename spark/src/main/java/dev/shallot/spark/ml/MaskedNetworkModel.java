package dev.shallot.spark.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * What both models have in common: the network goes to each executor once (a broadcast of the bytes
 * of its model file, kept while the model is), which answers 256 rows at a time.
 *
 * @param <M> the model itself
 */
public abstract class MaskedNetworkModel<M extends MaskedNetworkModel<M>> extends Model<M>
    implements ColumnParams<M>, MLWritable {
  static final int TOGETHER = 256;

  private final String uid;
  private final PackedModel packed;

  MaskedNetworkModel(String uid, PackedModel packed) {
    this.uid = uid;
    this.packed = packed;
    setDefault(featuresCol(), "features");
    setDefault(predictionCol(), "prediction");
  }

  /** Turns what the network answers to one row into the cells of the output columns. */
  interface Answers extends java.io.Serializable {
    /** The cells, from the numbers {@code outputs[at]} to {@code outputs[at + count - 1]}. */
    Object[] cells(double[] outputs, int at, int count);
  }

  abstract Answers answers();

  @Override
  public String uid() {
    return uid;
  }

  /** d, how many features a row must have. */
  public int numFeatures() {
    return packed.model().preprocessing().inputs().size();
  }

  /** The model outside of Spark: to save as a model file, or to export as ONNX or safetensors. */
  public dev.shallot.run.Model shallotModel() {
    return packed.model();
  }

  final PackedModel packed() {
    return packed;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    String column = getFeaturesCol();
    int index = dataset.schema().fieldIndex(column);
    int features = numFeatures();
    Answers answers = answers();
    Broadcast<PackedModel> shared =
        packed.shared(JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()));
    MapPartitionsFunction<Row, Row> predict =
        rows -> new Predicted(rows, shared.value(), column, index, features, answers);
    return dataset.toDF().mapPartitions(predict, Encoders.row(schema));
  }

  /** The rows of a partition with their predictions, some rows ahead of whoever takes them. */
  private static final class Predicted implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final PackedModel model;
    private final String column;
    private final int index;
    private final int features;
    private final Answers answers;
    private Iterator<Row> ready = List.<Row>of().iterator();

    Predicted(
        Iterator<Row> rows,
        PackedModel model,
        String column,
        int index,
        int features,
        Answers answers) {
      this.rows = rows;
      this.model = model;
      this.column = column;
      this.index = index;
      this.features = features;
      this.answers = answers;
    }

    @Override
    public boolean hasNext() {
      return ready.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!ready.hasNext()) {
        ready = batch().iterator();
      }
      return ready.next();
    }

    private List<Row> batch() {
      List<Row> some = new ArrayList<>();
      double[] x = new double[TOGETHER * features];
      while (rows.hasNext() && some.size() < TOGETHER) {
        Row row = rows.next();
        double[] numbers = Columns.features(row, index, column);
        if (numbers.length != features) {
          throw new IllegalArgumentException(
              "the features column \"%s\" has %d numbers in a row, but the model was trained on %d"
                  .formatted(column, numbers.length, features));
        }
        System.arraycopy(numbers, 0, x, some.size() * features, features);
        some.add(row);
      }
      double[] outputs = model.predict(Arrays.copyOf(x, some.size() * features));
      int count = outputs.length / some.size();
      List<Row> predicted = new ArrayList<>();
      for (int i = 0; i < some.size(); i++) {
        Row row = some.get(i);
        Object[] more = answers.cells(outputs, i * count, count);
        Object[] cells = new Object[row.length() + more.length];
        for (int j = 0; j < row.length(); j++) {
          cells[j] = row.get(j);
        }
        System.arraycopy(more, 0, cells, row.length(), more.length);
        predicted.add(RowFactory.create(cells));
      }
      return predicted;
    }
  }

  @Override
  public MLWriter write() {
    MaskedNetworkModel<M> stage = this;
    return new MLWriter() {
      @Override
      public void saveImpl(String path) {
        StageFiles.save(sparkSession(), stage, path);
        StageFiles.saveModel(sparkSession(), packed, path);
      }
    };
  }
}
