package dev.shallot.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Axes on a command line. */
class GridTextTest {

  private static List<String> labels(String text) {
    return GridText.axis(text).settings().stream().map(Axis.Setting::label).toList();
  }

  @Test
  void rangesAndDotsCountInDecimals() {
    List<String> tenths =
        List.of("0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1");
    assertEquals(tenths, labels("keep=0.1:1:0.1"));
    assertEquals(tenths, labels("keep=0.1,0.2,..,1"));
    assertEquals(List.of("1", "2", "3"), labels("subnets=1:3"));
    assertEquals(List.of("3", "2", "1"), labels("subnets=3:1:-1"));
    assertEquals(List.of("1", "4", "7"), labels("subnets=1:8:3"));
    assertEquals(List.of("5"), labels("subnets=5:5"));
    assertEquals(List.of("0.001", "0.01"), labels("step-size=0.001, 0.01"));
    assertEquals(List.of("1:50"), labels("rows=1:50"));
    assertEquals(List.of("1", "10", "20", "30"), labels("width=1,10,20,..,30"));
  }

  @Test
  void keysMoveTogether() {
    Axis axis = GridText.axis("keep+step-size=0.8+0.16,0.5+0.1");
    assertEquals("keep+step-size", axis.name());
    assertEquals(Map.of("keep", "0.5", "step-size", "0.1"), axis.settings().getLast().values());
    assertEquals("0.5+0.1", axis.settings().getLast().label());
  }

  @Test
  void methodsSetWhatTheySet() {
    Axis axis = GridText.axis("method=full,ist");
    assertEquals("partition", axis.settings().getLast().values().get("mask"));
    assertEquals("1", axis.settings().getFirst().values().get("subnets"));
  }

  @Test
  void whatDoesNotFitIsRefusedWithWhatWasFound() {
    for (String[] wrong :
        new String[][] {
          {"keep", "expected an axis"},
          {"=1", "expected an axis"},
          {"keep=", "expected an axis"},
          {"kepe=1", "no plan key"},
          {"keep=0.5,,1", "empty value"},
          {"keep=0.5,0.5", "twice"},
          {"subnets=1:x", "\"x\""},
          {"subnets=1:5:0", "steps of 0"},
          {"subnets=5:1", "do not lead"},
          {"subnets=1:2:3:4", "FROM:TO"},
          {"subnets=1:1000000000", "more than"},
          {"keep=0.1,..,1", "dots"},
          {"keep=0.1,0.3,..,1", "do not meet"},
          {"keep+subnets=1", "2 keys"},
          {"keep+kepe=1+1", "no plan key"},
          {"method=fool", "unknown method"},
        }) {
      String message = TestSweeps.refusal(() -> GridText.axis(wrong[0]));
      assertTrue(message.contains(wrong[1]), wrong[0] + ": " + message);
    }
  }
}
