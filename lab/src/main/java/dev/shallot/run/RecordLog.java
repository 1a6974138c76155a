package dev.shallot.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final List<Map<String, Object>> found;
  private final boolean torn;

  private RecordLog(Path file, FileChannel channel, List<Map<String, Object>> found, boolean torn) {
    this.file = file;
    this.channel = channel;
    this.found = found;
    this.torn = torn;
  }

  /**
   * Opens a log for writing, or starts it.
   *
   * @throws RunException if a line is damaged, or another process has the log open
   */
  public static RecordLog open(Path file) {
    FileChannel channel = openChannel(file);
    try {
      byte[] bytes = Files.readAllBytes(file);
      List<Map<String, Object>> records = parse(file, bytes);
      int whole = wholeLength(bytes);
      if (whole < bytes.length) {
        channel.truncate(whole);
        channel.force(true);
      }
      channel.position(whole);
      return new RecordLog(file, channel, records, whole < bytes.length);
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
   * The records of a log as it stands, without what is torn; nothing is changed. Empty if there is
   * no such file.
   *
   * @throws RunException if a line is damaged
   */
  public static List<Map<String, Object>> read(Path file) {
    try {
      return Files.exists(file) ? parse(file, Files.readAllBytes(file)) : List.of();
    } catch (IOException e) {
      throw new RunException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
  }

  private static int wholeLength(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static List<Map<String, Object>> parse(Path file, byte[] bytes) {
    List<Map<String, Object>> records = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < wholeLength(bytes); i++) {
      if (bytes[i] == '\n') {
        records.add(record(file, records.size() + 1, bytes, start, i));
        start = i + 1;
      }
    }
    return records;
  }

  /**
   * The record of a whole line.
   *
   * @param file what to call it in an error
   * @param line its number, from 1
   * @param bytes hold it
   * @param start of the line
   * @param end of the line, without its end
   * @throws RunException if it is damaged
   */
  public static Map<String, Object> record(Path file, int line, byte[] bytes, int start, int end) {
    String where = "%s, line %d (byte %d)".formatted(file, line, start);
    int body = end - CRC_LENGTH;
    String tail =
        body < start ? "" : new String(bytes, body, CRC_LENGTH, StandardCharsets.ISO_8859_1);
    if (!tail.equals(crc(bytes, start, body - start))) {
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
    crc.update(bytes, start, Math.max(0, length));
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

  /** The records that were there when the log was opened, in order. */
  public List<Map<String, Object>> found() {
    return found;
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
