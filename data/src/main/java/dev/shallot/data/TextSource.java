package dev.shallot.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The characters of a text file: UTF-8, plain or gzipped, without a byte order mark. */
final class TextSource {
  private static final int BUFFER = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path path;
  private final boolean gzipped;

  TextSource(FileSource source) {
    this.path = source.path();
    this.gzipped = source.startsWith(0x1F, 0x8B);
    if (source.startsWith(0xFF, 0xFE) || source.startsWith(0xFE, 0xFF)) {
      throw new DataException(
          path + " is UTF-16 text; save it as UTF-8 (iconv -f UTF-16 -t UTF-8)");
    }
  }

  Path path() {
    return path;
  }

  /** Opens the text; malformed bytes make reading fail. */
  Reader open() throws IOException {
    return open("");
  }

  /** Opens the text with something more behind its end. */
  Reader open(String more) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(path), BUFFER);
    try {
      InputStream plain = gzipped ? new GZIPInputStream(bytes, BUFFER) : bytes;
      InputStream behind = new ByteArrayInputStream(more.getBytes(StandardCharsets.UTF_8));
      Reader reader =
          new InputStreamReader(
              new SequenceInputStream(plain, behind),
              StandardCharsets.UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT));
      return withoutMark(reader);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static Reader withoutMark(Reader reader) throws IOException {
    java.io.PushbackReader pushback = new java.io.PushbackReader(reader, 1);
    int first = pushback.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      pushback.unread(first);
    }
    return pushback;
  }

  /**
   * The beginning of the text: everything, or at least so many characters and lines, whichever
   * comes later, but never more than 64 Mi characters.
   */
  Head head(int characters, int lines) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] chunk = new char[BUFFER];
    int seenLines = 0;
    try (Reader reader = open()) {
      while ((text.length() < characters || seenLines < lines) && text.length() < 1 << 26) {
        int count = read(reader, chunk, seenLines);
        if (count < 0) {
          return new Head(text.toString(), true);
        }
        for (int i = 0; i < count; i++) {
          seenLines += chunk[i] == '\n' || chunk[i] == '\r' ? 1 : 0;
        }
        text.append(chunk, 0, count);
      }
    }
    return new Head(text.toString(), false);
  }

  private int read(Reader reader, char[] chunk, int linesBefore) throws IOException {
    try {
      return reader.read(chunk);
    } catch (CharacterCodingException e) {
      throw notUtf8(path.toString(), linesBefore + 1L, e);
    }
  }

  /** The error for bytes that are no UTF-8, found while reading on from a line. */
  static DataException notUtf8(String name, long line, CharacterCodingException cause) {
    return new DataException(
        name
            + " is not UTF-8 text: there is a malformed character behind line "
            + line
            + "; convert the file, for example with iconv -f ISO-8859-1 -t UTF-8",
        cause);
  }

  /**
   * The beginning of a text.
   *
   * @param text the characters
   * @param whole whether they are all there are
   */
  record Head(String text, boolean whole) {}
}
