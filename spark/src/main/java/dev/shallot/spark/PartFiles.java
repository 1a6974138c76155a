package dev.shallot.spark;

import dev.shallot.engine.dense.NetworkPart;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Parts that the driver writes, one after the other, into a folder that all machines see, and that
 * executors read, whenever they need one: so the driver has one of them at a time.
 *
 * @param hadoop how to reach the folder
 * @param folder where they are
 */
record PartFiles(Broadcast<SerializableConfiguration> hadoop, String folder)
    implements Serializable {

  static PartFiles in(JavaSparkContext spark, String folder) {
    return new PartFiles(
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration())), folder);
  }

  private Path file(int number) {
    return new Path(folder, "part-" + number);
  }

  void write(int number, NetworkPart<?> part) throws IOException {
    Path file = file(number);
    try (ObjectOutputStream out =
        new ObjectOutputStream(
            new BufferedOutputStream(
                file.getFileSystem(hadoop.value().value()).create(file, true)))) {
      out.writeObject(part);
    }
  }

  @SuppressWarnings("unchecked")
  <A> NetworkPart<A> read(int number) {
    Path file = file(number);
    try (ObjectInputStream in =
        new ObjectInputStream(
            new BufferedInputStream(file.getFileSystem(hadoop.value().value()).open(file)))) {
      return (NetworkPart<A>) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
