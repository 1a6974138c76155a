package dev.shallot.serve;

import com.sun.net.httpserver.HttpExchange;
import dev.shallot.run.Json;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Server-sent events: one answer that stays open, to which something is added whenever there is
 * news. Each has a virtual thread; there are at most {@value #MOST} of them.
 */
final class Streams {
  /** What is watched. */
  interface Feed {
    /**
     * What happened since the last call.
     *
     * @throws NoSuchFileException if what is watched is gone
     * @throws IOException if it cannot be read
     */
    Optional<String> next() throws IOException;

    /** Whether nothing will happen any more. */
    boolean complete();
  }

  static final int MOST = 64;

  private static final Duration SILENCE = Duration.ofSeconds(4);

  private final Semaphore free = new Semaphore(MOST);
  private final Duration pause;

  /** Streams that look for news at such intervals. */
  Streams(Duration pause) {
    this.pause = pause;
  }

  /** Answers until nothing will happen any more, the watcher goes, or the server ends. */
  void answer(HttpExchange exchange, Feed feed) throws IOException, Refusal {
    if (!free.tryAcquire()) {
      throw new Refusal(503, "too many pages are watching: close some");
    }
    try {
      Reply.headers(exchange, "text/event-stream; charset=utf-8", "default-src 'none'");
      if (Reply.head(exchange)) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        follow(out, feed);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      free.release();
    }
  }

  private void follow(OutputStream out, Feed feed) throws IOException, InterruptedException {
    long quiet = 0;
    boolean gone = false;
    while (true) {
      // Asked first: another watcher may see the end between this one's news and its question.
      boolean over = feed.complete();
      Optional<String> news;
      try {
        news = feed.next();
        gone = false;
      } catch (NoSuchFileException e) {
        // It may come back: a folder that is written anew.
        news =
            gone
                ? Optional.empty()
                : Optional.of(event("gone", Json.writeCompact(Map.of("message", "it is gone"))));
        gone = true;
      } catch (RunException e) {
        write(out, event("damaged", Json.writeCompact(Map.of("message", e.getMessage()))));
        return;
      }
      if (news.isPresent()) {
        write(out, news.get());
        quiet = 0;
      } else if (quiet >= SILENCE.toMillis()) {
        // A comment: it finds out whether somebody is still there.
        write(out, ":\n\n");
        quiet = 0;
      }
      if (!gone && over) {
        write(out, event("complete", "{}"));
        return;
      }
      Thread.sleep(pause);
      quiet += pause.toMillis();
    }
  }

  /** An event as it is sent; the data has no line breaks. */
  static String event(String name, String json) {
    return "event: " + name + "\ndata: " + json + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
