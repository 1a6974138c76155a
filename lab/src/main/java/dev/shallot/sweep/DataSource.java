package dev.shallot.sweep;

import dev.shallot.data.Synthetic;
import dev.shallot.data.SyntheticLabels;
import dev.shallot.data.SyntheticSet;
import dev.shallot.data.Table;
import dev.shallot.data.TableFormat;
import dev.shallot.run.RunException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the table of a sweep comes from. */
public sealed interface DataSource {
  /** The word before the settings of a built-in set. */
  String SYNTHETIC = "synthetic:";

  /** Reads or makes the table. */
  Table table(TableFormat format);

  /** The text that {@link #of} understands. */
  String text();

  /** A file of any kind that can be read. */
  record File(Path path) implements DataSource {
    @Override
    public Table table(TableFormat format) {
      return Table.read(path, format);
    }

    @Override
    public String text() {
      return path.toString();
    }
  }

  /** A built-in set, see {@link Synthetic#generate}. */
  record BuiltIn(
      SyntheticSet set, SyntheticLabels labels, int rows, int features, int outputs, long seed)
      implements DataSource {
    @Override
    public Table table(TableFormat format) {
      return Synthetic.generate(set, labels, rows, features, outputs, seed);
    }

    @Override
    public String text() {
      return SYNTHETIC
          + "%s,labels=%s,rows=%d,features=%d,outputs=%d,seed=%d"
              .formatted(word(set), word(labels), rows, features, outputs, seed);
    }
  }

  /**
   * The source of a text: the name of a file, or {@code synthetic:SET} with, commas between, {@code
   * rows=N}, {@code features=N}, {@code outputs=N}, {@code labels=LAW} and {@code seed=N}; what is
   * left out is as {@code shallot data synthesize} has it.
   */
  static DataSource of(String text) {
    if (!text.startsWith(SYNTHETIC)) {
      return new File(Path.of(text));
    }
    String[] parts = text.substring(SYNTHETIC.length()).split(",", -1);
    SyntheticSet set = constant(SyntheticSet.class, parts[0], "the built-in sets are");
    Map<String, String> given = new LinkedHashMap<>();
    for (String part : List.of(parts).subList(1, parts.length)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      if (!List.of("rows", "features", "outputs", "labels", "seed").contains(key)
          || equals < 0
          || given.put(key, part.substring(equals + 1)) != null) {
        throw new RunException(
            "\"%s\" in %s: after the set come rows=N, features=N, outputs=N, labels=LAW and seed=N, each at most once."
                .formatted(part, text));
      }
    }
    int usual =
        switch (set) {
          case SPHERE, GAUSSIAN -> 50;
          case EMBEDDING -> 256;
          case TABULAR -> 99;
        };
    return new BuiltIn(
        set,
        constant(
            SyntheticLabels.class, given.getOrDefault("labels", "natural"), "the label laws are"),
        whole(given, "rows", 100),
        whole(given, "features", usual),
        whole(given, "outputs", set == SyntheticSet.EMBEDDING ? 10 : 1),
        whole(given, "seed", 0));
  }

  private static int whole(Map<String, String> given, String key, int otherwise) {
    String text = given.getOrDefault(key, Integer.toString(otherwise));
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new RunException("%s of a built-in set is a number, not \"%s\".".formatted(key, text));
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text, String what) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> word(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new RunException(
                    "unknown \"%s\": %s %s."
                        .formatted(
                            text,
                            what,
                            String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                    .map(DataSource::word)
                                    .toList()))));
  }
}
