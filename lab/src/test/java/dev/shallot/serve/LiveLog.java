package dev.shallot.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A run folder that a test writes as a run would. */
record LiveLog(Path folder, int width) {
  static LiveLog create(Path folder, int rounds) throws IOException {
    return create(folder, rounds, 16);
  }

  static LiveLog create(Path folder, int rounds, int width) throws IOException {
    Files.createDirectories(folder);
    LiveLog log = new LiveLog(folder, width);
    log.run("running", "the run is going on, or was killed");
    log.append("{\"round\":-1,\"type\":\"initial\",\"error\":100.0,\"flips\":0,\"dead\":0}\n");
    for (int k = 0; k < rounds; k++) {
      log.round(k);
    }
    return log;
  }

  private void run(String reason, String message) throws IOException {
    Files.writeString(
        folder.resolve("run.json"),
        """
        {"format":"shallot-run","formatVersion":1,
         "plan":{"width":%d,"mask":"bernoulli","keep":0.5,"subnets":2,"rounds":50,"local-steps":2},
         "data":{"source":"table.csv","sha256":"00ff","samples":10,"targetNames":["y"],"targetNorm":50.0},
         "provenance":{"version":"0.1.0","started":"2026-01-02T03:04:05Z"},
         "outcome":{"stopReason":"%s","stopMessage":"%s","initialError":100.0%s}}
        """
            .formatted(
                width,
                reason,
                message,
                reason.equals("running") ? "" : ",\"finalError\":1.0,\"rounds\":50"));
  }

  /** The lines of round k. */
  void round(int k) throws IOException {
    double error = 100.0 / (k + 2);
    append(
        """
        {"round":%1$d,"type":"aggregated","error":%2$s,"displacement":0.5,"flips":3,"uncovered":1,"dead":0,"bytes":640}
        """
            .formatted(k, error));
  }

  void append(String text) throws IOException {
    Files.writeString(
        folder.resolve("events.jsonl"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  void finish() throws IOException {
    run("rounds-done", "all rounds are done");
  }

  void delete() throws IOException {
    Files.delete(folder.resolve("run.json"));
    Files.delete(folder.resolve("events.jsonl"));
    Files.delete(folder);
  }
}
