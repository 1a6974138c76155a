package dev.shallot.kernel;

import dev.shallot.TheoryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The bytes of a kernel file, all numbers little-endian.
 *
 * <table>
 * <caption>Header, 4,096 bytes</caption>
 * <tr><td>0</td><td>the eight letters SHKERNEL</td></tr>
 * <tr><td>8</td><td>version, int: 1</td></tr>
 * <tr><td>12</td><td>tile size T, int</td></tr>
 * <tr><td>16</td><td>samples n, int</td></tr>
 * <tr><td>20</td><td>outputs c, int</td></tr>
 * <tr><td>24</td><td>length of the label in bytes, int, then the label in UTF-8</td></tr>
 * <tr><td>4088</td><td>CRC-32C of all before, long</td></tr>
 * </table>
 *
 * <p>Tiles follow without gaps, for each pair of outputs o &lt;= p (p running faster), for each
 * column of tiles, for each row of tiles up to the diagonal: T x T doubles, row-major, zero past
 * the last sample, then their CRC-32C as a long.
 *
 * @param samples n
 * @param outputs c
 * @param tile T, a multiple of {@link Tile#SIZE}
 * @param label for people
 */
record KernelFileLayout(int samples, int outputs, int tile, String label) {
  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  static final int HEADER = 4096;
  static final int LONGEST_LABEL = 1024;

  /** Two megabytes a tile: long reads, and a few of them fit into the cache. */
  static final int TILE = 512;

  private static final int VERSION = 1;
  private static final byte[] MAGIC = "SHKERNEL".getBytes(StandardCharsets.US_ASCII);
  private static final int LABEL_AT = 28;
  private static final int CHECKSUM_AT = HEADER - Long.BYTES;
  private static final int LARGEST_TILE = 8192;

  static KernelFileLayout of(int samples, int outputs, int tile, String label) {
    int length = label.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_LABEL) {
      throw new TheoryException(
          "the label of a kernel file has at most %d bytes, but got %d"
              .formatted(LONGEST_LABEL, length));
    }
    return new KernelFileLayout(samples, outputs, tile, label);
  }

  /** Tiles side by side. */
  int side() {
    return (samples + tile - 1) / tile;
  }

  /** Samples of a tile's side: less at the end. */
  int size(int index) {
    return Math.min(tile, samples - index * tile);
  }

  /** Bytes of a tile with its checksum. */
  int tileBytes() {
    return tile * tile * Double.BYTES + Long.BYTES;
  }

  private long tilesOfPair() {
    return (long) side() * (side() + 1) / 2;
  }

  /** Bytes of the file. */
  long length() {
    return HEADER + (long) outputs * (outputs + 1) / 2 * tilesOfPair() * tileBytes();
  }

  /** Where a tile starts. */
  long offset(int o, int p, int row, int column) {
    if (o < 0 || p < o || p >= outputs || row < 0 || column < row || column >= side()) {
      throw new TheoryException(
          "a kernel file of %d outputs and %d x %d tiles holds tiles of outputs o <= p and row <= column, but got outputs %d and %d, row %d, column %d"
              .formatted(outputs, side(), side(), o, p, row, column));
    }
    long pair = (long) o * outputs - (long) o * (o - 1) / 2 + (p - o);
    long index = pair * tilesOfPair() + (long) column * (column + 1) / 2 + row;
    return HEADER + index * tileBytes();
  }

  /** The header's bytes. */
  byte[] header() {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER).order(ORDER);
    byte[] text = label.getBytes(StandardCharsets.UTF_8);
    bytes.put(MAGIC).putInt(VERSION).putInt(tile).putInt(samples).putInt(outputs);
    bytes.putInt(text.length).put(text);
    bytes.putLong(CHECKSUM_AT, checksum(bytes.array()));
    return bytes.array();
  }

  private static long checksum(byte[] header) {
    CRC32C checksum = new CRC32C();
    checksum.update(header, 0, CHECKSUM_AT);
    return checksum.getValue();
  }

  /**
   * Reads a header.
   *
   * @param file for messages
   * @param header {@link #HEADER} bytes
   * @param read how many of them the file had
   */
  static KernelFileLayout parse(Path file, byte[] header, int read) {
    if (read < MAGIC.length || !Arrays.equals(Arrays.copyOf(header, MAGIC.length), MAGIC)) {
      throw new TheoryException(
          "%s is no kernel file: it does not begin with the letters SHKERNEL".formatted(file));
    }
    ByteBuffer bytes = ByteBuffer.wrap(header).order(ORDER);
    int version = bytes.getInt(MAGIC.length);
    if (version != VERSION) {
      throw new TheoryException(
          "%s is a kernel file of version %d, but this program reads version %d"
              .formatted(file, version, VERSION));
    }
    if (read < HEADER || bytes.getLong(CHECKSUM_AT) != checksum(header)) {
      throw new TheoryException(
          "%s is damaged at byte 0: its header does not have its checksum; compute it again"
              .formatted(file));
    }
    int tile = bytes.getInt(12);
    int samples = bytes.getInt(16);
    int outputs = bytes.getInt(20);
    int length = bytes.getInt(24);
    boolean usable =
        tile > 0
            && tile <= LARGEST_TILE
            && tile % Tile.SIZE == 0
            && samples > 0
            && outputs > 0
            && (long) samples * outputs <= Integer.MAX_VALUE
            && length >= 0
            && length <= LONGEST_LABEL;
    if (!usable) {
      throw new TheoryException(
          "%s is damaged at byte 12: tile size %d, %d samples and %d outputs make no kernel"
              .formatted(file, tile, samples, outputs));
    }
    String label = new String(header, LABEL_AT, length, StandardCharsets.UTF_8);
    return new KernelFileLayout(samples, outputs, tile, label);
  }
}
