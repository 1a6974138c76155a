package dev.shallot.spark;

import dev.shallot.engine.dense.NetworkPart;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;

/**
 * A network's parts in order, which come to the driver one at a time, each by a job of its own.
 *
 * @param <A> array type
 */
final class FetchedParts<A> implements Iterator<NetworkPart<A>> {
  private final ClusterConnection connection;
  private final Iterator<NetworkPart<A>> parts;

  FetchedParts(ClusterConnection connection, JavaRDD<PartState<A>> state) {
    this.connection = connection;
    try {
      this.parts = state.map(PartState::part).toLocalIterator();
    } catch (Exception e) {
      throw connection.failure(e);
    }
  }

  @Override
  public boolean hasNext() {
    try {
      return parts.hasNext();
    } catch (Exception e) {
      throw connection.failure(e);
    }
  }

  @Override
  public NetworkPart<A> next() {
    try {
      return parts.next();
    } catch (Exception e) {
      throw connection.failure(e);
    }
  }
}
