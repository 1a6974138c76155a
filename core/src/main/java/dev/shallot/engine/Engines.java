package dev.shallot.engine;

import dev.shallot.TrainingException;
import dev.shallot.engine.dense.DenseEngine;
import dev.shallot.engine.gram.GramEngine;
import dev.shallot.engine.reference.ReferenceEngine;
import dev.shallot.plan.EngineKind;
import java.util.Locale;

/** Opens the engine that a plan asks for. */
public final class Engines {
  private Engines() {}

  /**
   * An engine with the network and the data loaded; the caller closes it.
   *
   * @throws TrainingException if it would not fit into the memory that this JVM may use
   */
  public static TrainingEngine open(EngineSetup setup) {
    EngineKind kind = EngineChoice.of(setup).kind();
    MemoryEstimate memory = MemoryEstimate.of(setup, kind);
    memory.check(setup, kind);
    try {
      return switch (kind) {
        case REFERENCE -> new ReferenceEngine(setup);
        case GRAM -> GramEngine.open(setup);
        case AUTO, DENSE -> DenseEngine.open(setup);
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

  /** For people: why a plan's engine is its engine, and what that takes. */
  public static String explain(EngineSetup setup) {
    EngineChoice choice = EngineChoice.of(setup);
    return "%s; memory %s"
        .formatted(choice.reason(), MemoryEstimate.of(setup, choice.kind()).description());
  }
}
