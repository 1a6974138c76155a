package dev.shallot.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A file of records that are kept for good, one JSON object a line, each forced to the disk before
 * {@link #add} returns. The last field of a line is {@code "crc"}, the CRC-32C of the line's bytes
 * before it, so a damaged line is noticed; what follows the last line end is the torn rest of a
 * record that a kill cut off: it is dropped, and {@link #torn} says so.
 *
 * <p>Only one process at a time has a log open for writing.
 */
public final class RecordLog implements AutoCloseable {
  private static final String CRC = ",\"crc\":\"";
  private static final int CRC_LENGTH = CRC.length() + 8 + 2;

  private final Path file;
  private final FileChannel channel;
  private final boolean torn;

  private RecordLog(Path file, FileChannel channel, boolean torn) {
    this.file = file;
    this.channel = channel;
    this.torn = torn;
  }

  /**
   * Opens a log for writing, or starts it.
   *
   * @param found told of the records that are there, in order
   * @throws RunException if a line is damaged, or another process has the log open
   */
  public static RecordLog open(Path file, Consumer<Map<String, Object>> found) {
    FileChannel channel = openChannel(file);
    try {
      long whole = parse(file, found);
      boolean torn = whole < channel.size();
      if (torn) {
        channel.truncate(whole);
        channel.force(true);
      }
      channel.position(whole);
      return new RecordLog(file, channel, torn);
    } catch (IOException e) {
      close(channel);
      throw new RunException("cannot use %s: %s".formatted(file, AtomicFile.reason(e)), e);
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  private static FileChannel openChannel(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        close(channel);
        throw new RunException(
            "%s is being written by another process: wait for it, or end it.".formatted(file));
      }
      return channel;
    } catch (IOException e) {
      throw new RunException("cannot use %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
  }

  /** The lock ends with the channel, or with the process. */
  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null && lock.isValid();
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * Reads a log as it stands, without what is torn; nothing is changed, and only one record is held
   * at a time.
   *
   * @param found told of each record, in order; of none if there is no such file
   * @throws RunException if a line is damaged
   */
  public static void read(Path file, Consumer<Map<String, Object>> found) {
    try {
      if (Files.exists(file)) {
        parse(file, found);
      }
    } catch (IOException e) {
      throw new RunException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
  }

  /** The records of a log, all at once. */
  public static List<Map<String, Object>> read(Path file) {
    List<Map<String, Object>> records = new ArrayList<>();
    read(file, records::add);
    return records;
  }

  /** Reads the whole lines; how many bytes they have. */
  private static long parse(Path file, Consumer<Map<String, Object>> found) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      byte[] line = new byte[1 << 12];
      int length = 0;
      long start = 0;
      int number = 1;
      for (int read = in.read(); read >= 0; read = in.read()) {
        if (read == '\n') {
          String where = "%s, line %d (byte %d)".formatted(file, number++, start);
          found.accept(record(where, line, 0, length));
          start += length + 1L;
          length = 0;
        } else {
          if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
          }
          line[length++] = (byte) read;
        }
      }
      return start;
    }
  }

  /**
   * The record of a whole line.
   *
   * @param where what to call it in an error
   * @param bytes hold it
   * @param start of the line
   * @param end of the line, without its end
   * @throws RunException if it is damaged
   */
  public static Map<String, Object> record(String where, byte[] bytes, int start, int end) {
    int body = end - CRC_LENGTH;
    String tail =
        body < start ? "" : new String(bytes, body, CRC_LENGTH, StandardCharsets.ISO_8859_1);
    if (!tail.equals(crc(bytes, start, Math.max(0, body - start)))) {
      throw new RunException(
          "%s is damaged: its checksum does not fit. Put the file back from a copy, or delete that line: what it told is then computed again."
              .formatted(where));
    }
    Map<String, Object> record =
        Json.readObject(new String(bytes, start, end - start, StandardCharsets.UTF_8), where);
    record.remove("crc");
    return record;
  }

  private static String crc(byte[] bytes, int start, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, length);
    return CRC + "%08x\"}".formatted(crc.getValue());
  }

  /**
   * Keeps a record for good.
   *
   * @param record not empty, without a field "crc"
   */
  public synchronized void add(Map<String, ?> record) {
    byte[] json = Json.writeCompact(new LinkedHashMap<>(record)).getBytes(StandardCharsets.UTF_8);
    byte[] crc = (crc(json, 0, json.length - 1) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer line = ByteBuffer.allocate(json.length - 1 + crc.length);
    line.put(json, 0, json.length - 1).put(crc).flip();
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new RunException("cannot write %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
  }

  /** Whether a half-written last record was dropped when the log was opened. */
  public boolean torn() {
    return torn;
  }

  @Override
  public void close() {
    close(channel);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Every record is on the disk already.
    }
  }
}
