package dev.shallot.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import java.io.Closeable;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rows of a text, cut by FastCSV as RFC 4180 has it. Blanks around a cell are no part of it,
 * inside quotes or outside; a quote in the middle of an unquoted cell is a character like others;
 * lines that are empty or blank are no rows.
 *
 * <p>Why FastCSV and not DuckDB, which is here for Parquet anyway: with several threads DuckDB
 * returned the rows of a text in another order, and a run that is to be repeated needs the file's
 * own. FastCSV reads from front to back, is small and has no dependencies. DuckDB checks it in the
 * tests.
 */
final class TextRows implements Iterator<List<String>>, Closeable {
  /** The separator that stands for any number of blanks and tabs. */
  static final char BLANKS = ' ';

  /**
   * Put behind a whole text, this is trimmed away like a blank, unless a quote is open. FastCSV
   * itself ends an open quote where the text ends and says nothing.
   */
  static final char END = '\0';

  private static final char NO_BREAK_SPACE = '\u00A0';

  private final String name;
  private final CellCollector collector;
  private final CloseableIterator<List<String>> rows;

  /**
   * Reads from a reader, which it closes.
   *
   * @param reader of decoded characters, with {@link #END} as the last unless the text may be cut
   *     off anywhere
   * @param separator between cells, or {@link #BLANKS}
   * @param name of the file, for messages
   */
  TextRows(Reader reader, char separator, String name) {
    this.name = name;
    this.collector = new CellCollector(separator == BLANKS);
    this.rows =
        CsvReader.builder()
            .fieldSeparator(separator)
            .trimWhitespacesAroundQuotes(true)
            // Rows of other lengths are refused where the header is known.
            .allowExtraFields(true)
            .allowMissingFields(true)
            .build(collector, separator == BLANKS ? new BlankTabs(reader) : reader)
            .iterator();
  }

  /** Whether there is another row; false at the end. */
  @Override
  public boolean hasNext() {
    try {
      return rows.hasNext();
    } catch (UncheckedIOException | CsvParseException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof CharacterCodingException malformed) {
        throw TextSource.notUtf8(name, line(), malformed);
      }
      throw new DataException(name + ", line " + line() + ": " + Causes.of(cause), e);
    }
  }

  /** The trimmed cells of the next row. */
  @Override
  public List<String> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }

  /** The line, from 1, on which the row read last begins. */
  long line() {
    return collector.line();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  private static boolean isBlank(char character) {
    return character <= ' ' || character == NO_BREAK_SPACE;
  }

  /** Called by FastCSV for every cell. */
  private static final class CellCollector extends AbstractBaseCsvCallbackHandler<List<String>> {
    private final boolean skipEmpty;
    private List<String> cells = List.of();
    private boolean blank;

    CellCollector(boolean skipEmpty) {
      this.skipEmpty = skipEmpty;
    }

    long line() {
      return getStartingLineNumber();
    }

    @Override
    protected void handleBegin(long line) {
      cells = new ArrayList<>(cells.size());
      blank = true;
    }

    @Override
    protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
      int from = offset;
      int to = offset + length;
      if (quoted && from < to && text[to - 1] == END) {
        throw new CsvParseException("a quote is opened in this row and never closed");
      }
      while (from < to && isBlank(text[from])) {
        from++;
      }
      while (from < to && isBlank(text[to - 1])) {
        to--;
      }
      boolean empty = from == to && !quoted;
      if (!(empty && skipEmpty)) {
        blank = empty && cells.isEmpty();
        cells.add(new String(text, from, to - from));
      }
    }

    /** FastCSV skips what is empty. */
    @Override
    protected RecordType getRecordType() {
      return blank ? RecordType.EMPTY : RecordType.DATA;
    }

    @Override
    protected List<String> buildRecord() {
      return cells;
    }
  }

  /** Makes blanks of tabs, as FastCSV knows one separator. */
  private static final class BlankTabs extends FilterReader {
    BlankTabs(Reader reader) {
      super(reader);
    }

    @Override
    public int read(char[] text, int offset, int length) throws IOException {
      int count = super.read(text, offset, length);
      for (int i = offset; i < offset + count; i++) {
        if (text[i] == '\t' || text[i] == NO_BREAK_SPACE) {
          text[i] = BLANKS;
        }
      }
      return count;
    }
  }
}
