package dev.shallot.serve;

import com.sun.net.httpserver.HttpExchange;
import dev.shallot.data.Sha256;
import dev.shallot.report.PageParts;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pages' fixed parts, all from this program's own jar, held in memory. */
final class Assets {
  static final String HTML = "text/html; charset=utf-8";

  private static final List<String> OWN =
      List.of(
          "serve.css",
          "errors.js",
          "stream.js",
          "list.js",
          "run.js",
          "compare-live.js",
          "sweep.js");

  private static final int TAG_DIGITS = 16;

  private final Map<String, byte[]> parts = new LinkedHashMap<>();
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final Map<String, String> pages = new LinkedHashMap<>();

  Assets() {
    parts.putAll(PageParts.all());
    OWN.forEach(name -> parts.put(name, bytes(name)));
    parts.forEach((name, bytes) -> tags.put(name, tag(bytes)));
    for (String name : List.of("list", "run", "compare", "sweep")) {
      pages.put(name, new String(bytes(name + ".html"), StandardCharsets.UTF_8));
    }
  }

  /** A page; its script finds out from the address what to show. */
  String page(String name) {
    return pages.getOrDefault(name, "");
  }

  /** Answers with a part, or that there is none. */
  void answer(HttpExchange exchange, String path) throws IOException, Refusal {
    String name = path.startsWith("/assets/") ? path.substring("/assets/".length()) : "";
    byte[] bytes = parts.get(name);
    if (bytes == null) {
      throw Refusal.notFound("there is nothing at this address");
    }
    String type = name.endsWith(".css") ? "text/css" : "text/javascript";
    Reply.asset(exchange, type + "; charset=utf-8", bytes, tags.getOrDefault(name, ""));
  }

  private static String tag(byte[] bytes) {
    return '"' + Sha256.of(bytes).substring(0, TAG_DIGITS) + '"';
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new RunException("this build of Shallot lacks " + name + "; build it again");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new RunException("cannot read " + name + " of this build: " + e.getMessage(), e);
    }
  }
}
