package dev.shallot.run;

import dev.shallot.network.Activation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes and reads {@code model.shallot}. All numbers are little-endian:
 *
 * <pre>
 * 0    8 bytes   magic: 89 "SHALOT" 0A (a text transfer would break the first or the last byte)
 * 8    int       format version
 * 12   int       length H of the header
 * 16   int       CRC32C of bytes 0 .. 15
 * 20   H bytes   header, JSON: shapes, scale, factor, activation unless relu, preprocessing, plan, provenance
 *      int       CRC32C of the header
 * then four sections, W (m x d), a (m x c), W0 (m x d), a0 (m x c):
 *      4 bytes   name, filled with blanks
 *      long      count of numbers
 *      8 * count float64, row-major
 *      int       CRC32C of name, count and numbers
 * then the footer:
 *      long      length of the whole file
 *      4 bytes   "END" 0A
 *      int       CRC32C of the length and "END" 0A
 * </pre>
 *
 * Every byte is under a checksum, so a model that opens is the model that was written. Nothing in
 * the file is run or named as a class.
 */
public final class ModelFile {
  /**
   * The newest format version that is known here. Version 2 has an activation in its header; a ReLU
   * network is still written as version 1, which has none.
   */
  public static final int VERSION = 2;

  private static final int WITHOUT_ACTIVATION = 1;

  static final byte[] MAGIC = {(byte) 0x89, 'S', 'H', 'A', 'L', 'O', 'T', '\n'};
  static final byte[] END = {'E', 'N', 'D', '\n'};
  static final int PROLOGUE = 20;
  static final int FOOTER = 16;
  static final int CHUNK = 1 << 16;

  private ModelFile() {}

  /** Writes or replaces a model, whole or not at all. */
  public static void write(Path file, Model model) {
    byte[] header = Json.writeCompact(header(model)).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer prologue = buffer(PROLOGUE);
          boolean relu = model.network().activation() == Activation.RELU;
          int version = relu ? WITHOUT_ACTIVATION : VERSION;
          prologue.put(MAGIC).putInt(version).putInt(header.length);
          prologue.putInt(crc(prologue, 16));
          put(channel, prologue.flip());
          ByteBuffer head = buffer(header.length + 4).put(header);
          put(channel, head.putInt(crc(head, header.length)).flip());
          section(channel, "W   ", model.network().hiddenWeights());
          section(channel, "a   ", model.network().outputWeights());
          section(channel, "W0  ", model.initial().hiddenWeights());
          section(channel, "a0  ", model.initial().outputWeights());
          ByteBuffer footer = buffer(FOOTER);
          footer.putLong(channel.position() + FOOTER).put(END);
          put(channel, footer.putInt(crc(footer, 12)).flip());
        });
  }

  private static Map<String, Object> header(Model model) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("width", model.network().width());
    header.put("features", model.network().features());
    header.put("outputs", model.network().outputs());
    header.put("scale", model.network().scale());
    header.put("initialScale", model.initial().scale());
    header.put("factor", model.factor());
    if (model.network().activation() != Activation.RELU) {
      header.put("activation", word(model.network().activation()));
    }
    header.put("preprocessing", Json.toTree(model.preprocessing()));
    header.put("plan", model.plan());
    header.put("provenance", model.provenance());
    return header;
  }

  static String word(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  private static void section(FileChannel channel, String name, double[] numbers)
      throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = buffer(CHUNK);
    buffer.put(name.getBytes(StandardCharsets.US_ASCII)).putLong(numbers.length);
    for (int from = 0; from < numbers.length; ) {
      int count = Math.min(buffer.remaining() / 8, numbers.length - from);
      buffer.asDoubleBuffer().put(numbers, from, count);
      buffer.position(buffer.position() + 8 * count);
      from += count;
      drain(channel, buffer, crc);
    }
    buffer.putInt((int) crc.getValue());
    put(channel, buffer.flip());
  }

  private static void drain(FileChannel channel, ByteBuffer buffer, CRC32C crc) throws IOException {
    buffer.flip();
    crc.update(buffer.duplicate());
    put(channel, buffer);
    buffer.clear();
  }

  private static void put(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int crc(ByteBuffer buffer, int length) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(0, length));
    return (int) crc.getValue();
  }

  /**
   * Reads a model.
   *
   * @throws RunException if the file is absent, no model, damaged (with the offset), or of a newer
   *     version
   */
  public static Model read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new RunException("there is no model file %s.".formatted(file));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new ModelReader(file, channel, channel.size()).read();
    } catch (IOException e) {
      throw new RunException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
  }
}
