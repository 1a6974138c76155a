package dev.shallot.report;

import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines that a growing file has had since one looked last. A last line without its end is left
 * for the next time. A file that became shorter, or that holds something else just before the place
 * up to which it was read, was replaced: it is read from its start again.
 *
 * <p>Memory: one slice of the file, or its longest line.
 */
final class Tail {
  /** Who wants the lines. */
  interface Lines {
    /** The file begins anew: forget what was told. */
    void restart();

    /** A line without its end. */
    void line(byte[] bytes, int from, int length);
  }

  private static final int SLICE = 1 << 22;
  private static final int LONGEST_LINE = 1 << 27;
  private static final int ANCHOR = 64;

  private final Path file;
  private long offset;

  /** Size and time of the file when it was last read to its end. */
  private String seen = "";

  private byte[] anchor = new byte[0];

  Tail(Path file) {
    this.file = file;
  }

  /** Bytes of whole lines that were read so far. */
  long offset() {
    return offset;
  }

  /** Begins again at the start. */
  void rewind() {
    offset = 0;
    anchor = new byte[0];
    seen = "";
  }

  /**
   * Reads on, at most a slice.
   *
   * @return whether there may be more to read at once
   * @throws IOException if the file cannot be read, or is not there
   */
  boolean read(Lines lines) throws IOException {
    String time = Files.getLastModifiedTime(file).toString();
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      String now = size + " " + time;
      if (now.equals(seen)) {
        return false;
      }
      if (size < offset || !anchored(channel)) {
        rewind();
        lines.restart();
      }
      int length = SLICE;
      while (true) {
        byte[] bytes = bytes(channel, offset, (int) Math.min(length, size - offset));
        int end = lastEnd(bytes);
        if (end > 0) {
          tell(bytes, end, lines);
          offset += end;
          anchor = Arrays.copyOfRange(bytes, Math.max(0, end - ANCHOR), end);
        }
        boolean reachedEnd = offset + (bytes.length - end) >= size;
        if (reachedEnd) {
          seen = now;
          return false;
        }
        if (end > 0) {
          return true;
        }
        if (length >= LONGEST_LINE) {
          throw new RunException(
              "%s has a line of more than %,d bytes at byte %,d: it is no event log."
                  .formatted(file, LONGEST_LINE, offset));
        }
        length *= 4;
      }
    }
  }

  private boolean anchored(FileChannel channel) throws IOException {
    return Arrays.equals(anchor, bytes(channel, offset - anchor.length, anchor.length));
  }

  private static byte[] bytes(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
      // Until it is full, or the file became shorter meanwhile.
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static int lastEnd(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static void tell(byte[] bytes, int end, Lines lines) {
    int start = 0;
    for (int i = 0; i < end; i++) {
      if (bytes[i] == '\n') {
        lines.line(bytes, start, i - start);
        start = i + 1;
      }
    }
  }
}
