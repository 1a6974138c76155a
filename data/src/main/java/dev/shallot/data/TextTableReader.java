package dev.shallot.data;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/** Reads CSV and its kin. */
final class TextTableReader {
  private static final int HEAD_CHARACTERS = 1 << 18;
  private static final int HEAD_LINES = 50;
  private static final int JUDGED_RECORDS = 1000;

  private final FileSource source;
  private final TextSource text;
  private final TableFormat format;
  private final MissingMarks marks;
  private final String name;

  TextTableReader(FileSource source, TableFormat format) {
    this.source = source;
    this.text = new TextSource(source);
    this.format = format;
    this.marks = new MissingMarks(format.missingMarks());
    this.name = source.path().toString();
  }

  Table read() {
    try {
      TextSource.Head head = text.head(HEAD_CHARACTERS, HEAD_LINES);
      if (head.text().indexOf('\0') >= 0) {
        throw new DataException(
            name + " is no text file (it holds zero bytes); readable are CSV, Parquet and NPZ");
      }
      Layout layout = layout(head);
      List<ColumnBuilder> columns = readColumns(layout, layout.texts);
      BitSet texts = (BitSet) layout.texts.clone();
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).needsText()) {
          texts.set(i);
        }
      }
      if (!texts.equals(layout.texts)) {
        columns = readColumns(layout, texts);
      }
      return table(layout, columns);
    } catch (IOException e) {
      throw FileSource.unreadable(source.path(), e);
    }
  }

  private Layout layout(TextSource.Head head) throws IOException {
    char separator = separator(head);
    var sample = SeparatorSniffer.sample(head, separator, JUDGED_RECORDS, name);
    if (sample.refusal().isPresent()) {
      throw sample.refusal().get();
    }
    List<List<String>> records = sample.records();
    if (records.isEmpty()) {
      throw new DataException(name + " is empty: it has neither a header nor rows");
    }
    boolean header =
        format.header().orElseGet(() -> new HeaderDetector(records, marks).hasHeader());
    if (header && records.size() == 1 && head.whole()) {
      throw new DataException(
          name + " has a header (" + records.getFirst().size() + " names), but no row below it");
    }
    refuseOddFirstRecord(records);
    List<String> names = header ? headerNames(records.getFirst()) : positions(records);
    List<List<String>> rows = header ? records.subList(1, records.size()) : records;
    return new Layout(separator, header, names, textColumns(rows));
  }

  private char separator(TextSource.Head head) throws IOException {
    if (format.separator().isPresent()) {
      String separator = format.separator().get();
      return separator.equals(TableFormat.WHITESPACE) ? TextRows.BLANKS : separator.charAt(0);
    }
    return new SeparatorSniffer(head, marks, name).sniff().orElse(',');
  }

  private List<String> headerNames(List<String> cells) {
    List<String> names = new ArrayList<>();
    TreeMap<String, Integer> positions = new TreeMap<>();
    for (int i = 0; i < cells.size(); i++) {
      String column = cells.get(i).isEmpty() ? "c" + (i + 1) : cells.get(i);
      Integer before = positions.put(column, i + 1);
      if (before != null) {
        throw new DataException(
            "%s names two columns '%s' (columns %s and %s); names must differ: rename one, or say that there is no header"
                .formatted(name, column, before, i + 1));
      }
      names.add(column);
    }
    return names;
  }

  /** A title above the table, or a header that leaves a column out. */
  private void refuseOddFirstRecord(List<List<String>> records) {
    int first = records.getFirst().size();
    int usual = usualCells(records);
    long agreeing = records.stream().filter(record -> record.size() == usual).count();
    if (first != usual && agreeing > 1 && agreeing == records.size() - 1) {
      throw new DataException(
          "%s: the first row has %s ('%s', ...), but all others seen have %s: name every column, or none, and remove titles"
              .formatted(
                  name,
                  first == 1 ? "1 cell" : first + " cells",
                  records.getFirst().getFirst(),
                  usual));
    }
  }

  /** Columns that the first records show to be text; others may turn out to be later. */
  private BitSet textColumns(List<List<String>> records) {
    BitSet texts = new BitSet();
    for (List<String> record : records) {
      for (int i = 0; i < record.size(); i++) {
        if (!marks.contains(record.get(i)) && !Numerals.isNumber(record.get(i))) {
          texts.set(i);
        }
      }
    }
    return texts;
  }

  private static List<String> positions(List<List<String>> records) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= usualCells(records); i++) {
      names.add("c" + i);
    }
    return names;
  }

  private static int usualCells(List<List<String>> records) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (List<String> record : records) {
      counts.merge(record.size(), 1, Integer::sum);
    }
    return SeparatorSniffer.commonest(counts);
  }

  private List<ColumnBuilder> readColumns(Layout layout, BitSet textColumns) throws IOException {
    int count = layout.names.size();
    List<ColumnBuilder> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(new ColumnBuilder(layout.names.get(i), textColumns.get(i)));
    }
    Reader whole = text.open(String.valueOf(TextRows.END));
    try (TextRows rows = new TextRows(whole, layout.separator, name)) {
      if (layout.header) {
        rows.next();
      }
      while (rows.hasNext()) {
        List<String> cells = rows.next();
        if (cells.size() != count) {
          throw ragged(cells, rows.line(), layout);
        }
        for (int i = 0; i < count; i++) {
          columns.get(i).add(cells.get(i), marks);
        }
      }
    }
    return columns;
  }

  private DataException ragged(List<String> cells, long line, Layout layout) {
    int expected = layout.names.size();
    String first = cells.getFirst();
    String beginning = first.length() > 40 ? first.substring(0, 40) + "..." : first;
    return new DataException(
        "%s, line %s: expected %s (%s, as %s), but found %s in the row that begins with '%s'"
            .formatted(
                name,
                line,
                expected == 1 ? "1 cell" : expected + " cells",
                layout.separatorWord(),
                layout.header ? "the header has" : "most rows have",
                cells.size(),
                beginning));
  }

  private Table table(Layout layout, List<ColumnBuilder> builders) {
    List<Column> columns = new ArrayList<>();
    for (ColumnBuilder builder : builders) {
      columns.add(builder.build());
    }
    if (columns.getFirst().rows() == 0) {
      throw new DataException(
          name + " has a header (" + columns.size() + " names), but no row below it");
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "read as "
            + layout.separatorWord()
            + " text "
            + (layout.header ? "with a header" : "without a header")
            + (format.separator().isPresent() && format.header().isPresent() ? "" : " (detected)"));
    Column last = columns.getLast();
    boolean unnamed = last.name().equals("c" + columns.size());
    if (columns.size() > 1 && unnamed && last.missing() == last.rows()) {
      // Rows that end in a separator make a last column without name and cells.
      columns.removeLast();
      notes.add("the last column has neither a name nor a cell and is left out");
    }
    Path path = source.path();
    return new Table(path, source.sha256(), layout.header, columns, List.of(), notes);
  }

  private record Layout(char separator, boolean header, List<String> names, BitSet texts) {
    String separatorWord() {
      return switch (separator) {
        case TextRows.BLANKS -> "blank-separated";
        case '\t' -> "tab-separated";
        case ',' -> "comma-separated";
        case ';' -> "semicolon-separated";
        default -> "'" + separator + "'-separated";
      };
    }
  }
}
