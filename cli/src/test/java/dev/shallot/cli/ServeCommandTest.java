package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code shallot serve} as a process. */
class ServeCommandTest {
  @TempDir Path folder = Path.of("");

  @Test
  void theAddressIsPrintedAnsweredAndGoneAfterAnInterrupt() throws Exception {
    Process process = Cli.start(folder, Cli.FLAGS, "serve", "--port", "0", "--json");
    Path out = folder.resolve("out.txt");
    for (int i = 0; i < 600 && process.isAlive() && !Files.readString(out).endsWith("}\n"); i++) {
      Thread.sleep(50);
    }
    Map<String, Object> document = Json.readObject(Files.readString(out), "standard output");
    URI url = URI.create(String.valueOf(document.get("url")));
    assertEquals("127.0.0.1", url.getHost());
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      assertTrue(answer.body().contains("Runs and sweeps"), answer.body());
    }
    Cli.interrupt(process);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it ends");
    assertEquals(ExitCodes.INTERRUPTED, process.exitValue());
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
      Cli.Result result = Cli.run("serve", folder, "--port", taken.getLocalPort());
      assertEquals(2, result.exitCode());
      assertTrue(result.err().contains("port " + taken.getLocalPort() + " is taken"), result.err());
      assertTrue(result.err().contains("--port 0"), result.err());
    }
  }

  @Test
  void aFolderThatIsNotThereIsSaid() throws Exception {
    Cli.Result absent = Cli.run("serve", folder.resolve("absent"));
    assertEquals(2, absent.exitCode());
    assertTrue(absent.err().contains("there is no folder"), absent.err());
    Cli.Result file = Cli.run("serve", Files.writeString(folder.resolve("file"), "x"));
    assertEquals(2, file.exitCode());
    assertTrue(file.err().contains("is a file"), file.err());
    assertEquals(2, Cli.run("serve", folder, "--port", "70000").exitCode());
  }
}
