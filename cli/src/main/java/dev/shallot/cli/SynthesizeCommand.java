package dev.shallot.cli;

import dev.shallot.data.Column;
import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.data.Synthetic;
import dev.shallot.data.SyntheticLabels;
import dev.shallot.data.SyntheticSet;
import dev.shallot.data.Table;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot data synthesize}. */
@Command(
    name = "synthesize",
    sortOptions = false,
    description = "Write a built-in table, a pure function of its seed.")
final class SynthesizeCommand implements Runnable {
  @Parameters(
      index = "0",
      paramLabel = "SET",
      description = {
        "sphere: uniform directions, labels of a teacher network;",
        "gaussian: rows of independent normal numbers, not of norm 1, the same teacher;",
        "embedding: clustered non-negative rows, 10 logits;",
        "tabular: correlated columns in [0, 1] and a rate."
      })
  private String set = "";

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "A .csv or .npz file; must not exist.")
  private Path out = Path.of("");

  @Option(names = "--rows", paramLabel = "N", description = "n: rows. Default: ${DEFAULT-VALUE}.")
  private int rows = 100;

  @Option(
      names = "--features",
      paramLabel = "N",
      description =
          "d: feature columns. Default: sphere and gaussian 50, embedding 256, tabular 99.")
  private Integer features = 0;

  @Option(
      names = "--outputs",
      paramLabel = "N",
      description = "c: target columns. Default: embedding 10, others 1.")
  private Integer outputs = 0;

  @Option(
      names = "--labels",
      paramLabel = "LAW",
      defaultValue = "natural",
      description =
          "natural (the set's own), teacher, uniform, rademacher, gauss, adversarial or"
              + " adversarial-bounded. Default: ${DEFAULT-VALUE}.")
  private String labels = "natural";

  @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private long seed = 0;

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    View view = common.view();
    SyntheticSet law = constant(SyntheticSet.class, set, "the built-in sets are");
    SyntheticLabels labelLaw = constant(SyntheticLabels.class, labels, "the label laws are");
    OutputFile.refuseExisting(out);
    String name = out.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".csv") && !name.endsWith(".npz")) {
      throw new CliException(
          "the file's name must end with .csv or .npz, but is %s.".formatted(out));
    }
    Table table =
        Synthetic.generate(
            law,
            labelLaw,
            atLeastOne("--rows", rows),
            given("--features").orElse(usualFeatures(law)),
            given("--outputs").orElse(law == SyntheticSet.EMBEDDING ? 10 : 1),
            seed);
    if (name.endsWith(".csv")) {
      table.writeCsv(out);
    } else {
      Npz.write(out, arrays(table));
    }
    view.result(
        "%s: %s rows, %s columns"
            .formatted(out, View.count(table.rows()), View.count(table.columns())));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", out.toString());
    document.put("rows", table.rows());
    document.put("columns", table.names());
    view.document(document);
  }

  private OptionalInt given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option)
        ? OptionalInt.of(atLeastOne(option, option.equals("--features") ? features : outputs))
        : OptionalInt.empty();
  }

  private static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new CliException("%s must be at least 1, but is %d.".formatted(option, value));
    }
    return value;
  }

  private static int usualFeatures(SyntheticSet law) {
    return switch (law) {
      case SPHERE, GAUSSIAN -> 50;
      case EMBEDDING -> 256;
      case TABULAR -> 99;
    };
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word, String what) {
    List<String> words =
        Arrays.stream(type.getEnumConstants())
            .map(e -> e.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList();
    int index = words.indexOf(word.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new CliException(
          "unknown \"%s\": %s %s.".formatted(word, what, String.join(", ", words)));
    }
    return type.getEnumConstants()[index];
  }

  /** X and Y, as other programs like them. */
  private static SequencedMap<String, NpyArray> arrays(Table table) {
    List<Integer> targets = table.declaredTargets();
    List<Integer> inputs =
        java.util.stream.IntStream.range(0, table.columns())
            .boxed()
            .filter(j -> !targets.contains(j))
            .toList();
    SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("X", matrix(table, inputs));
    arrays.put("Y", matrix(table, targets));
    return arrays;
  }

  private static NpyArray matrix(Table table, List<Integer> columns) {
    double[] numbers = new double[table.rows() * columns.size()];
    for (int j = 0; j < columns.size(); j++) {
      if (table.column(columns.get(j)) instanceof Column.Numbers column) {
        for (int i = 0; i < table.rows(); i++) {
          numbers[i * columns.size() + j] = column.values()[i];
        }
      }
    }
    return NpyArray.matrix(table.rows(), columns.size(), numbers);
  }
}
