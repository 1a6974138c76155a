package dev.shallot.run;

import static dev.shallot.run.BinaryFormat.CHUNK;
import static dev.shallot.run.BinaryFormat.END;
import static dev.shallot.run.BinaryFormat.FOOTER;
import static dev.shallot.run.BinaryFormat.PROLOGUE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/** Writes a binary file from its first byte to its last, see {@link BinaryFormat}. */
final class BinaryWriter {
  private final FileChannel channel;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer = buffer(CHUNK);

  BinaryWriter(FileChannel channel) {
    this.channel = channel;
  }

  void begin(BinaryFormat format, int version, Map<String, Object> header) throws IOException {
    byte[] text = Json.writeCompact(header).getBytes(StandardCharsets.UTF_8);
    ByteBuffer prologue = buffer(PROLOGUE);
    prologue.put(format.magic()).putInt(version).putInt(text.length);
    prologue.putInt(crc(prologue, PROLOGUE - 4));
    put(prologue.flip());
    ByteBuffer head = buffer(text.length + 4).put(text);
    put(head.putInt(crc(head, text.length)).flip());
  }

  void section(String name, Elements numbers) throws IOException {
    beginSection(name, numbers.count());
    put(numbers);
    endSection();
  }

  /** Begins a section of so many numbers, which follow by {@link #put(Elements)}. */
  void beginSection(String name, long count) {
    crc.reset();
    buffer.clear();
    buffer.put("%-4s".formatted(name).getBytes(StandardCharsets.US_ASCII));
    buffer.putLong(count);
  }

  /** The next numbers of a section. */
  void put(Elements numbers) throws IOException {
    int size = Elements.bytes(numbers.type());
    for (int row = 0; row < numbers.rows(); row++) {
      for (int from = 0; from < numbers.columns(); ) {
        if (buffer.remaining() < size) {
          drain();
        }
        int count = Math.min(buffer.remaining() / size, numbers.columns() - from);
        numbers.put(row * numbers.stride() + from, count, buffer);
        from += count;
      }
    }
  }

  /** Ends a section. */
  void endSection() throws IOException {
    drain();
    put(buffer.putInt((int) crc.getValue()).flip());
    buffer.clear();
  }

  void end() throws IOException {
    ByteBuffer footer = buffer(FOOTER);
    footer.putLong(channel.position() + FOOTER).put(END);
    put(footer.putInt(crc(footer, FOOTER - 4)).flip());
  }

  private void drain() throws IOException {
    buffer.flip();
    crc.update(buffer.duplicate());
    put(buffer);
    buffer.clear();
  }

  private void put(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int crc(ByteBuffer bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes.slice(0, length));
    return (int) sum.getValue();
  }
}
