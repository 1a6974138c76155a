package dev.shallot.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.shallot.report.Comparison;
import dev.shallot.report.RunReport;
import dev.shallot.report.SweepReport;
import dev.shallot.run.RunException;
import dev.shallot.sweep.SweepFolder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A page on 127.0.0.1 that lists the runs and sweeps below a folder, follows those that go on, and
 * lays runs beside each other. It only reads, and only below the folder; see {@link Gate} and
 * {@link Place} for what is refused.
 *
 * <p>It stands on the JDK's own server, com.sun.net.httpserver, in place of a web library: the page
 * needs a dozen fixed addresses, GET and HEAD, and answers that stay open. A library's routing,
 * sessions, templates and body parsing would be seven megabytes that do nothing here. Each request
 * has a virtual thread.
 */
public final class PageServer implements AutoCloseable {
  private static final Duration USUAL_PAUSE = Duration.ofMillis(500);
  private static final int REPORTS_AT_ONCE = 2;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Gate gate;
  private final Place place;
  private final Assets assets = new Assets();
  private final Feeds feeds = new Feeds();
  private final Listing listing;
  private final Streams streams;
  private final Semaphore reports = new Semaphore(REPORTS_AT_ONCE);

  private PageServer(HttpServer server, Place place, Duration pause) {
    this.server = server;
    this.place = place;
    this.gate = new Gate(server.getAddress().getPort());
    this.listing = new Listing(place, feeds, pause.multipliedBy(3));
    this.streams = new Streams(pause);
  }

  /**
   * Starts to answer.
   *
   * @param folder what is shown; it may appear later
   * @param port 0 to 65535; 0 for one that is free
   * @throws RunException if the folder is a file, or the port is taken
   */
  public static PageServer start(Path folder, int port) {
    return start(folder, port, USUAL_PAUSE);
  }

  static PageServer start(Path folder, int port, Duration pause) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new RunException("%s is a file; a folder with runs was expected.".formatted(folder));
    }
    try {
      InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
      PageServer page = new PageServer(server, new Place(folder), pause);
      server.setExecutor(page.threads);
      server.createContext("/", page::handle);
      server.start();
      return page;
    } catch (BindException e) {
      throw new RunException(
          "port %d is taken by another program, perhaps another shallot serve: choose another with --port, or --port 0 for one that is free."
              .formatted(port),
          e);
    } catch (IOException e) {
      throw new RunException("cannot answer on port %d: %s".formatted(port, e.getMessage()), e);
    }
  }

  /** The port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The page's address. */
  public URI url() {
    return URI.create("http://127.0.0.1:%d/".formatted(port()));
  }

  /** Ends all answers and frees the port. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        URI uri = exchange.getRequestURI();
        String path = String.valueOf(uri.getRawPath());
        gate.check(
            exchange.getRequestMethod(),
            uri,
            exchange.getRequestHeaders(),
            !path.startsWith("/assets/") && !path.startsWith("/events/"));
        answer(exchange, path, new Query(uri));
      } catch (Refusal refusal) {
        Reply.refuse(exchange, refusal);
      } catch (RunException e) {
        Reply.refuse(exchange, new Refusal(422, String.valueOf(e.getMessage())));
      }
    }
  }

  private void answer(HttpExchange exchange, String path, Query query) throws IOException, Refusal {
    switch (path) {
      case "/" -> Reply.text(exchange, Assets.HTML, assets.page("list"));
      case "/run" -> {
        place.folder(query.one("path"));
        Reply.text(exchange, Assets.HTML, assets.page("run"));
      }
      case "/sweep" -> {
        place.folder(query.one("path"));
        Reply.text(exchange, Assets.HTML, assets.page("sweep"));
      }
      case "/compare" -> {
        folders(query);
        Reply.text(exchange, Assets.HTML, assets.page("compare"));
      }
      case "/report" -> report(exchange, place.folder(query.one("path")));
      case "/events/list" -> streams.answer(exchange, listing.feed());
      case "/events/run" -> streams.answer(exchange, feeds.run(place.folder(query.one("path"))));
      case "/events/sweep" ->
          streams.answer(exchange, feeds.sweep(place.folder(query.one("path"))));
      case "/events/compare" -> streams.answer(exchange, feeds.comparison(folders(query)));
      default -> assets.answer(exchange, path);
    }
  }

  private Map<String, Path> folders(Query query) throws Refusal {
    Map<String, Path> folders = new LinkedHashMap<>();
    int count = query.all("path").size();
    if (count == 0 || count > Comparison.MOST_RUNS) {
      throw new Refusal(
          400,
          "1 to %d runs can be compared in one picture, but %d were named"
              .formatted(Comparison.MOST_RUNS, count));
    }
    for (String path : query.all("path")) {
      folders.put(path, place.folder(path));
    }
    return folders;
  }

  private void report(HttpExchange exchange, Path folder) throws IOException, Refusal {
    if (!reports.tryAcquire()) {
      throw new Refusal(503, "other reports are being made: try again in a moment");
    }
    try {
      Reply.report(
          exchange,
          SweepFolder.isSweep(folder) ? SweepReport.html(folder) : RunReport.html(folder));
    } finally {
      reports.release();
    }
  }
}
