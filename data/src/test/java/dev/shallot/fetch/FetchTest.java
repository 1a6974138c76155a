package dev.shallot.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.shallot.data.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {
  private static final byte[] CONTENT =
      "1,2,3\n4,5,6\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder = Path.of("");
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/right", CONTENT, CONTENT.length);
    byte[] other = CONTENT.clone();
    other[100] ^= 1;
    answer("/wrong", other, other.length);
    answer("/short", CONTENT, CONTENT.length - 7);
    answer(
        "/long",
        (new String(CONTENT, StandardCharsets.UTF_8) + "more").getBytes(StandardCharsets.UTF_8),
        CONTENT.length + 4);
    server.createContext(
        "/breaks",
        exchange -> {
          // Promises all, sends half, hangs up.
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, CONTENT.length / 2);
          exchange.getResponseBody().flush();
          exchange.close();
        });
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/right");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  private void answer(String path, byte[] bytes, int count) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, count);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes, 0, count);
          }
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI address(String path) {
    return URI.create(
        "http://%s:%d%s"
            .formatted(
                server.getAddress().getAddress().getHostAddress(),
                server.getAddress().getPort(),
                path));
  }

  private static KnownData data() throws Exception {
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));
    return new KnownData(
        "numbers",
        "Numbers",
        "numbers.csv",
        URI.create("http://localhost/"),
        CONTENT.length,
        sha256,
        "none",
        "nobody",
        "");
  }

  private String refusal(URI address) throws Exception {
    KnownData data = data();
    Path file = new DataCache(folder).place(data);
    DataException error = assertThrows(DataException.class, () -> Fetch.to(data, address, file));
    try (Stream<Path> left = Files.list(folder.resolve("numbers"))) {
      assertEquals(0, left.count(), "nothing is left behind");
    }
    return String.valueOf(error.getMessage());
  }

  @Test
  void whatArrivesRightIsKeptAndFetchedOnce() throws Exception {
    DataCache cache = new DataCache(folder);
    assertTrue(cache.find(data()).isEmpty());
    assertTrue(Fetch.to(data(), address("/right"), cache.place(data())));
    assertArrayEquals(CONTENT, Files.readAllBytes(cache.find(data()).orElseThrow()));
    assertFalse(Fetch.to(data(), address("/wrong"), cache.place(data())), "it is there");
  }

  @Test
  void aRedirectIsFollowed() throws Exception {
    assertTrue(Fetch.to(data(), address("/moved"), folder.resolve("numbers.csv")));
  }

  @Test
  void aWrongChecksumIsToldAndNothingIsKept() throws Exception {
    String message = refusal(address("/wrong"));
    assertTrue(message.contains("SHA-256") && message.contains(data().sha256()), message);
  }

  @Test
  void aFileThatIsTooShortOrTooLongIsRefused() throws Exception {
    String message = refusal(address("/short"));
    assertTrue(message.contains("239,993 bytes") && message.contains("240,000"), message);
    message = refusal(address("/long"));
    assertTrue(message.contains("more than 240,000"), message);
  }

  @Test
  void aConnectionThatBreaksIsTold() throws Exception {
    String message = refusal(address("/breaks"));
    assertTrue(message.contains("broke after"), message);
  }

  @Test
  void anErrorStatusIsTold() throws Exception {
    String message = refusal(address("/absent"));
    assertTrue(message.contains("404") && message.contains("--data"), message);
  }

  @Test
  void aRefusedConnectionIsTold() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String message = refusal(URI.create("http://127.0.0.1:" + free + "/x"));
    assertTrue(message.contains("refused") && message.contains("--data"), message);
  }

  @Test
  void anotherFileInItsPlaceIsNotTouched() throws Exception {
    Path file = folder.resolve("numbers.csv");
    Files.writeString(file, "mine");
    KnownData data = data();
    DataException error =
        assertThrows(DataException.class, () -> Fetch.to(data, address("/right"), file));
    assertTrue(String.valueOf(error.getMessage()).contains("is not Numbers"));
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void aDamagedFileInTheCacheIsNotFound() throws Exception {
    DataCache cache = new DataCache(folder);
    Fetch.to(data(), address("/right"), cache.place(data()));
    byte[] bytes = CONTENT.clone();
    bytes[0] ^= 1;
    Files.write(cache.place(data()), bytes);
    assertTrue(cache.find(data()).isEmpty());
  }

  @Test
  void theCacheIsWhereTheEnvironmentSays() {
    Path home = Path.of("/home/x");
    assertEquals(
        Path.of("/c"),
        DataCache.usual(Map.of("SHALLOT_CACHE", "/c", "XDG_CACHE_HOME", "/d"), home).folder());
    assertEquals(
        Path.of("/d/shallot"), DataCache.usual(Map.of("XDG_CACHE_HOME", "/d"), home).folder());
    assertEquals(Path.of("/home/x/.cache/shallot"), DataCache.usual(Map.of(), home).folder());
  }

  @Test
  void unknownNamesAreRefusedWithThoseThatAreKnown() {
    DataException error = assertThrows(DataException.class, () -> KnownData.of("mnist"));
    assertTrue(String.valueOf(error.getMessage()).contains("communities-crime"));
  }
}
