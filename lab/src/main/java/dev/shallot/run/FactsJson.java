package dev.shallot.run;

import dev.shallot.data.DataFacts;
import java.util.LinkedHashMap;
import java.util.Map;

/** The facts about a run's data as {@code run.json} holds them. */
public final class FactsJson {
  private FactsJson() {}

  /** A tree; {@code nearestParallel} is absent where it is not known. */
  public static Map<String, Object> of(DataFacts facts) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("source", facts.source());
    map.put("sha256", facts.sha256());
    map.put("fileRows", facts.fileRows());
    map.put("fileColumns", facts.fileColumns());
    map.put("samples", facts.samples());
    map.put("heldOut", facts.heldOut());
    map.put("features", facts.features());
    map.put("outputs", facts.outputs());
    map.put("featureNames", facts.featureNames());
    map.put("targetNames", facts.targetNames());
    map.put("targetNorm", facts.targetNorm());
    map.put("rowNormMin", facts.rowNormMin());
    map.put("rowNormMax", facts.rowNormMax());
    facts.nearestParallel().ifPresent(value -> map.put("nearestParallel", value));
    map.put("notes", facts.notes());
    return map;
  }
}
