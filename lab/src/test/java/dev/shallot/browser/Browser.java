package dev.shallot.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A headless Chromium with one page, driven over its DevTools protocol. Tests that need one are
 * skipped with a message where there is none on the path.
 */
public final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path profile;
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<Map<String, Object>> answers = new LinkedBlockingQueue<>();
  private final List<String> complaints = new ArrayList<>();
  private final WebSocket socket;
  private int calls;

  private Browser(Path program) throws Exception {
    // Outside of the test's own folder: a browser goes on writing there for a moment.
    profile = Files.createTempDirectory("shallot-browser");
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--window-size=1280,1000",
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    socket = connect();
    for (String domain : List.of("Runtime", "Log", "Page", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Starts one, or skips the test. */
  public static Browser start() throws Exception {
    Optional<Path> program =
        Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
            .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(
        program.isPresent(), "no Chromium on the path: the page was not opened in a browser");
    return new Browser(program.orElseThrow());
  }

  private WebSocket connect() throws Exception {
    Path port = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < 20 * PATIENCE_SECONDS && process.isAlive(); i++) {
      if (Files.exists(port) && Files.readString(port).contains("\n")) {
        break;
      }
      Thread.sleep(50);
    }
    String address = "http://127.0.0.1:" + Files.readAllLines(port).getFirst() + "/json/list";
    String pages =
        client
            .send(
                java.net.http.HttpRequest.newBuilder(URI.create(address)).build(),
                java.net.http.HttpResponse.BodyHandlers.ofString())
            .body();
    Map<String, Object> list = Json.readObject("{\"pages\":" + pages + "}", address);
    String url = "";
    for (Object page : (List<?>) List.of(list.get("pages")).getFirst()) {
      if (page instanceof Map<?, ?> map && "page".equals(map.get("type"))) {
        url = String.valueOf(map.get("webSocketDebuggerUrl"));
      }
    }
    return client
        .newWebSocketBuilder()
        .buildAsync(URI.create(url), new Listener())
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Opens an address and waits for its load event. */
  public void open(URI address) throws Exception {
    complaints.clear();
    call("Page.navigate", Map.of("url", address.toString()));
    waitFor("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /** What an expression comes to, as text. */
  public String evaluate(String expression) throws Exception {
    Map<String, Object> answer =
        call("Runtime.evaluate", Map.of("expression", "String(" + expression + ")"));
    return answer.get("result") instanceof Map<?, ?> result
        ? String.valueOf(result.get("value"))
        : "";
  }

  /** Waits until an expression is true. */
  public void waitFor(String expression) throws Exception {
    for (int i = 0; i < 20 * PATIENCE_SECONDS; i++) {
      if (evaluate(expression).equals("true")) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(
        "waited in vain for %s; complaints: %s; page: %s"
            .formatted(expression, complaints, evaluate("document.body.innerText.slice(0, 2000)")));
  }

  /** Waits until every place of a picture has one, and that they are so many. */
  public void waitForPictures(int count) throws Exception {
    waitFor(
        "document.body.dataset.charts === '%1$d' && document.body.dataset.drawn === '%1$d'"
            .formatted(count));
    assertTrue(
        evaluate("document.querySelectorAll('[data-chart] svg').length >= " + count)
            .equals("true"));
  }

  /** Errors and warnings of the console since the page was opened, and failures of scripts. */
  public List<String> complaints() throws Exception {
    // What was said before this answer has arrived by now.
    String failed = evaluate("document.documentElement.dataset.errors");
    if (!failed.equals("undefined")) {
      complaints.add(failed + " errors on the page");
    }
    return List.copyOf(complaints);
  }

  /** Width, height and colour scheme of the page. */
  public void look(int width, int height, boolean dark) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Lays the page out as on paper, as a browser does before it prints. */
  public void paper(int width) throws Exception {
    evaluate("window.dispatchEvent(new Event('beforeprint'))");
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
    call("Emulation.setEmulatedMedia", Map.of("media", "print"));
  }

  /** A picture of what is seen, as PNG. */
  public byte[] screenshot() throws Exception {
    return Base64.getDecoder()
        .decode(String.valueOf(call("Page.captureScreenshot", Map.of()).get("data")));
  }

  private Map<String, Object> call(String method, Map<String, Object> parameters) throws Exception {
    int id = ++calls;
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", id);
    message.put("method", method);
    message.put("params", parameters);
    socket.sendText(Json.writeCompact(message), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    while (true) {
      Map<String, Object> answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("the browser does not answer " + method);
      }
      if (answer.containsKey("method")) {
        take(answer);
      } else if (Integer.valueOf(id).equals(answer.get("id"))) {
        return answer.get("result") instanceof Map<?, ?> result ? texts(result) : Map.of();
      }
    }
  }

  private static Map<String, Object> texts(Map<?, ?> map) {
    Map<String, Object> texts = new LinkedHashMap<>();
    map.forEach((key, value) -> texts.put(String.valueOf(key), value));
    return texts;
  }

  private void take(Map<String, Object> event) {
    String text = Json.writeCompact(event);
    switch (String.valueOf(event.get("method"))) {
      case "Runtime.exceptionThrown", "Log.entryAdded" -> complaints.add(text);
      case "Runtime.consoleAPICalled" -> {
        if (text.contains("\"type\":\"error\"") || text.contains("\"type\":\"warning\"")) {
          complaints.add(text);
        }
      }
      default -> {
        // Not a complaint.
      }
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        answers.add(Json.readObject(text.toString(), "the browser"));
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(from, data, last);
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // Left to the system's clean-up of temporary files.
    }
  }
}
