package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.shallot.fetch.Fetch;
import dev.shallot.fetch.KnownData;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code data fetch} from a server on this machine. */
class FetchCommandTest {
  private static final Path REAL =
      Path.of("..", "..", "shared", "data", "communities", "communities.data");

  @TempDir Path folder = Path.of("");

  private Cli.Result fetch(byte[] content, Path to) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    server.start();
    try {
      String from = "http://127.0.0.1:%d/communities.data".formatted(server.getAddress().getPort());
      return Cli.run("data", "fetch", "communities-crime", "--from", from, "--out", to.toString());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatIsKnownIsPrintedAndSomethingElseRefused() throws Exception {
    Path to = folder.resolve("c.data");
    Cli.Result result = fetch("<html>".getBytes(StandardCharsets.UTF_8), to);
    assertEquals(ExitCodes.BAD_INPUT, result.exitCode());
    assertTrue(result.out().contains("1,102,815 bytes"), result.out());
    assertTrue(result.out().contains(KnownData.COMMUNITIES_AND_CRIME.sha256()), result.out());
    assertTrue(
        result.out().contains("CC BY 4.0") && result.out().contains("Redmond"), result.out());
    assertTrue(result.err().contains("nothing was kept"), result.err());
    assertFalse(Files.exists(to));
  }

  @Test
  void theRealFileIsKept() throws Exception {
    Assumptions.assumeTrue(Files.isRegularFile(REAL), "no ../shared/data: skipped");
    Path to = folder.resolve("c.data");
    Cli.Result result = fetch(Files.readAllBytes(REAL), to);
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().contains("fetched, size and SHA-256 as expected"), result.out());
    assertTrue(Fetch.is(to, KnownData.COMMUNITIES_AND_CRIME));
  }

  @Test
  void withoutANameWhatCanBeFetchedIsListed() {
    Cli.Result result = Cli.run("data", "fetch");
    assertEquals(0, result.exitCode());
    assertTrue(result.out().contains("communities-crime"));
    assertEquals(ExitCodes.BAD_INPUT, Cli.run("data", "fetch", "mnist").exitCode());
  }
}
