package dev.shallot.run;

import static dev.shallot.run.ModelFile.CHUNK;
import static dev.shallot.run.ModelFile.END;
import static dev.shallot.run.ModelFile.FOOTER;
import static dev.shallot.run.ModelFile.MAGIC;
import static dev.shallot.run.ModelFile.PROLOGUE;
import static dev.shallot.run.ModelFile.VERSION;
import static dev.shallot.run.ModelFile.buffer;
import static dev.shallot.run.ModelFile.crc;

import dev.shallot.TrainingException;
import dev.shallot.data.DataException;
import dev.shallot.data.Preprocessing;
import dev.shallot.network.Activation;
import dev.shallot.network.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** Reads one model file from its first byte to its last, see {@link ModelFile}. */
final class ModelReader {
  private final Path file;
  private final FileChannel channel;
  private final long size;

  ModelReader(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  Model read() throws IOException {
    Map<String, Object> header = Json.readObject(headerText(), file + " (header)");
    try {
      int width = number(header, "width").intValue();
      int features = number(header, "features").intValue();
      int outputs = number(header, "outputs").intValue();
      long expected = channel.position();
      for (long count : new long[] {(long) width * features, (long) width * outputs}) {
        expected += 2 * (16 + 8 * count);
      }
      checkLength(expected + FOOTER);
      double[] w = section("W   ", width * features);
      double[] a = section("a   ", width * outputs);
      double[] w0 = section("W0  ", width * features);
      double[] a0 = section("a0  ", width * outputs);
      footer();
      Activation phi = activation(header);
      double scale = number(header, "scale").doubleValue();
      double initialScale = number(header, "initialScale").doubleValue();
      return new Model(
          new Network(width, features, outputs, w, a, scale, phi),
          new Network(width, features, outputs, w0, a0, initialScale, phi),
          number(header, "factor").doubleValue(),
          Json.fromTree(part(header, "preprocessing"), Preprocessing.class),
          tree(header, "plan"),
          tree(header, "provenance"));
    } catch (TrainingException | DataException | tools.jackson.core.JacksonException e) {
      throw damaged(PROLOGUE, "its content does not fit together: " + e.getMessage());
    }
  }

  private String headerText() throws IOException {
    ByteBuffer prologue = buffer(PROLOGUE);
    fill(prologue, "prologue");
    for (int i = 0; i < MAGIC.length; i++) {
      if (prologue.get(i) != MAGIC[i]) {
        throw new RunException(
            "%s is not a Shallot model: byte %d is %02x, expected %02x."
                .formatted(file, i, prologue.get(i), MAGIC[i]));
      }
    }
    if (prologue.getInt(16) != crc(prologue, 16)) {
      throw damaged(0, "the checksum of the first 16 bytes does not fit");
    }
    int version = prologue.getInt(8);
    if (version < 1 || version > VERSION) {
      throw new RunException(
          "%s has model format version %d, but this program (%s) reads up to version %d: use a newer one."
              .formatted(file, version, ProgramVersion.text(), VERSION));
    }
    int length = prologue.getInt(12);
    if (length < 0 || PROLOGUE + (long) length + 4 > size) {
      throw cut(PROLOGUE + (long) length + 4);
    }
    ByteBuffer header = buffer(length + 4);
    fill(header, "header");
    if (header.getInt(length) != crc(header, length)) {
      throw damaged(PROLOGUE, "the checksum of the header does not fit");
    }
    byte[] text = new byte[length];
    header.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private double[] section(String name, int count) throws IOException {
    long start = channel.position();
    ByteBuffer head = buffer(12);
    fill(head, name.strip());
    CRC32C crc = new CRC32C();
    crc.update(head.duplicate());
    double[] numbers = new double[count];
    ByteBuffer buffer = buffer(CHUNK);
    for (int from = 0; from < count; ) {
      buffer.clear().limit(8 * Math.min(CHUNK / 8, count - from));
      fill(buffer, name.strip());
      crc.update(buffer.duplicate());
      int read = buffer.remaining() / 8;
      buffer.asDoubleBuffer().get(numbers, from, read);
      from += read;
    }
    ByteBuffer sum = buffer(4);
    fill(sum, name.strip());
    byte[] expected = name.getBytes(StandardCharsets.US_ASCII);
    boolean named = ByteBuffer.wrap(expected).equals(head.slice(0, 4)) && head.getLong(4) == count;
    if (!named || sum.getInt(0) != (int) crc.getValue()) {
      throw damaged(start, "the checksum of section %s does not fit".formatted(name.strip()));
    }
    return numbers;
  }

  private void footer() throws IOException {
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

  private void checkLength(long expected) {
    if (size < expected) {
      throw cut(expected);
    }
    if (size > expected) {
      throw damaged(expected, "%d bytes follow its end".formatted(size - expected));
    }
  }

  private RunException cut(long expected) {
    return damaged(
        size, "it is cut short: %d bytes are there, %d expected".formatted(size, expected));
  }

  private RunException damaged(long offset, String cause) {
    return new RunException(
        "the model %s is damaged at byte %d: %s; use a copy, or train again."
            .formatted(file, offset, cause));
  }

  private Object part(Map<String, Object> header, String name) {
    Object part = header.get(name);
    if (part == null) {
      throw damaged(PROLOGUE, "the header has no \"%s\"".formatted(name));
    }
    return part;
  }

  /** ReLU where the header names none. */
  private Activation activation(Map<String, Object> header) {
    Object word = header.getOrDefault("activation", "relu");
    for (Activation activation : Activation.values()) {
      if (ModelFile.word(activation).equals(word)) {
        return activation;
      }
    }
    throw damaged(PROLOGUE, "\"activation\" in the header is \"%s\"".formatted(word));
  }

  private Number number(Map<String, Object> header, String name) {
    if (part(header, name) instanceof Number number) {
      return number;
    }
    throw damaged(PROLOGUE, "\"%s\" in the header is no number".formatted(name));
  }

  private Map<String, Object> tree(Map<String, Object> header, String name) {
    if (part(header, name) instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        copy.put(String.valueOf(entry.getKey()), entry.getValue());
      }
      return copy;
    }
    throw damaged(PROLOGUE, "\"%s\" in the header is no object".formatted(name));
  }
}
