package dev.shallot.run;

import static dev.shallot.run.BinaryFormat.CHUNK;
import static dev.shallot.run.BinaryFormat.END;
import static dev.shallot.run.BinaryFormat.FOOTER;
import static dev.shallot.run.BinaryFormat.PROLOGUE;
import static dev.shallot.run.BinaryWriter.buffer;
import static dev.shallot.run.BinaryWriter.crc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** Reads a binary file from its first byte to its last, see {@link BinaryFormat}. */
final class BinaryReader {
  private final BinaryFormat format;
  private final Path file;
  private final FileChannel channel;
  private final long size;
  private Map<String, Object> header = Map.of();

  BinaryReader(BinaryFormat format, Path file, FileChannel channel) throws IOException {
    this.format = format;
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
  }

  /** Reads prologue and header. */
  Map<String, Object> begin() throws IOException {
    ByteBuffer prologue = buffer(PROLOGUE);
    fill(prologue, "prologue");
    byte[] magic = format.magic();
    for (int i = 0; i < magic.length; i++) {
      if (prologue.get(i) != magic[i]) {
        throw new RunException(
            "%s is not a Shallot %s: byte %d is %02x, expected %02x."
                .formatted(file, format.noun(), i, prologue.get(i), magic[i]));
      }
    }
    if (prologue.getInt(16) != crc(prologue, 16)) {
      throw damaged(0, "the checksum of the first 16 bytes does not fit");
    }
    int version = prologue.getInt(8);
    if (version < 1 || version > format.newest()) {
      throw new RunException(
          "%s has %s format version %d, but this program (%s) reads up to version %d: use a newer one."
              .formatted(file, format.noun(), version, ProgramVersion.text(), format.newest()));
    }
    int length = prologue.getInt(12);
    if (length < 0 || PROLOGUE + (long) length + 4 > size) {
      throw cut(PROLOGUE + (long) length + 4);
    }
    ByteBuffer head = buffer(length + 4);
    fill(head, "header");
    if (head.getInt(length) != crc(head, length)) {
      throw damaged(PROLOGUE, "the checksum of the header does not fit");
    }
    byte[] text = new byte[length];
    head.get(text);
    header = Json.readObject(new String(text, StandardCharsets.UTF_8), file + " (header)");
    return header;
  }

  /**
   * Compares the file's length with what its header promises, before anything of that length is
   * made room for.
   *
   * @param sections bytes of all sections
   */
  void checkLength(long sections) throws IOException {
    long expected = channel.position() + sections + FOOTER;
    if (size < expected) {
      throw cut(expected);
    }
    if (size > expected) {
      throw damaged(expected, "%d bytes follow its end".formatted(size - expected));
    }
  }

  /** Fills the numbers from the next section, which must be of that name and size. */
  void section(String name, Elements numbers) throws IOException {
    long start = channel.position();
    ByteBuffer head = buffer(12);
    fill(head, name);
    CRC32C crc = new CRC32C();
    crc.update(head.duplicate());
    ByteBuffer buffer = buffer(CHUNK).limit(0);
    long left = numbers.count() * Elements.bytes(numbers.type());
    int size = Elements.bytes(numbers.type());
    for (int row = 0; row < numbers.rows(); row++) {
      for (int to = 0; to < numbers.columns(); ) {
        if (!buffer.hasRemaining()) {
          buffer.clear().limit((int) Math.min(CHUNK, left));
          left -= buffer.remaining();
          fill(buffer, name);
          crc.update(buffer.duplicate());
        }
        int count = Math.min(buffer.remaining() / size, numbers.columns() - to);
        numbers.take(row * numbers.stride() + to, count, buffer);
        to += count;
      }
    }
    check(start, name, head, numbers.count(), crc);
  }

  /**
   * Fills some of an array's numbers from a place in the file, of a section that was found whole.
   *
   * @param offset in the file, of the first of them
   * @param numbers the array
   * @param first of its numbers to fill, counted row by row
   * @param count how many
   */
  void numbers(long offset, Elements numbers, long first, long count) throws IOException {
    channel.position(offset);
    int size = Elements.bytes(numbers.type());
    ByteBuffer buffer = buffer(CHUNK);
    long last = first + count;
    for (long at = first; at < last; ) {
      int row = (int) (at / numbers.columns());
      int column = (int) (at % numbers.columns());
      int some = (int) Math.min(last - at, Math.min(CHUNK / size, numbers.columns() - column));
      buffer.clear().limit(some * size);
      fill(buffer, "numbers");
      numbers.take(row * numbers.stride() + column, some, buffer);
      at += some;
    }
  }

  /** Where the file is read next. */
  long position() throws IOException {
    return channel.position();
  }

  /** Reads the next section only to see that it is whole. */
  void skip(String name, long count, int size) throws IOException {
    long start = channel.position();
    ByteBuffer head = buffer(12);
    fill(head, name);
    CRC32C crc = new CRC32C();
    crc.update(head.duplicate());
    ByteBuffer buffer = buffer(CHUNK);
    for (long left = count * size; left > 0; left -= buffer.limit()) {
      buffer.clear().limit((int) Math.min(CHUNK, left));
      fill(buffer, name);
      crc.update(buffer.duplicate());
    }
    check(start, name, head, count, crc);
  }

  private void check(long start, String name, ByteBuffer head, long count, CRC32C crc)
      throws IOException {
    ByteBuffer sum = buffer(4);
    fill(sum, name);
    byte[] expected = "%-4s".formatted(name).getBytes(StandardCharsets.US_ASCII);
    boolean named = ByteBuffer.wrap(expected).equals(head.slice(0, 4)) && head.getLong(4) == count;
    if (!named || sum.getInt(0) != (int) crc.getValue()) {
      throw damaged(start, "the checksum of section %s does not fit".formatted(name));
    }
  }

  void end() throws IOException {
    long start = channel.position();
    ByteBuffer footer = buffer(FOOTER);
    fill(footer, "footer");
    boolean right =
        footer.getLong(0) == size
            && ByteBuffer.wrap(END).equals(footer.slice(8, 4))
            && footer.getInt(12) == crc(footer, 12);
    if (!right) {
      throw damaged(start, "the footer does not fit");
    }
  }

  /** Fills a buffer from the file and flips it. */
  private void fill(ByteBuffer buffer, String what) throws IOException {
    long start = channel.position();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw damaged(start + buffer.position(), "it is cut short in the %s".formatted(what));
      }
    }
    buffer.flip();
  }

  private RunException cut(long expected) {
    return damaged(
        size, "it is cut short: %d bytes are there, %d expected".formatted(size, expected));
  }

  RunException damaged(long offset, String cause) {
    return new RunException(
        "the %s %s is damaged at byte %d: %s; %s."
            .formatted(format.noun(), file, offset, cause, format.remedy()));
  }

  /** Something in the header. */
  Object part(String name) {
    Object part = header.get(name);
    if (part == null) {
      throw damaged(PROLOGUE, "the header has no \"%s\"".formatted(name));
    }
    return part;
  }

  Number number(String name) {
    if (part(name) instanceof Number number) {
      return number;
    }
    throw damaged(PROLOGUE, "\"%s\" in the header is no number".formatted(name));
  }

  Map<String, Object> tree(String name) {
    if (part(name) instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        copy.put(String.valueOf(entry.getKey()), entry.getValue());
      }
      return copy;
    }
    throw damaged(PROLOGUE, "\"%s\" in the header is no object".formatted(name));
  }
}
