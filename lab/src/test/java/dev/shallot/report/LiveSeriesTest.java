package dev.shallot.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Curves of a run that goes on, in bounded memory. */
class LiveSeriesTest {
  private final LiveSeries series = new LiveSeries();

  private void round(long k, double error) {
    EventLine end = new EventLine("aggregated", Map.of("error", error, "flips", 2.0 * k), Map.of());
    series.round(
        new RoundReader.Round(k, Double.NaN, 0, new Spread[0], Double.NaN, Double.NaN, end));
  }

  private static List<?> column(Map<String, Object> tree, String name, String part) {
    Object column = tree.get("rounds") instanceof Map<?, ?> rounds ? rounds.get(name) : List.of();
    Object values = column instanceof Map<?, ?> parts ? parts.get(part) : column;
    if (values instanceof List<?> list) {
      return list;
    }
    throw new AssertionError("no column " + name + " " + part);
  }

  @Test
  void shortRunsAreKeptWholeAndOnlyWhatIsNewIsTold() {
    series.initial(9.0, 1.0);
    for (int k = 0; k < LiveSeries.GROUPS; k++) {
      round(k, k + 0.5);
    }
    Map<String, Object> all = series.tree(0);
    assertEquals(LiveSeries.GROUPS, column(all, "round", "").size());
    assertEquals(List.of(), column(all, "error", "min"), "a group of one has no spread");
    Map<String, Object> news = series.tree(LiveSeries.GROUPS - 2);
    assertEquals(LiveSeries.GROUPS - 2, news.get("from"));
    assertEquals(List.of(1022.5, 1023.5), column(news, "error", "mean"));
  }

  /** A loss on held-out rows comes after its round, and not after every round. */
  @Test
  void heldOutLossesStandAtTheirRounds() {
    series.initial(9.0, 1.0);
    series.heldOut(-1, 7.5);
    for (int k = 0; k < LiveSeries.GROUPS; k++) {
      round(k, 1.5);
      if (k % 2 == 1) {
        series.heldOut(k, k + 0.5);
      }
    }
    assertEquals(7.5, series.tree(0).get("initial") instanceof Map<?, ?> m ? m.get("heldOut") : "");
    List<?> known = column(series.tree(0), "heldOut", "mean");
    assertEquals(List.of(Double.NaN, 1.5, Double.NaN, 3.5), known.subList(0, 4));
    assertEquals(4, series.tree(5).get("from"), "the last known round is told again");
    round(LiveSeries.GROUPS, 1.5);
    List<?> pairs = column(series.tree(0), "heldOut", "mean");
    assertEquals(List.of(1.5, 3.5), pairs.subList(0, 2), "of two rounds the one that has a loss");
  }

  @Test
  void longRunsAreGroupedWithTheirSmallestMeanAndLargest() {
    int rounds = 5 * LiveSeries.GROUPS + 3;
    double sum = 0;
    for (int k = 0; k < rounds; k++) {
      double error = 1 + k % 8;
      sum += k < rounds / 8 * 8 ? error : 0;
      round(k, error);
    }
    Map<String, Object> all = series.tree(0);
    int groups = column(all, "round", "").size();
    assertEquals((rounds + 7) / 8, groups, "groups of eight");
    assertEquals(List.of(0L, 8L, 16L), column(all, "round", "").subList(0, 3));
    assertEquals(List.of(7L, 15L), column(all, "last", "").subList(0, 2));
    assertEquals(rounds - 1L, column(all, "last", "").getLast());
    assertEquals(4.5, column(all, "error", "mean").getFirst());
    assertEquals(1L, column(all, "error", "min").getFirst());
    assertEquals(8L, column(all, "error", "max").getFirst());
    assertEquals(sum / (rounds / 8 * 8), 4.5);
    assertEquals(7L, column(all, "flips", "mean").getFirst(), "mean of 0, 2, .., 14");
    assertEquals(14L, column(all, "flips", "max").getFirst());
    assertTrue(series.generation() >= 3, "what was told before is told anew");
  }

  @Test
  void aLogThatBeginsAnewIsForgotten() {
    round(0, 1.0);
    int before = series.generation();
    series.restart();
    assertTrue(series.generation() > before);
    assertEquals(0, series.rounds());
    assertEquals(List.of(), column(series.tree(0), "round", ""));
  }
}
