package dev.shallot.spark.ml;

import dev.shallot.run.Json;
import dev.shallot.run.ProgramVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A stage in a folder of any file system: {@code metadata} in the layout that Spark's own stages
 * have, so that pipelines read it, and {@code model.shallot} for a model. Written here, because
 * Spark's own writer is not public and differs between versions.
 */
final class StageFiles {
  private static final String MODEL = "model.shallot";

  private StageFiles() {}

  static void save(SparkSession session, Params stage, String path) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("class", stage.getClass().getName());
    metadata.put("timestamp", System.currentTimeMillis());
    metadata.put("sparkVersion", session.version());
    metadata.put("shallotVersion", ProgramVersion.text());
    metadata.put("uid", stage.uid());
    metadata.put("paramMap", values(stage.paramMap()));
    metadata.put("defaultParamMap", values(stage.defaultParamMap()));
    session
        .createDataset(List.of(Json.writeCompact(metadata)), Encoders.STRING())
        .coalesce(1)
        .write()
        .text(new Path(path, "metadata").toString());
  }

  private static Map<String, Object> values(ParamMap params) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (ParamPair<?> pair : CollectionConverters.asJava(params.toSeq())) {
      values.put(pair.param().name(), decoded(pair));
    }
    return values;
  }

  private static <T> Object decoded(ParamPair<T> pair) {
    String json = pair.param().jsonEncode(pair.value());
    Map<String, Object> wrapped = Json.readObject("{\"value\":" + json + "}", "a param");
    return java.util.Objects.requireNonNull(wrapped.get("value"));
  }

  /**
   * Reads what {@link #save} wrote into a stage of the same class.
   *
   * @param make makes the stage of a uid
   */
  static <S extends Params> S load(
      SparkSession session,
      String path,
      Class<S> type,
      java.util.function.Function<String, S> make) {
    String text = session.read().textFile(new Path(path, "metadata").toString()).first();
    Map<String, Object> metadata = Json.readObject(text, path + "/metadata");
    if (!type.getName().equals(metadata.get("class"))) {
      throw new IllegalArgumentException(
          "%s holds a %s, not a %s".formatted(path, metadata.get("class"), type.getName()));
    }
    S stage = make.apply(String.valueOf(metadata.get("uid")));
    set(stage, metadata, "defaultParamMap", true);
    set(stage, metadata, "paramMap", false);
    return stage;
  }

  private static void set(
      Params stage, Map<String, Object> metadata, String key, boolean asDefault) {
    if (metadata.get(key) instanceof Map<?, ?> values) {
      values.forEach(
          (name, value) -> {
            Param<Object> param = stage.getParam(String.valueOf(name));
            Object decoded = param.jsonDecode(json(value));
            if (asDefault) {
              stage.defaultParamMap().put(param, decoded);
            } else {
              stage.paramMap().put(param, decoded);
            }
          });
    }
  }

  private static String json(Object value) {
    String wrapped = Json.writeCompact(List.of(value));
    return wrapped.substring(1, wrapped.length() - 1);
  }

  static void saveModel(SparkSession session, PackedModel model, String path) {
    Path file = new Path(path, MODEL);
    try (OutputStream out =
        file.getFileSystem(session.sparkContext().hadoopConfiguration()).create(file)) {
      out.write(model.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  static PackedModel loadModel(SparkSession session, String path) {
    Path file = new Path(path, MODEL);
    try (InputStream in =
        file.getFileSystem(session.sparkContext().hadoopConfiguration()).open(file)) {
      return new PackedModel(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
