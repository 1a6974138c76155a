package dev.shallot.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * Cuts text into records and cells, as RFC 4180 has it and a little kinder: any of LF, CR LF and CR
 * ends a record; blanks around a cell are no part of it, inside quotes or outside; a doubled quote
 * inside quotes is a quote; a quote in the middle of an unquoted cell is a character like others;
 * what follows a closing quote belongs to the cell; lines that are empty or blank are no records.
 *
 * <p>With {@link #WHITESPACE} as the separator, any number of blanks and tabs stands between cells,
 * and none at the ends of a line count.
 *
 * <p>The cells of the current record lie one behind the other in {@link #text}, so that numbers are
 * parsed without a string each.
 */
final class RecordReader implements Closeable {
  /** The separator that stands for any number of blanks and tabs. */
  static final char WHITESPACE = '\0';

  private static final int END = -1;

  private final Reader reader;
  private final char separator;
  private final String name;
  private final boolean whole;
  private final char[] buffer = new char[1 << 16];
  private int position;
  private int limit;
  private long line = 1;

  private char[] text = new char[1 << 10];
  private int length;
  private int[] ends = new int[32];
  private int cells;
  private long recordLine;
  private boolean cellQuoted;

  /**
   * Reads from a reader, which it closes.
   *
   * @param reader of decoded characters
   * @param separator between cells, or {@link #WHITESPACE}
   * @param name of the file, for messages
   * @param whole false when the text may be cut off anywhere, so that its last quote may be open
   */
  RecordReader(Reader reader, char separator, String name, boolean whole) {
    this.reader = reader;
    this.separator = separator;
    this.name = name;
    this.whole = whole;
  }

  /** Goes to the next record; false at the end. */
  boolean next() throws IOException {
    while (peek() != END) {
      recordLine = line;
      length = 0;
      cells = 0;
      boolean blank = readRecord();
      if (!blank) {
        return true;
      }
    }
    cells = 0;
    return false;
  }

  /** The line, from 1, on which the current record begins. */
  long line() {
    return recordLine;
  }

  /** How many cells the current record has. */
  int cells() {
    return cells;
  }

  /** The current record's characters, valid until the next one. */
  char[] text() {
    return text;
  }

  /** Where a cell begins in {@link #text}. */
  int start(int cell) {
    return cell == 0 ? 0 : ends[cell - 1];
  }

  /** Where a cell ends in {@link #text}. */
  int end(int cell) {
    return ends[cell];
  }

  /** A cell as a string. */
  String cell(int cell) {
    return new String(text, start(cell), end(cell) - start(cell));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** Reads to the end of the line; true when nothing but blanks was on it. */
  private boolean readRecord() throws IOException {
    boolean onlyBlanks = true;
    while (true) {
      skipBlanks();
      int next = peek();
      if (atLineEnd(next)) {
        boolean openCell = !onlyBlanks && separator != WHITESPACE;
        if (openCell) {
          endCell(length);
        }
        consumeLineEnd(next);
        return onlyBlanks;
      }
      onlyBlanks = false;
      int start = length;
      cellQuoted = false;
      if (next == '"') {
        readQuoted();
      }
      readPlain();
      endCell(start);
      next = peek();
      if (atLineEnd(next)) {
        consumeLineEnd(next);
        return false;
      }
      if (separator != WHITESPACE) {
        position++;
      }
    }
  }

  private void readQuoted() throws IOException {
    long opened = line;
    cellQuoted = true;
    position++;
    while (true) {
      int next = peek();
      if (next == END) {
        if (whole) {
          throw new DataException(
              name + ", line " + opened + ": a quote is opened here and never closed");
        }
        return;
      }
      position++;
      if (next == '"') {
        if (peek() != '"') {
          return;
        }
        position++;
      } else if (next == '\n') {
        line++;
      }
      append((char) next);
    }
  }

  /** Everything to the separator or the line's end, a buffer's worth at a time. */
  private void readPlain() throws IOException {
    while (peek() != END) {
      int from = position;
      int to = from;
      while (to < limit && !isSeparator(buffer[to]) && !atLineEnd(buffer[to])) {
        to++;
      }
      ensureRoom(to - from);
      System.arraycopy(buffer, from, text, length, to - from);
      length += to - from;
      position = to;
      if (to < limit) {
        return;
      }
    }
  }

  /** Trims the cell that begins at an index of {@link #text} and notes where it ends. */
  private void endCell(int start) {
    int from = start;
    while (length > from && isBlank(text[length - 1])) {
      length--;
    }
    while (cellQuoted && from < length && isBlank(text[from])) {
      from++;
    }
    if (from > start) {
      System.arraycopy(text, from, text, start, length - from);
      length -= from - start;
    }
    if (cells == ends.length) {
      ends = Arrays.copyOf(ends, 2 * cells);
    }
    ends[cells++] = length;
  }

  private void append(char character) {
    ensureRoom(1);
    text[length++] = character;
  }

  private void ensureRoom(int characters) {
    if (text.length - length >= characters) {
      return;
    }
    long wanted = 2L * (length + (long) characters);
    if (wanted > Integer.MAX_VALUE - 8) {
      throw new DataException(name + ", line " + recordLine + ": the line is too long to read");
    }
    text = Arrays.copyOf(text, (int) wanted);
  }

  private void skipBlanks() throws IOException {
    for (int next = peek(); isBlank(next) && next != separator; next = peek()) {
      position++;
    }
  }

  private boolean isSeparator(int character) {
    return separator == WHITESPACE ? isBlank(character) : character == separator;
  }

  private static boolean isBlank(int character) {
    return character == ' ' || character == '\t' || character == '\u00A0';
  }

  private static boolean atLineEnd(int character) {
    return character == '\n' || character == '\r' || character == END;
  }

  private void consumeLineEnd(int character) throws IOException {
    if (character == END) {
      return;
    }
    position++;
    line++;
    if (character == '\r' && peek() == '\n') {
      position++;
    }
  }

  private int peek() throws IOException {
    if (position == limit) {
      limit = Math.max(0, read());
      position = 0;
      if (limit == 0) {
        return END;
      }
    }
    return buffer[position];
  }

  private int read() throws IOException {
    try {
      return reader.read(buffer);
    } catch (CharacterCodingException e) {
      throw TextSource.notUtf8(name, line, e);
    }
  }
}
