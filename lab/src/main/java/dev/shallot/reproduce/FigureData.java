package dev.shallot.reproduce;

import dev.shallot.data.SyntheticLabels;
import dev.shallot.data.SyntheticSet;
import dev.shallot.fetch.DataCache;
import dev.shallot.fetch.KnownData;
import dev.shallot.run.RunException;
import dev.shallot.sweep.DataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The data of a part: the user's file, the cache, or a built-in set; and whether it stands in for
 * the source's.
 *
 * @param source the table
 * @param keys plan keys that go with it
 * @param words what it is, for the title
 * @param standIn whether it is not the source's data
 */
record FigureData(DataSource source, Map<String, String> keys, String words, boolean standIn) {

  /**
   * Finds the data.
   *
   * @param data kind (communities, embedding or made) and sizes, of config.json
   * @param given the user's file
   * @param cache where fetched data is
   */
  static FigureData of(Tree data, Optional<Path> given, DataCache cache) {
    if (given.isPresent() && !Files.isRegularFile(given.get())) {
      throw new RunException("there is no file %s.".formatted(given.get()));
    }
    return switch (data.text("kind")) {
      case "communities" -> communities(data, given, cache);
      case "embedding" -> embedding(data, given);
      default -> made(data, given);
    };
  }

  /** Whether a file of the user's can take the place of a kind of data. */
  static boolean takesFile(String kind) {
    return kind.equals("communities") || kind.equals("embedding");
  }

  private static FigureData communities(Tree data, Optional<Path> given, DataCache cache) {
    int rows = data.whole("rows", 100);
    Optional<Path> file = given.or(() -> cache.find(KnownData.COMMUNITIES_AND_CRIME));
    if (file.isPresent()) {
      Map<String, String> keys = new LinkedHashMap<>();
      keys.put("target", "128");
      keys.put("exclude", "1-5");
      keys.put("header", "off");
      keys.put("rows", Integer.toString(rows));
      return new FigureData(
          new DataSource.File(file.get()),
          keys,
          "Communities & Crime, first %d rows".formatted(rows),
          false);
    }
    return new FigureData(
        new DataSource.BuiltIn(SyntheticSet.TABULAR, SyntheticLabels.NATURAL, rows, 99, 1, 0),
        Map.of(),
        "stand-in: correlated synthetic table, %d rows (not Communities & Crime)".formatted(rows),
        true);
  }

  private static FigureData embedding(Tree data, Optional<Path> given) {
    int rows = data.whole("rows", 300);
    if (given.isPresent()) {
      return new FigureData(
          new DataSource.File(given.get()),
          Map.of("rows", Integer.toString(rows), "label-scale", "max-abs"),
          "your features, first %d rows".formatted(rows),
          false);
    }
    int features = data.whole("features", 256);
    return new FigureData(
        new DataSource.BuiltIn(
            SyntheticSet.EMBEDDING, SyntheticLabels.NATURAL, rows, features, 10, 0),
        Map.of("label-scale", "max-abs"),
        "stand-in: synthetic embedding, n = %d, d = %d (not CIFAR-10 features)"
            .formatted(rows, features),
        true);
  }

  private static FigureData made(Tree data, Optional<Path> given) {
    if (given.isPresent()) {
      throw new RunException(
          "this figure makes its own data, so --data has no use here: leave it out.");
    }
    SyntheticSet set = SyntheticSet.valueOf(data.text("set").toUpperCase(Locale.ROOT));
    SyntheticLabels labels =
        SyntheticLabels.valueOf(data.text("labels").toUpperCase(Locale.ROOT).replace('-', '_'));
    DataSource.BuiltIn source =
        new DataSource.BuiltIn(
            set,
            labels,
            data.whole("rows", 100),
            data.whole("features", 20),
            data.whole("outputs", 1),
            data.whole("seed", 0));
    return new FigureData(
        source,
        Map.of(),
        "%s rows, %s labels, n = %d, d = %d"
            .formatted(data.text("set"), data.text("labels"), source.rows(), source.features()),
        false);
  }
}
