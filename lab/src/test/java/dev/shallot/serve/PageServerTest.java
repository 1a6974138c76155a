package dev.shallot.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page answers and what it refuses, over real connections. */
class PageServerTest {
  @TempDir Path folder = Path.of("");

  private Path runs = Path.of("");
  private PageServer server = PageServer.start(Path.of("."), 0);
  private HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws IOException {
    server.close();
    runs = Files.createDirectories(folder.resolve("runs"));
    server = PageServer.start(runs, 0, Duration.ofMillis(20));
  }

  @AfterEach
  void end() {
    client.close();
    server.close();
  }

  private HttpResponse<String> get(String address) throws Exception {
    return client.send(request(address).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create(server.url() + address.substring(1)))
        .timeout(Duration.ofSeconds(20));
  }

  /** The status line of a request that no ordinary client would send. */
  private String raw(String... lines) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.port())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return String.valueOf(reader.readLine());
    }
  }

  private String host() {
    return "127.0.0.1:" + server.port();
  }

  @Test
  void runsBelowTheFolderAreListedAndNewOnesAppear() throws Exception {
    LiveLog.create(runs.resolve("price/first"), 3);
    try (Events events = new Events(client, request("/events/list"))) {
      Map<String, Object> list = events.next("list");
      assertEquals(List.of("price/first"), paths(list));
      LiveLog.create(runs.resolve("second"), 1);
      assertTrue(paths(events.next("list")).contains("second"));
    }
  }

  private static List<String> paths(Map<String, Object> list) {
    return ((List<?>) List.of(list.get("entries")).getFirst())
        .stream().map(e -> String.valueOf(((Map<?, ?>) e).get("path"))).toList();
  }

  @Test
  void anEmptyOrMissingFolderIsListedAsSuch() throws Exception {
    Files.delete(runs);
    try (Events events = new Events(client, request("/events/list"))) {
      Map<String, Object> list = events.next("list");
      assertEquals(false, list.get("there"));
      assertEquals(List.of(), list.get("entries"));
    }
  }

  @Test
  void theStreamOfARunGrowsWithItsLog() throws Exception {
    LiveLog run = LiveLog.create(runs.resolve("live"), 2);
    try (Events events = new Events(client, request("/events/run?path=live"))) {
      Map<String, Object> first = events.next("run");
      assertEquals(0, first.get("from"));
      assertEquals(List.of(0, 1), rounds(first));
      run.round(2);
      Map<String, Object> second = events.next("run");
      assertEquals(2, second.get("from"), "only what is new");
      assertEquals(List.of(2), rounds(second));
      run.append("{\"round\":3,\"type\":\"aggregated\",\"err");
      run.append("or\":1.5}\n{\"round\":4,\"type\":\"aggr");
      Map<String, Object> third = events.next("run");
      assertEquals(List.of(3), rounds(third), "a torn last line is left for later");
      run.finish();
      Map<String, Object> last = events.next("run");
      assertEquals(true, last.get("complete"));
      assertEquals(Map.of(), events.next("complete"));
    }
  }

  private static List<?> rounds(Map<String, Object> news) {
    return news.get("rounds") instanceof Map<?, ?> columns
            && columns.get("round") instanceof List<?> rounds
        ? rounds
        : List.of();
  }

  @Test
  void aRunThatIsDeletedWhileItIsWatchedIsToldAndMayComeBack() throws Exception {
    LiveLog run = LiveLog.create(runs.resolve("live"), 2);
    try (Events events = new Events(client, request("/events/run?path=live"))) {
      events.next("run");
      run.delete();
      events.next("gone");
      LiveLog.create(runs.resolve("live"), 1);
      assertEquals(List.of(0), rounds(events.lastOf("run", 1)));
    }
    assertEquals(404, get("/run?path=elsewhere").statusCode());
  }

  @Test
  void aDamagedLogIsShownUpToTheDamage() throws Exception {
    LiveLog run = LiveLog.create(runs.resolve("live"), 2);
    run.append("{\"round\":2,\"type\":\"nonsense\"}\n");
    try (Events events = new Events(client, request("/events/run?path=live"))) {
      Map<String, Object> news = events.next("run");
      assertEquals(List.of(0, 1), rounds(news));
      assertTrue(Json.write(news).contains("line 4: unknown type"), Json.write(news));
    }
    Files.writeString(runs.resolve("live/run.json"), "{");
    try (Events events = new Events(client, request("/events/run?path=live"))) {
      assertTrue(Json.write(events.next("damaged")).contains("not a JSON object"));
    }
  }

  @Test
  void runsAreComparedWithTheirDifferences() throws Exception {
    LiveLog.create(runs.resolve("a"), 2).finish();
    LiveLog.create(runs.resolve("b"), 3, 32).finish();
    try (Events events = new Events(client, request("/events/compare?path=a&path=b"))) {
      Map<String, Object> told = events.next("comparison");
      String differences = Json.writeCompact(List.of(told.get("differences")).getFirst());
      assertEquals(
          "[{\"what\":\"width\",\"symbol\":\"m\",\"values\":[\"16\",\"32\"]}]", differences);
      assertEquals(Map.of(), events.next("complete"));
    }
    assertEquals(400, get("/events/compare").statusCode());
    assertEquals(400, get("/compare?" + "path=a&".repeat(13)).statusCode());
  }

  @Test
  void pagesAndTheirPartsAreAnswered() throws Exception {
    LiveLog.create(runs.resolve("a b/ä&<x>"), 2).finish();
    String path = URLEncoder.encode("a b/ä&<x>", StandardCharsets.UTF_8);
    for (String page : List.of("/", "/run?path=" + path, "/compare?path=" + path)) {
      HttpResponse<String> answer = get(page);
      assertEquals(200, answer.statusCode(), page);
      String policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
      assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertFalse(answer.body().contains("<script>"), "no script inside a page");
      for (String part : answer.body().split("\"", -1)) {
        if (part.startsWith("/assets/")) {
          assertEquals(200, get(part).statusCode(), part);
        }
      }
    }
    HttpResponse<String> report = get("/report?path=" + path);
    assertEquals(200, report.statusCode());
    assertTrue(report.body().contains("Shallot training run"));
    assertTrue(
        report.headers().firstValue("Content-Security-Policy").orElse("").contains("sandbox"));
  }

  @Test
  void anUnchangedPartIsNotSentAgain() throws Exception {
    String tag = get("/assets/plots.js").headers().firstValue("ETag").orElse("");
    HttpRequest again = request("/assets/plots.js").header("If-None-Match", tag).build();
    assertEquals(304, client.send(again, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void headAnswersWithHeadersOnly() throws Exception {
    for (String address : List.of("/", "/assets/plots.js", "/events/list", "/absent")) {
      HttpResponse<String> head =
          client.send(
              request(address).method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
              BodyHandlers.ofString());
      assertEquals(address.equals("/absent") ? 404 : 200, head.statusCode(), address);
      assertEquals("", head.body());
    }
  }

  @Test
  void unknownAddressesAreNotFound() throws Exception {
    for (String address :
        List.of(
            "/absent", "/assets/", "/assets/absent.js", "/assets/../run.html", "//x", "/run/")) {
      assertEquals(404, get(address).statusCode(), address);
    }
    assertEquals(400, get("/run").statusCode(), "no path");
    assertEquals(400, get("/run?path=a&path=b").statusCode(), "two paths");
  }

  @Test
  void nothingOutsideTheFolderIsRead() throws Exception {
    LiveLog.create(folder.resolve("secret"), 1).finish();
    LiveLog.create(runs.resolve("inside/run"), 1).finish();
    Files.createSymbolicLink(runs.resolve("link"), folder.resolve("secret"));
    Files.createDirectories(runs.resolve("trap"));
    Files.createSymbolicLink(runs.resolve("trap/run.json"), folder.resolve("secret/run.json"));
    Files.copy(runs.resolve("inside/run/events.jsonl"), runs.resolve("trap/events.jsonl"));
    Files.createSymbolicLink(runs.resolve("loop"), runs);
    for (String path :
        List.of(
            "../secret",
            "..%2Fsecret",
            "%2e%2e/secret",
            "%2e%2e%2fsecret",
            "inside/../../secret",
            "inside%2F..%2F..%2Fsecret",
            "/" + folder.resolve("secret"),
            folder.resolve("secret").toString(),
            "..%5Csecret",
            "%252e%252e%252fsecret",
            "inside/./run",
            "inside//run",
            "inside/run/",
            "secret%00",
            "link",
            "trap")) {
      for (String page : List.of("/run?path=", "/report?path=", "/events/run?path=")) {
        int status = get(page + path).statusCode();
        assertTrue(status == 400 || status == 404, page + path + ": " + status);
      }
    }
    assertEquals(200, get("/report?path=inside/run").statusCode());
    assertEquals(200, get("/report?path=loop/inside/run").statusCode(), "a link that stays inside");
    try (Events events = new Events(client, request("/events/list"))) {
      assertEquals(List.of("inside/run"), paths(events.next("list")));
    }
    for (String target : List.of("/../secret/run.json", "/%2e%2e/secret", "/runs/..%2f..%2fx")) {
      assertEquals("HTTP/1.1 404 Not Found", raw("GET " + target + " HTTP/1.1", "Host: " + host()));
    }
  }

  @Test
  void onlyReadingIsPossible() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
      HttpResponse<String> answer =
          client.send(
              request("/").method(method, HttpRequest.BodyPublishers.noBody()).build(),
              BodyHandlers.ofString());
      assertEquals(405, answer.statusCode(), method);
      assertEquals("GET, HEAD", answer.headers().firstValue("Allow").orElse(""));
    }
  }

  @Test
  void otherNamesOfThisMachineAreRefused() throws Exception {
    int port = server.port();
    for (String good :
        List.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port, "LOCALHOST:" + port)) {
      assertEquals("HTTP/1.1 200 OK", raw("GET / HTTP/1.1", "Host: " + good), good);
    }
    for (String bad :
        List.of(
            "evil.example",
            "evil.example:" + port,
            "127.0.0.1",
            "localhost:1",
            "",
            "127.0.0.1:" + port + ".evil.example")) {
      assertEquals("HTTP/1.1 421", raw("GET / HTTP/1.1", "Host: " + bad).strip(), bad);
    }
    assertTrue(raw("GET / HTTP/1.1").contains(" 4"), "no Host at all");
    assertTrue(raw("GET / HTTP/1.1", "Host: " + host(), "Host: evil.example").contains(" 4"));
    assertTrue(raw("GET http://evil.example/ HTTP/1.1", "Host: " + host()).contains(" 4"));
  }

  @Test
  void otherSitesPagesMayNotRead() throws Exception {
    for (String site : List.of("cross-site", "same-site")) {
      for (String address : List.of("/events/list", "/assets/plots.js", "/")) {
        HttpRequest request = request(address).header("Sec-Fetch-Site", site).build();
        assertEquals(403, client.send(request, BodyHandlers.ofString()).statusCode(), address);
      }
    }
    HttpRequest link =
        request("/")
            .header("Sec-Fetch-Site", "cross-site")
            .header("Sec-Fetch-Mode", "navigate")
            .build();
    assertEquals(
        200, client.send(link, BodyHandlers.ofString()).statusCode(), "a link to the page");
    HttpRequest own = request("/assets/plots.js").header("Sec-Fetch-Site", "same-origin").build();
    assertEquals(200, client.send(own, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void tooManyWatchersAreTurnedAwayAndLeaveRoomWhenTheyGo() throws Exception {
    LiveLog.create(runs.resolve("live"), 1);
    List<Events> open = new java.util.ArrayList<>();
    for (int i = 0; i < Streams.MOST; i++) {
      Events events = new Events(client, request("/events/run?path=live"));
      events.next("run");
      open.add(events);
    }
    assertEquals(503, get("/events/run?path=live").statusCode());
    assertEquals(200, get("/").statusCode(), "the rest goes on");
    open.forEach(Events::close);
  }
}
