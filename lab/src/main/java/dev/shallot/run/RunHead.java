package dev.shallot.run;

import dev.shallot.data.PreparedData;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code run.json} says of a run besides its outcome. A run that goes on keeps it word for
 * word.
 *
 * @param plan every key
 * @param data facts about the data
 * @param provenance where and with what the run was begun
 */
record RunHead(Map<String, Object> plan, Map<String, Object> data, Map<String, Object> provenance) {

  /** Of a run that begins now. */
  static RunHead of(RunRequest request) {
    return of(request.plan(), request.data(), request.command());
  }

  /** Of a run of this plan on this data that begins now. */
  static RunHead of(PlanDocument plan, PreparedData data, String command) {
    return new RunHead(plan.toMap(), FactsJson.of(data.facts()), Provenance.now(command).toMap());
  }

  /** Of a run in a folder. */
  static RunHead of(RunFolder folder) {
    Map<String, Object> run = folder.read();
    return new RunHead(
        folder.section(run, "plan"),
        folder.section(run, "data"),
        folder.section(run, "provenance"));
  }

  /** The same run, begun anew here and now. */
  RunHead begunAgain() {
    String command = String.valueOf(provenance.get("command"));
    return new RunHead(plan, data, Provenance.now(command).toMap());
  }

  /** {@code run.json} with an outcome. */
  Map<String, Object> json(Map<String, Object> outcome) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("format", RunFolder.FORMAT);
    run.put("formatVersion", RunFolder.FORMAT_VERSION);
    run.put("plan", plan);
    run.put("data", data);
    run.put("provenance", provenance);
    run.put("outcome", outcome);
    return run;
  }
}
