package dev.shallot.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Answers, with the headers that keep a page to itself. */
final class Reply {
  /**
   * Scripts, styles and data come from here and nowhere else; no page may show ours in a frame. The
   * chart library sets style attributes, hence the one exception.
   */
  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline';"
          + " img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /**
   * A report carries its scripts inside. It is made anew from the run's files, and its names and
   * texts are escaped; the sandbox makes it a stranger to our own pages all the same.
   */
  static final String REPORT_POLICY =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
          + " blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
          + " allow-scripts allow-downloads";

  private Reply() {}

  static void headers(HttpExchange exchange, String type, String policy) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Content-Security-Policy", policy);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  static void text(HttpExchange exchange, String type, String text) throws IOException {
    headers(exchange, type, PAGE_POLICY);
    send(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
  }

  static void report(HttpExchange exchange, String html) throws IOException {
    headers(exchange, "text/html; charset=utf-8", REPORT_POLICY);
    send(exchange, 200, html.getBytes(StandardCharsets.UTF_8));
  }

  /** A part of the page that does not change while this program runs. */
  static void asset(HttpExchange exchange, String type, byte[] bytes, String tag)
      throws IOException {
    headers(exchange, type, PAGE_POLICY);
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    exchange.getResponseHeaders().set("ETag", tag);
    if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    send(exchange, 200, bytes);
  }

  static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    headers(exchange, "text/plain; charset=utf-8", PAGE_POLICY);
    if (refusal.status() == 405) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
    }
    send(
        exchange, refusal.status(), (refusal.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static boolean head(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    if (head(exchange)) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
