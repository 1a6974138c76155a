package dev.shallot.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Laws that hold for whatever is drawn; a failure names the seed that repeats it. */
class RoundTripPropertyTest {
  private static final String[] PIECES = {
    "a", "B", ",", ";", "\"", "\n", "\r\n", " ", "\t", "é", "0", "1.5", "|", "x", "-", "'"
  };

  @TempDir Path folder;

  private static double number(CounterRandom random, int at) {
    return switch (random.below(6, 3L * at)) {
      case 0 -> random.below(2000, 3L * at + 1) - 1000;
      case 1 -> Double.NaN;
      case 2 -> Double.longBitsToDouble(random.word(3L * at + 1) & 0x7FEF_FFFF_FFFF_FFFFL);
      case 3 -> -0.0;
      default -> random.gaussian(3L * at + 1) * 1000;
    };
  }

  private static String text(CounterRandom random, int at) {
    StringBuilder text = new StringBuilder("t");
    int pieces = random.below(6, 10L * at);
    for (int i = 1; i <= pieces; i++) {
      text.append(PIECES[random.below(PIECES.length, 10L * at + i)]);
    }
    return text.append(random.below(3, 10L * at + 9)).toString();
  }

  @RepeatedTest(200)
  void aTableWrittenAsCsvReadsBackTheSame(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    CounterRandom random = new CounterRandom(seed, RandomStream.PROBES);
    int rows = 2 + random.below(20, 0);
    int width = 1 + random.below(6, 1);
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < width; j++) {
      CounterRandom cells = new CounterRandom(seed, RandomStream.PROBES, j + 1, 0);
      if (j % 2 == 0) {
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = i == 0 ? 1.0 : number(cells, i);
        }
        columns.add(new Column.Numbers("n " + j + (j == 2 ? ",\"" : ""), values));
      } else {
        String[] texts = new String[rows];
        for (int i = 0; i < rows; i++) {
          texts[i] = i > 0 && cells.below(5, 1000 + i) == 0 ? "" : text(cells, i);
        }
        columns.add(new Column.Texts("t" + j, texts));
      }
    }
    Table table = new Table(Path.of("t"), "", true, columns, List.of(), List.of());
    Path file = folder.resolve("t.csv");
    table.writeCsv(file);
    TableFormat format =
        new TableFormat(java.util.Optional.of(","), java.util.Optional.of(true), List.of());
    Table read = Table.read(file, format);
    String which = "seed " + seed;
    assertEquals(table.names(), read.names(), which);
    for (int j = 0; j < width; j++) {
      if (table.column(j) instanceof Column.Numbers numbers) {
        assertArrayEquals(numbers.values(), TestFiles.numbers(read, j), which);
      } else {
        assertArrayEquals(TestFiles.texts(table, j), TestFiles.texts(read, j), which);
      }
    }
    Table detected = Table.read(file, TableFormat.detect());
    assertEquals(read.names(), detected.names(), which);
    assertEquals(read.rows(), detected.rows(), which);
  }

  @RepeatedTest(100)
  void scalingCanBeUndone(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    CounterRandom random = new CounterRandom(seed, RandomStream.PROBES);
    int rows = 3 + random.below(30, 0);
    int outputs = 1 + random.below(3, 1);
    List<Column.Numbers> columns = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    for (int j = 0; j <= outputs; j++) {
      double size = StrictMath.pow(10, random.below(12, 10 + j) - 6);
      double[] values = new double[rows];
      for (int i = 0; i < rows; i++) {
        values[i] = size * (random.gaussian(100L * (i + 1) + 2L * j) + 3 * j);
      }
      columns.add(new Column.Numbers("c" + j, values));
      if (j > 0) {
        targets.add(j);
      }
    }
    Table table = Table.of("t", columns, targets);
    for (LabelScale scale : LabelScale.values()) {
      PreparedData data =
          TestPlans.with(DataPlan.practitioner(java.util.Optional.empty()))
              .labelScale(scale)
              .prepare(table);
      double[] raw = data.preprocessing().rawLabels(table);
      double[] back = data.preprocessing().unscaleLabels(data.train().y());
      for (int i = 0; i < raw.length; i++) {
        double size =
            Math.abs(raw[i]) + Math.abs(data.preprocessing().labelScaling().offsets()[i % outputs]);
        assertEquals(raw[i], back[i], 1e-14 * size, "seed " + seed + ", " + scale);
      }
    }
  }

  @Test
  void numeralsAreReadAsJavaReadsThem() {
    CounterRandom random = new CounterRandom(1, RandomStream.PROBES);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.word(3L * i));
      int digits = 1 + random.below(18, 3L * i + 1);
      String[] texts = {
        Double.toString(value),
        new java.math.BigDecimal(random.word(3L * i + 2)).movePointLeft(digits).toPlainString(),
        Long.toString(random.word(3L * i + 2) >> random.below(63, 3L * i + 1)) + ".50"
      };
      for (String text : texts) {
        double expected = Double.parseDouble(text);
        double actual = Numerals.parse(text);
        assertEquals(Double.isFinite(expected) ? expected : Double.NaN, actual, text);
      }
    }
  }
}
