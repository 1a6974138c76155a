package dev.shallot.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.run.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Reads server-sent events. */
final class Events implements AutoCloseable {
  private final BufferedReader reader;

  Events(HttpClient client, HttpRequest.Builder request) throws Exception {
    HttpResponse<InputStream> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(200, answer.statusCode());
    assertEquals(
        "text/event-stream; charset=utf-8", answer.headers().firstValue("Content-Type").orElse(""));
    reader = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  /** The next event, which must have this name. */
  Map<String, Object> next(String name) throws IOException {
    String[] event = event();
    assertEquals(name, event[0], event[1]);
    return Json.readObject(event[1], name);
  }

  /** Events of a name until one has so many rounds; others in between are passed over. */
  Map<String, Object> lastOf(String name, int rounds) throws IOException {
    while (true) {
      String[] event = event();
      if (event[0].equals(name)) {
        Map<String, Object> news = Json.readObject(event[1], name);
        if (news.get("rounds") instanceof Map<?, ?> columns
            && columns.get("round") instanceof List<?> told
            && told.size() == rounds) {
          return news;
        }
      }
    }
  }

  private String[] event() throws IOException {
    String name = "";
    while (true) {
      String line = String.valueOf(reader.readLine());
      if (line.equals("null")) {
        throw new IOException("the stream ended");
      }
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        return new String[] {name, line.substring("data: ".length())};
      }
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
