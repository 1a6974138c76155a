package dev.shallot.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.util.Statistics;

/** All times that were measured, in milliseconds a call, over both passes. */
final class Samples {
  private final Map<String, List<Double>> times = new TreeMap<>();

  private static String key(Shape shape, String work, Rival rival) {
    return shape.name() + " " + work + " " + rival;
  }

  void add(Shape shape, String work, Rival rival, List<Double> milliseconds) {
    List<Double> all = times.computeIfAbsent(key(shape, work, rival), k -> new ArrayList<>());
    all.addAll(milliseconds);
    all.sort(null);
  }

  void add(Shape shape, String work, Rival rival, Statistics statistics) {
    List<Double> all = new ArrayList<>();
    Iterator<Map.Entry<Double, Long>> raw = statistics.getRawData();
    while (raw.hasNext()) {
      Map.Entry<Double, Long> entry = raw.next();
      for (long i = 0; i < entry.getValue(); i++) {
        all.add(entry.getKey());
      }
    }
    add(shape, work, rival, all);
  }

  boolean has(Shape shape, String work, Rival rival) {
    return times.containsKey(key(shape, work, rival));
  }

  /** Milliseconds a local step that a share of the calls stayed below; 0.5 is the median. */
  double quantile(Shape shape, String work, Rival rival, double share) {
    List<Double> all = times.getOrDefault(key(shape, work, rival), List.of());
    return all.get((int) (share * (all.size() - 1))) / Work.of(work).steps();
  }
}
