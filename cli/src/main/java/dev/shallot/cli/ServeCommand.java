package dev.shallot.cli;

import dev.shallot.serve.PageServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot serve}. */
@Command(
    name = "serve",
    description = {
      "Show runs and sweeps in a browser while they go on: a page on 127.0.0.1 that only reads.",
      "It ends with Ctrl-C."
    })
final class ServeCommand implements Runnable {
  private static final String USUAL_PORT = "7468";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "What is shown: runs and sweeps in it and below. Default: runs.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = USUAL_PORT,
      description = "Port on 127.0.0.1; 0 takes one that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public void run() {
    View view = common.view();
    if (port < 0 || port > 65535) {
      throw new CliException("a port is a number from 0 to 65535, but got %d.".formatted(port));
    }
    if (folder.isPresent() && !Files.exists(folder.get())) {
      throw new CliException("there is no folder %s.".formatted(folder.get()));
    }
    Path shown = folder.orElse(Path.of("runs"));
    PageServer server = PageServer.start(shown, port);
    // The JVM ends by itself after an interrupt, with 130; open answers are ended first.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end-of-serve"));
    view.explain("Runs and sweeps below %s. Ctrl-C ends this.".formatted(shown));
    view.result(server.url().toString());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("url", server.url().toString());
    document.put("port", server.port());
    document.put("folder", shown.toString());
    view.document(document);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.close();
    }
  }
}
