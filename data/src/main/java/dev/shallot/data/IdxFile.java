package dev.shallot.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The IDX files that MNIST and its relatives are published as, plain or gzipped: two zero bytes, a
 * byte for the number type (8: unsigned bytes, the only one read here), a byte for the number of
 * axes, each axis' length in four bytes, big end first, then the numbers, row-major.
 */
public final class IdxFile {
  private static final int UNSIGNED_BYTES = 8;

  private IdxFile() {}

  /**
   * Reads a file.
   *
   * @return its numbers as {@code byte[]}
   * @throws DataException naming the file, the offset and what was expected there
   */
  public static NpyArray read(Path file) {
    FileSource source = FileSource.open(file);
    boolean packed = source.startsWith(0x1F, 0x8B);
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in =
            new DataInputStream(
                new BufferedInputStream(packed ? new GZIPInputStream(raw) : raw, 1 << 16))) {
      return read(file, in);
    } catch (ZipException e) {
      throw new DataException(file + " is damaged: " + Causes.of(e), e);
    } catch (EOFException e) {
      throw new DataException(file + " ends within its header or is cut short", e);
    } catch (IOException e) {
      throw FileSource.unreadable(file, e);
    }
  }

  /**
   * SHA-256 of the file, unpacked, that would hold an array.
   *
   * @param shape one to three axes
   * @param numbers row-major, as many as the axes say
   */
  public static String sha256(int[] shape, byte[] numbers) {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * shape.length);
    header.putShort((short) 0).put((byte) UNSIGNED_BYTES).put((byte) shape.length);
    for (int length : shape) {
      header.putInt(length);
    }
    MessageDigest digest = Sha256.begin();
    digest.update(header.array());
    digest.update(numbers);
    return Sha256.hex(digest);
  }

  private static NpyArray read(Path file, DataInputStream in) throws IOException {
    int zeros = in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int axes = in.readUnsignedByte();
    if (zeros != 0 || type != UNSIGNED_BYTES || axes < 1 || axes > 3) {
      throw new DataException(
          "%s is no IDX file of unsigned bytes: it must begin with 00 00 08 and one to three axes, but begins with %02x %02x %02x %02x"
              .formatted(file, zeros >>> 8, zeros & 0xFF, type, axes));
    }
    int[] shape = new int[axes];
    long size = 1;
    for (int a = 0; a < axes; a++) {
      shape[a] = in.readInt();
      if (shape[a] < 1 || (size *= shape[a]) > Integer.MAX_VALUE - 8) {
        throw new DataException(
            "%s: the axes %s at offset 4 are no size of an array that fits"
                .formatted(file, Arrays.toString(Arrays.copyOf(shape, a + 1))));
      }
    }
    byte[] numbers = in.readNBytes((int) size);
    int header = 4 + 4 * axes;
    if (numbers.length < size) {
      throw new DataException(
          "%s is cut short: its header announces %d bytes of numbers, but they end at offset %d"
              .formatted(file, size, header + numbers.length));
    }
    if (in.read() >= 0) {
      throw new DataException(
          "%s goes on at offset %d, where its header says it ends"
              .formatted(file, header + numbers.length));
    }
    return new NpyArray(shape, numbers);
  }
}
