package dev.shallot.spark.ml;

import dev.shallot.data.Column;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Table;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.Run;
import dev.shallot.run.Trained;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * What the regressor and the classifier have in common: the params of a plan, and how rows become
 * training data. Params that are not set follow the plan's defaults; {@code plan} sets every other
 * key.
 *
 * <p>{@code fit} trains in the driver's process. It collects features, label and weight of all rows
 * there: 8 (d + 2) bytes a row, about six times that at its peak (the collected parts, the columns
 * of the table, the encoded and the prepared arrays), and no array may hold more than 2^31 numbers,
 * so n d must stay below 2^31, and in each partition below 2^28, since a partition comes as one
 * array. {@code spark.driver.memory} and {@code spark.driver.maxResultSize} must allow it. Equal
 * plans on equal rows in equal order give equal models; the order is that of the partitions.
 *
 * @param <E> the estimator itself
 * @param <M> the model
 */
public abstract class MaskedNetworkEstimator<
        E extends MaskedNetworkEstimator<E, M>, M extends Model<M>>
    extends Estimator<M> implements ColumnParams<E>, PlanParams<E>, MLWritable {
  private final String uid;

  MaskedNetworkEstimator(String uid) {
    this.uid = uid;
    setDefault(featuresCol(), "features");
    setDefault(labelCol(), "label");
    setDefault(predictionCol(), "prediction");
  }

  @Override
  public String uid() {
    return uid;
  }

  /** What is predicted. Default: label. */
  public Param<String> labelCol() {
    return new Param<>(this, "labelCol", "what is predicted");
  }

  /** The value of {@link #labelCol}. */
  public String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /** Sets {@link #labelCol}. */
  public E setLabelCol(String value) {
    set(labelCol(), value);
    return self();
  }

  /** What each row counts. Unset: all count the same. */
  public Param<String> weightCol() {
    return new Param<>(this, "weightCol", "what each row counts; unset: the same");
  }

  /** Sets {@link #weightCol}. */
  public E setWeightCol(String value) {
    set(weightCol(), value);
    return self();
  }

  @SuppressWarnings("unchecked")
  private E self() {
    return (E) this;
  }

  /** The plan that the params make; refused where a value does not fit. */
  final PlanDocument document(Map<String, ?> also) {
    PlanDocument document = PlanDocument.practitioner();
    for (PlanKey key : PlanKey.values()) {
      String name = ParamNames.of(key);
      if (hasParam(name) && isSet(getParam(name))) {
        Object value = getOrDefault(getParam(name));
        document = document.withEntries(Map.of(key.key(), value), "the param " + name);
      }
    }
    if (isSet(plan())) {
      Map<String, String> further = new LinkedHashMap<>();
      for (String entry : getOrDefault(plan())) {
        int at = entry.indexOf('=');
        if (at < 1) {
          throw new IllegalArgumentException(
              "the param plan takes KEY=VALUE, but one of its texts is \"%s\"".formatted(entry));
        }
        further.put(entry.substring(0, at).strip(), entry.substring(at + 1).strip());
      }
      refuse(further);
      document = document.withEntries(further, "the param plan");
    }
    if (document.show(PlanKey.ENGINE).equals("spark")) {
      throw new IllegalArgumentException(
          "an estimator trains in the driver's process; the engine spark reads a file by its"
              + " executors: write the dataset as Parquet and use shallot train --engine spark");
    }
    return document.withEntries(also, "this estimator");
  }

  private static void refuse(Map<String, String> further) {
    for (PlanKey key : PlanKey.values()) {
      if (further.containsKey(key.key())) {
        String reason =
            switch (key) {
              case TARGET, FEATURES, EXCLUDE, ROWS -> "columns and rows are the dataset's";
              case WEIGHTS -> "the param weightCol names the column";
              case LOSS -> "a regressor's loss is squared, a classifier's is cross-entropy";
              case SEPARATOR, HEADER, NA -> "no file is read";
              case CHECKPOINT_EVERY, TRACK, TRACK_EVERY ->
                  "there is no run folder that it could be written to";
              default -> "";
            };
        if (!reason.isEmpty()) {
          throw new IllegalArgumentException(
              "the param plan cannot have \"%s\": %s".formatted(key.key(), reason));
        }
      }
    }
  }

  /** Checks features and weight, see the subclasses for the label. */
  final void checkInputs(StructType schema) {
    Columns.checkFeatures(schema, getFeaturesCol());
    if (isSet(weightCol())) {
      Columns.checkNumeric(schema, getOrDefault(weightCol()), "weight", "");
    }
  }

  final CollectedRows collect(Dataset<?> dataset) {
    List<CollectedRows.Role> roles = new ArrayList<>();
    roles.add(new CollectedRows.Role("label", getLabelCol()));
    if (isSet(weightCol())) {
      roles.add(new CollectedRows.Role("weight", getOrDefault(weightCol())));
    }
    return CollectedRows.of(dataset, getFeaturesCol(), roles);
  }

  /** Trains in this process. */
  final PackedModel train(CollectedRows rows, Map<String, ?> also) {
    Map<String, Object> fixed = new LinkedHashMap<>(also);
    fixed.put(PlanKey.TARGET.key(), "label");
    List<String> names = new ArrayList<>(List.of("label"));
    if (isSet(weightCol())) {
      names.add("weight");
      fixed.put(PlanKey.WEIGHTS.key(), "weight");
    }
    List<Column> columns = rows.columns(names);
    PlanDocument document = Run.complete(document(fixed));
    document.checkNew();
    PreparedData data =
        PreparedData.prepare(
            Table.of("dataset", columns, List.of(rows.features())), document.dataPlan());
    Trained trained = Run.train(document, data, "spark-ml", List.of());
    return PackedModel.of(
        trained
            .model()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the training diverged in " + trained.outcome().reason().message())));
  }

  @Override
  public E copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    MaskedNetworkEstimator<E, M> stage = this;
    return new MLWriter() {
      @Override
      public void saveImpl(String path) {
        StageFiles.save(sparkSession(), stage, path);
      }
    };
  }
}
