package dev.shallot.cli;

import dev.shallot.fetch.DataCache;
import dev.shallot.fetch.Fetch;
import dev.shallot.fetch.KnownData;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot data fetch}. */
@Command(
    name = "fetch",
    sortOptions = false,
    description = {
      "Fetch a published data set into the cache, where reproduce finds it. Size and SHA-256 are"
          + " known beforehand and checked: a file is kept whole and right, or not at all. Without"
          + " a name, list what can be fetched.",
      "",
      "This is the only command that uses a network.",
      ""
    })
final class FetchCommand implements Runnable {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The data set: communities-crime.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description =
          "Where to put it. Default: the cache, $" + DataCache.VARIABLE + " or ~/.cache/shallot.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "URL",
      description = "A copy of the same file at another address.")
  private Optional<URI> from = Optional.empty();

  @Mixin private CommonOptions common = new CommonOptions();

  /** The cache of this user. */
  static DataCache cache() {
    return DataCache.usual(System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  @Override
  public void run() {
    View view = common.view();
    if (name.isEmpty()) {
      list(view);
      return;
    }
    KnownData data = KnownData.of(name.get());
    Path file = out.orElseGet(() -> cache().place(data));
    URI address = from.orElse(data.address());
    view.explain("data       " + data.title());
    view.explain("from       " + address);
    view.explain("size       %s bytes".formatted(View.count(data.bytes())));
    view.explain("sha256     " + data.sha256());
    view.explain("licence    " + data.licence());
    view.explain("cite       " + data.citation());
    view.explain("note       " + data.caution());
    boolean fetched = Fetch.to(data, address, file);
    view.result(
        "%s: %s, size and SHA-256 as expected"
            .formatted(file, fetched ? "fetched" : "already there"));
    Map<String, Object> document = describe(data);
    document.put("file", file.toString());
    document.put("fetched", fetched);
    view.document(document);
  }

  private static void list(View view) {
    for (KnownData data : KnownData.all()) {
      view.result(
          "%-20s %s, %s bytes, %s%s"
              .formatted(
                  data.name(),
                  data.title(),
                  View.count(data.bytes()),
                  data.licence(),
                  cache().find(data).map(f -> "; fetched: " + f).orElse("")));
    }
    view.document(Map.of("data", KnownData.all().stream().map(FetchCommand::describe).toList()));
  }

  private static Map<String, Object> describe(KnownData data) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", data.name());
    document.put("title", data.title());
    document.put("address", data.address().toString());
    document.put("bytes", data.bytes());
    document.put("sha256", data.sha256());
    document.put("licence", data.licence());
    document.put("citation", data.citation());
    return document;
  }
}
