package dev.shallot.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * {@code events.jsonl} while it is written: appended to as things happen, handed to the system
 * after every round. A checkpoint keeps a {@link Mark} of it, so that a run that goes on can cut
 * the log back to where the checkpoint was made, and can tell that it is still that log.
 *
 * <p>The file is locked as long as it is open, so that no two processes write one run.
 */
final class EventLog implements EventSink, AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /**
   * The log up to some moment.
   *
   * @param bytes how long it was
   * @param crc CRC32C of these bytes
   */
  record Mark(long bytes, int crc) {}

  private final Path file;
  private final FileChannel channel;
  private final CRC32C crc = new CRC32C();
  private byte[] buffer = new byte[BUFFER];
  private int used;
  private long bytes;

  private EventLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a log, or makes it; what it holds stays until {@link #cutBack}.
   *
   * @throws RunException if another process has it open for writing
   */
  static EventLog open(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        channel.close();
        throw new RunException(
            "the run %s is being written by another process: wait for its end, or end it."
                .formatted(file.getParent()));
      }
      return new EventLog(file, channel);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** False if somebody else holds the lock; a file system without locks holds nobody up. */
  private static boolean lock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Reads the log as far as a mark.
   *
   * @param lines sees every line
   * @throws RunException if the log is not the one that was marked
   */
  void verify(Mark mark, Consumer<String> lines) {
    crc.reset();
    bytes = 0;
    byte[] line = new byte[256];
    int length = 0;
    // By the one channel: on some systems, closing another one of the file would let go of the
    // lock.
    try {
      while (bytes < mark.bytes()) {
        int most = (int) Math.min(buffer.length, mark.bytes() - bytes);
        int read = channel.read(ByteBuffer.wrap(buffer, 0, most), bytes);
        if (read < 0) {
          throw new RunException(
              "%s is damaged at byte %d: it is cut short there, but its checkpoint was made when it had %d bytes; delete checkpoint.shallot to begin the run again."
                  .formatted(file, bytes, mark.bytes()));
        }
        crc.update(buffer, 0, read);
        bytes += read;
        for (int i = 0; i < read; i++) {
          if (buffer[i] == '\n') {
            lines.accept(new String(line, 0, length, StandardCharsets.UTF_8));
            length = 0;
          } else {
            line = length == line.length ? java.util.Arrays.copyOf(line, 2 * length) : line;
            line[length++] = buffer[i];
          }
        }
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
    if ((int) crc.getValue() != mark.crc()) {
      throw new RunException(
          "%s is damaged somewhere in its first %d bytes: they are not those that its checkpoint was made with; delete checkpoint.shallot to begin the run again."
              .formatted(file, mark.bytes()));
    }
  }

  /** Drops what follows the part that was verified; everything if nothing was. */
  void cutBack() {
    try {
      channel.truncate(bytes);
      channel.position(bytes);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  @Override
  public void line(CharSequence line) {
    byte[] text = line.toString().getBytes(StandardCharsets.UTF_8);
    if (used + text.length + 1 > buffer.length) {
      flush();
      buffer = text.length + 1 > buffer.length ? new byte[2 * text.length] : buffer;
    }
    System.arraycopy(text, 0, buffer, used, text.length);
    used += text.length;
    buffer[used++] = '\n';
  }

  @Override
  public void flush() {
    ByteBuffer rest = ByteBuffer.wrap(buffer, 0, used);
    try {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
    crc.update(buffer, 0, used);
    bytes += used;
    used = 0;
  }

  /** Where the log stands; that much of it is on the disk. */
  Mark mark() {
    flush();
    try {
      channel.force(false);
    } catch (IOException e) {
      throw failed(file, e);
    }
    return new Mark(bytes, (int) crc.getValue());
  }

  @Override
  public void close() {
    try (channel) {
      flush();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static RunException failed(Path file, IOException e) {
    return new RunException("cannot write %s: %s".formatted(file, AtomicFile.reason(e)), e);
  }
}
