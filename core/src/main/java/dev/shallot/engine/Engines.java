package dev.shallot.engine;

import dev.shallot.TrainingException;
import dev.shallot.engine.dense.DenseEngine;
import dev.shallot.engine.gram.GramEngine;
import dev.shallot.engine.reference.ReferenceEngine;

/** Opens the engine that a plan asks for. */
public final class Engines {
  private Engines() {}

  /** An engine with the network and the data loaded; the caller closes it. */
  public static TrainingEngine open(EngineSetup setup) {
    try {
      return openChosen(setup);
    } catch (ArithmeticException | OutOfMemoryError e) {
      throw new TrainingException(
          "%,d samples and a width of %,d do not fit: an array would pass 2^31 numbers, or memory is short (%,d MB are allowed). Use minibatches (batch), a smaller width, fewer threads, or the dense engine"
              .formatted(
                  setup.data().samples(),
                  setup.plan().width(),
                  Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  private static TrainingEngine openChosen(EngineSetup setup) {
    return switch (EngineChoice.of(setup).kind()) {
      case REFERENCE -> new ReferenceEngine(setup);
      case GRAM -> GramEngine.open(setup);
      case AUTO, DENSE -> DenseEngine.open(setup);
    };
  }
}
