package dev.shallot.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {
  private static final String INITIAL =
      "{\"round\":-1,\"type\":\"initial\",\"error\":16.0,\"flips\":0,\"dead\":3}";
  private static final List<String> ROUND_0 =
      List.of(
          "{\"round\":0,\"type\":\"sampled\",\"errors\":[20.0,28.0]}",
          "{\"round\":0,\"type\":\"local\",\"subnet\":0,\"errors\":[10.0,5.0,4.0]}",
          "{\"round\":0,\"type\":\"local\",\"subnet\":1,\"errors\":[16.0,9.0,8.0]}",
          "{\"round\":0,\"type\":\"aggregated\",\"error\":5.5,\"displacement\":0.25,\"flips\":7,\"uncovered\":2,\"dead\":4,\"bytes\":640}");
  private static final List<String> ROUND_1 = round(1, 6.0);

  @TempDir Path folder;

  private static List<String> round(int k, double error) {
    return ROUND_0.stream()
        .map(line -> line.replace("\"round\":0", "\"round\":" + k))
        .map(line -> line.replace("\"error\":5.5", "\"error\":" + error))
        .toList();
  }

  private Path log(List<?>... parts) throws IOException {
    StringBuilder text = new StringBuilder(INITIAL).append('\n');
    for (List<?> part : parts) {
      part.forEach(line -> text.append(line).append('\n'));
    }
    return Files.writeString(folder.resolve("events.jsonl"), text);
  }

  private RunSeries read(Path log) {
    return EventReader.read(log, 1000);
  }

  @Test
  void meansAndSpreadsEqualThoseComputedByHand() throws IOException {
    RunSeries series = read(log(ROUND_0));
    assertEquals(16.0, series.initialError());
    assertEquals(3.0, series.initialDead());
    assertEquals(2, series.subnets());
    assertEquals(3, series.localSteps());
    assertArrayEquals(new double[] {24, 13, 7, 6}, series.steps().mean());
    assertArrayEquals(new double[] {20, 10, 5, 4}, series.steps().min());
    assertArrayEquals(new double[] {28, 16, 9, 8}, series.steps().max());
    assertArrayEquals(new double[] {4, 3, 2, 2}, series.steps().deviation());
    RunSeries.Rounds rounds = series.rounds();
    assertArrayEquals(new double[] {0}, rounds.round());
    assertArrayEquals(new double[] {16}, rounds.before());
    assertArrayEquals(new double[] {24}, rounds.sampled());
    assertArrayEquals(new double[] {6}, rounds.trained());
    assertArrayEquals(new double[] {4}, rounds.low());
    assertArrayEquals(new double[] {28}, rounds.high());
    assertArrayEquals(new double[] {5.5}, rounds.after());
    assertArrayEquals(new double[] {0.25}, rounds.displacement());
    assertArrayEquals(new double[] {7}, rounds.flips());
    assertArrayEquals(new double[] {2}, rounds.uncovered());
    assertArrayEquals(new double[] {4}, rounds.dead());
    assertArrayEquals(new double[] {640}, rounds.bytes());
    assertEquals(List.of(), series.notes());
  }

  @Test
  void theErrorBeforeARoundIsKnownOnlyIfTheRoundBeforeWasObserved() throws IOException {
    RunSeries series = read(log(ROUND_0, ROUND_1, round(5, 2.0)));
    assertArrayEquals(new double[] {16, 5.5, Double.NaN}, series.rounds().before());
    assertEquals(2.0, series.lastError());
  }

  @Test
  void aNumberThatIsNotFiniteLeavesItsMeanOutAndKeepsTheOthers() throws IOException {
    List<String> lines =
        ROUND_0.stream()
            .map(line -> line.replace("[16.0,9.0,8.0]", "[16.0,null,\"NaN\"]"))
            .toList();
    RunSeries series = read(log(lines));
    assertArrayEquals(new double[] {24, 13, Double.NaN, Double.NaN}, series.steps().mean());
    assertArrayEquals(new double[] {28, 16, 5, 4}, series.steps().max());
    assertEquals(28.0, series.rounds().high()[0]);
  }

  @Test
  void microStepsBeyondTheLimitAreLeftOutByWholeRounds() throws IOException {
    RunSeries series = EventReader.read(log(ROUND_0, ROUND_1, round(2, 1.0)), 11);
    assertEquals(2, series.detailed());
    assertEquals(8, series.steps().mean().length);
    assertEquals(3, series.rounds().sampled().length);
  }

  @Test
  void aTornLastLineIsDroppedAndTold() throws IOException {
    Path log = log(ROUND_0, ROUND_1);
    String text = Files.readString(log);
    Files.writeString(log, text.substring(0, text.length() - 30));
    RunSeries series = read(log);
    assertEquals(1, series.rounds().count());
    assertEquals(2, series.notes().size());
    assertTrue(series.notes().get(0).contains("line 9"), series.notes()::toString);
    assertTrue(series.notes().get(1).contains("inside round 1"), series.notes()::toString);
  }

  @Test
  void aLogThatIsCutAnywhereStillReads() throws IOException {
    Path log = log(ROUND_0, ROUND_1);
    byte[] whole = Files.readAllBytes(log);
    for (int length = 0; length <= whole.length; length++) {
      Files.write(log, java.util.Arrays.copyOf(whole, length));
      assertTrue(read(log).rounds().count() <= 2);
    }
  }

  @Test
  void aLastLineThatOnlyLacksItsEndIsTaken() throws IOException {
    Path log = log(ROUND_0);
    Files.writeString(log, Files.readString(log).stripTrailing());
    assertEquals(1, read(log).rounds().count());
    assertEquals(List.of(), read(log).notes());
  }

  @Test
  void aLogWithoutStepEventsHasRoundsOnly() throws IOException {
    RunSeries series = read(log(List.of(ROUND_0.get(3)), List.of(ROUND_1.get(3))));
    assertFalse(series.hasSteps());
    assertEquals(0, series.detailed());
    assertArrayEquals(new double[] {5.5, 6.0}, series.rounds().after());
  }

  @Test
  void damageNamesItsFileAndLine() throws IOException {
    assertDamage("line 3", "no whole JSON object", 1, "{\"round\":0,\"type\":\"loc");
    assertDamage("line 3", "no whole JSON object", 1, "\u0000\u0000\u0000");
    assertDamage("line 3", "a JSON object was expected", 1, "");
    assertDamage("line 3", "a JSON object was expected", 1, "[1]");
    assertDamage("line 5", "\"error\" must be a number", 3, ROUND_0.get(3).replace("5.5", "\"x\""));
    assertDamage("line 4", "expected 3", 2, ROUND_0.get(2).replace(",8.0", ""));
    assertDamage("line 4", "out of order", 2, ROUND_0.get(1));
    assertDamage("line 5", "out of order", 3, ROUND_1.get(3));
    assertDamage("line 3", "unknown type", 1, ROUND_0.get(1).replace("local", "lokal"));
    assertDamage("line 3", "second \"initial\"", 1, INITIAL);
    assertDamage("line 3", "whole number", 1, "{\"type\":\"local\"}");
  }

  private void assertDamage(String where, String what, int index, String line) throws IOException {
    List<String> lines = new java.util.ArrayList<>(ROUND_0);
    lines.set(index, line);
    Path log = log(lines, ROUND_1);
    RunException error = assertThrows(RunException.class, () -> read(log));
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains("events.jsonl, " + where + ":"), message);
    assertTrue(message.contains(what), message);
  }

  @Test
  void aMissingLogIsNamed() {
    Path log = folder.resolve("events.jsonl");
    RunException error = assertThrows(RunException.class, () -> read(log));
    assertTrue(String.valueOf(error.getMessage()).contains(log.toString()));
  }
}
