package dev.shallot.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an engine moved between machines, beside what others would have moved for the same rounds.
 *
 * @param rounds that were taken
 * @param ledger bytes by the formula: each held row to its subnet and back
 * @param counted bytes that the engine's own software counted on their way, between processes or
 *     within one
 * @param dataParallel bytes of gradients, had p workers exchanged them in every local step
 * @param localSgd bytes of models, had p workers averaged whole ones in every round
 */
public record Traffic(long rounds, long ledger, long counted, long dataParallel, long localSgd) {

  /** As {@code run.json} holds it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rounds", rounds);
    map.put("ledgerBytes", ledger);
    map.put("countedBytes", counted);
    map.put("dataParallelBytes", dataParallel);
    map.put("localSgdBytes", localSgd);
    return map;
  }
}
