package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CostCommandTest {
  private static final List<String> NETWORK =
      List.of("cost", "--width", "1e5", "--features", "1e4", "--workers", "1,10", "--latency", "0");

  /** 10^5 rows of 10^4 + 1 numbers of 4 bytes; a tenth of it there and back. */
  @Test
  void independentSubnetsMoveATenthOfTheirNeurons() {
    Object[] command = Stream.concat(NETWORK.stream(), Stream.of("--json")).toArray();
    Cli.Result result = Cli.run(command);
    assertEquals(0, result.exitCode(), result.err());
    Map<String, Object> document = Json.readObject(result.out(), "standard output");
    List<?> rounds = (List<?>) document.getOrDefault("rounds", List.of());
    assertEquals(8, rounds.size());
    Map<String, Object> ist = Json.readObject(Json.writeCompact(rounds.get(4)), "a round");
    assertEquals("ist", ist.get("method"));
    assertEquals(2 * 1e4 * 40_004, ((Number) ist.getOrDefault("bytes", 0)).doubleValue(), 1e-3);
  }

  @Test
  void aPersonReadsATable() {
    Cli.Result result = Cli.run(NETWORK.toArray());
    assertTrue(result.out().contains("data-parallel"), result.out());
    assertEquals(
        ExitCodes.BAD_INPUT, Cli.run("cost", "--width", "0", "--features", "3").exitCode());
    assertEquals(
        ExitCodes.BAD_INPUT,
        Cli.run("cost", "--width", "9", "--features", "3", "--train", "all").exitCode());
  }
}
