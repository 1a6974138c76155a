package dev.shallot.spark;

import dev.shallot.training.TrainingEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Events as text, every bit of every number in it. */
final class Events {
  private Events() {}

  static String text(List<TrainingEvent> events) {
    return events.stream().map(Events::text).collect(Collectors.joining("\n"));
  }

  private static String text(TrainingEvent event) {
    return switch (event) {
      case TrainingEvent.Sampled s -> "sampled " + s.round() + " " + Arrays.toString(s.errors());
      case TrainingEvent.LocalSteps l ->
          "local " + l.round() + " " + l.subnet() + " " + Arrays.toString(l.errors());
      case TrainingEvent.Aggregated a -> a.toString();
    };
  }
}
