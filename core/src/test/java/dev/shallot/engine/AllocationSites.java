package dev.shallot.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Who allocates: lines of this project by the bytes that Flight Recorder's samples stand for. */
final class AllocationSites {
  private static final int MOST = 8;

  private AllocationSites() {}

  static String during(Runnable work) {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ObjectAllocationSample").with("throttle", "5000/s");
      recording.start();
      work.run();
      recording.stop();
      Path file = Files.createTempFile("allocation", ".jfr");
      try {
        recording.dump(file);
        return sites(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sites(Path file) throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getStackTrace() != null) {
        String what = event.getClass("objectClass").getName() + " at " + line(event);
        bytes.merge(what, event.getLong("weight"), Long::sum);
      }
    }
    return bytes.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST)
        .map(entry -> "%n  %,d bytes: %s".formatted(entry.getValue(), entry.getKey()))
        .collect(Collectors.joining());
  }

  private static String line(RecordedEvent event) {
    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
      String type = frame.getMethod().getType().getName();
      if (type.startsWith("dev.shallot")) {
        return "%s.%s:%d (%s)"
            .formatted(type, frame.getMethod().getName(), frame.getLineNumber(), frame.getType());
      }
    }
    return "elsewhere";
  }
}
