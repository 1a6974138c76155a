package dev.shallot.engine;

import dev.shallot.TrainingException;
import dev.shallot.engine.dense.DenseEngine;
import dev.shallot.engine.gram.GramEngine;
import dev.shallot.engine.reference.ReferenceEngine;
import dev.shallot.plan.EngineKind;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** Opens the engine that a plan asks for. */
public final class Engines {
  private Engines() {}

  /**
   * An engine with the network and the data loaded; the caller closes it.
   *
   * @throws TrainingException if it would not fit into the memory that this JVM may use
   */
  public static TrainingEngine open(EngineSetup setup) {
    return open(setup, Optional.empty());
  }

  /**
   * As {@link #open(EngineSetup)}.
   *
   * @param cluster the other machines, for an engine that works on them
   */
  public static TrainingEngine open(EngineSetup setup, Optional<Cluster> cluster) {
    EngineKind kind = EngineChoice.of(setup).kind();
    MemoryEstimate memory = MemoryEstimate.of(setup, kind);
    memory.check(setup, kind);
    try {
      return switch (kind) {
        case REFERENCE -> new ReferenceEngine(setup);
        case GRAM -> GramEngine.open(setup);
        case AUTO, DENSE -> DenseEngine.open(setup);
        case SPARK -> provided(kind, setup, cluster);
      };
    } catch (OutOfMemoryError e) {
      throw new TrainingException(
          "the %s engine needs %s, but so much is not left of the %,d MiB that this JVM may use: raise -Xmx"
              .formatted(
                  kind.name().toLowerCase(Locale.ROOT),
                  memory.description(),
                  Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  private static TrainingEngine provided(
      EngineKind kind, EngineSetup setup, Optional<Cluster> cluster) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    if (cluster.isEmpty()) {
      throw new TrainingException(
          "engine %s works on other machines: say where they are (--master), here it was not said"
              .formatted(name));
    }
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (provider.kind() == kind) {
        return provider.open(setup, cluster.get());
      }
    }
    throw new TrainingException(
        "engine %s needs Spark 4 and shallot-spark.jar on the class path, and they are not: set SPARK_HOME and use the launcher, or spark-submit (docs/spark.md)"
            .formatted(name));
  }

  /** For people: why a plan's engine is its engine, and what that takes. */
  public static String explain(EngineSetup setup) {
    EngineChoice choice = EngineChoice.of(setup);
    return "%s; memory %s"
        .formatted(choice.reason(), MemoryEstimate.of(setup, choice.kind()).description());
  }
}
