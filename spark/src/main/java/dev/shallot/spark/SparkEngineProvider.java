package dev.shallot.spark;

import dev.shallot.engine.Cluster;
import dev.shallot.engine.EngineProvider;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.plan.EngineKind;

/** Makes the Spark engine known where its jar is on the class path. */
public final class SparkEngineProvider implements EngineProvider {

  @Override
  public EngineKind kind() {
    return EngineKind.SPARK;
  }

  @Override
  public TrainingEngine open(EngineSetup setup, Cluster cluster) {
    Refusals.check(setup);
    ClusterConnection connection = ClusterConnection.open(cluster);
    try {
      return SparkEngine.open(setup, cluster.data(), connection);
    } catch (Exception e) {
      connection.close();
      throw Failures.plain(e);
    } catch (Error e) {
      connection.close();
      throw e;
    }
  }
}
