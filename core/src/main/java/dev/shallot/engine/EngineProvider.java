package dev.shallot.engine;

import dev.shallot.plan.EngineKind;

/**
 * An engine that needs more than the JDK, and is therefore no part of the core: it is found by
 * {@link java.util.ServiceLoader} if its jar is on the class path.
 */
public interface EngineProvider {

  /** Which engine it opens. */
  EngineKind kind();

  /**
   * An engine for a run; the caller closes it.
   *
   * @param setup the run; its {@link EngineSetup#start} may be a law that is drawn elsewhere
   * @param cluster the other machines
   * @throws dev.shallot.TrainingException if there is no such cluster, or the plan asks for what
   *     this engine cannot do
   */
  TrainingEngine open(EngineSetup setup, Cluster cluster);
}
