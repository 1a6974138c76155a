package dev.shallot.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Files of named arrays in the safetensors format: 8 bytes with the length of the header (unsigned,
 * little-endian), the header in JSON, then the numbers, row-major and little-endian, one array
 * behind the other. Nothing in such a file can be run.
 *
 * <p>Source: github.com/huggingface/safetensors, "Format". As its own reader does, this one refuses
 * a header of more than 100 MB, duplicate names, and data that is not filled from end to end.
 */
public final class Safetensors {
  private static final int PROLOGUE = 8;
  private static final long LONGEST_HEADER = 100_000_000;
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final SafetensorsHeader header;
  private final long dataStart;

  private Safetensors(Path file, SafetensorsHeader header, long dataStart) {
    this.file = file;
    this.header = header;
    this.dataStart = dataStart;
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws DataException if it is not there, or malformed, with the byte and the cause
   */
  public static Safetensors open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DataException("there is no file " + file);
    }
    String name = file.toString();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < PROLOGUE) {
        throw SafetensorsHeader.malformed(
            name, size, "it is cut short: a file begins with 8 bytes, this has " + size);
      }
      long length = read(channel, 0, PROLOGUE, name).getLong(0);
      if (length < 2 || length > LONGEST_HEADER) {
        throw SafetensorsHeader.malformed(
            name,
            0,
            "a header of %s bytes; 2 to %d are allowed, so it is no safetensors file"
                .formatted(Long.toUnsignedString(length), LONGEST_HEADER));
      }
      if (length > size - PROLOGUE) {
        throw SafetensorsHeader.malformed(
            name,
            size,
            "it is cut short: the header has %d bytes, of which %d are there"
                .formatted(length, size - PROLOGUE));
      }
      byte[] json = read(channel, PROLOGUE, (int) length, name).array();
      long dataStart = PROLOGUE + length;
      return new Safetensors(
          file, SafetensorsHeader.read(name, PROLOGUE, json, size - dataStart), dataStart);
    } catch (IOException e) {
      throw FileSource.unreadable(file, e);
    }
  }

  private static ByteBuffer read(FileChannel channel, long from, int count, String name)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw SafetensorsHeader.malformed(
            name, from + buffer.position(), "it became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  /** The arrays' names, in the header's order. */
  public List<String> names() {
    return List.copyOf(header.tensors().keySet());
  }

  /** Texts that the writer left for readers, the header's {@code __metadata__}. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /** The shape of an array. */
  public List<Long> shape(String name) {
    return entry(name).shape();
  }

  private TensorEntry entry(String name) {
    TensorEntry entry = header.tensors().get(name);
    if (entry == null) {
      throw new DataException(
          "%s has no array '%s'; it has %s".formatted(file, name, header.tensors().keySet()));
    }
    return entry;
  }

  /**
   * Reads an array: F64 as {@code double[]}, F32, F16 and BF16 as {@code float[]}, U8 and BOOL as
   * {@code byte[]}, other whole numbers as {@code long[]}.
   *
   * @throws DataException if there is none of this name, its number type is not read here, or it is
   *     larger than a Java array
   */
  public NpyArray array(String name) {
    TensorEntry entry = entry(name);
    TensorType type = entry.type();
    if (!type.readable()) {
      throw new DataException(
          "array '%s' in %s is of type %s, which is not read here: convert it to F32"
              .formatted(name, file, type));
    }
    long count = (entry.end() - entry.begin()) / type.bytes();
    if (count > Integer.MAX_VALUE - 64) {
      throw new DataException(
          "array '%s' in %s has %d numbers, more than one array holds"
              .formatted(name, file, count));
    }
    Object numbers = type.array((int) count);
    int chunk = CHUNK / type.bytes();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int at = 0; at < count; at += chunk) {
        int some = (int) Math.min(chunk, count - at);
        long from = dataStart + entry.begin() + (long) at * type.bytes();
        type.read(read(channel, from, some * type.bytes(), file.toString()), numbers, at, some);
      }
    } catch (IOException e) {
      throw FileSource.unreadable(file, e);
    }
    // Each length is at most the count of numbers, or the array is empty.
    int[] shape =
        entry.shape().stream().mapToInt(l -> (int) Math.min(l, Integer.MAX_VALUE)).toArray();
    return new NpyArray(shape, numbers);
  }

  /**
   * Writes a new file, whole or not at all; equal arrays give equal bytes.
   *
   * @param arrays of {@code double[]} or {@code float[]}, by name
   * @param metadata texts for readers
   * @param single whether {@code double[]} are written as F32
   * @throws DataException if the file exists or cannot be written
   */
  public static void write(
      Path file,
      SequencedMap<String, NpyArray> arrays,
      Map<String, String> metadata,
      boolean single) {
    List<TensorEntry> entries = new ArrayList<>();
    long at = 0;
    for (Map.Entry<String, NpyArray> named : arrays.entrySet()) {
      NpyArray array = named.getValue();
      TensorType type = single || array.data() instanceof float[] ? TensorType.F32 : TensorType.F64;
      long end = at + (long) array.size() * type.bytes();
      List<Long> shape = java.util.Arrays.stream(array.shape()).asLongStream().boxed().toList();
      entries.add(new TensorEntry(named.getKey(), type, shape, at, end, 0));
      at = end;
    }
    byte[] json = SafetensorsHeader.write(entries, metadata);
    AtomicFile.create(
        file,
        out -> {
          ByteBuffer length = ByteBuffer.allocate(PROLOGUE).order(ByteOrder.LITTLE_ENDIAN);
          out.write(length.putLong(json.length).array());
          out.write(json);
          for (TensorEntry entry : entries) {
            NpyArray array = arrays.get(entry.name());
            if (array != null) {
              write(array.toDoubles(), entry.type() == TensorType.F32, out);
            }
          }
        });
  }

  private static void write(double[] numbers, boolean single, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (double number : numbers) {
      if (single) {
        buffer.putFloat((float) number);
      } else {
        buffer.putDouble(number);
      }
      if (!buffer.hasRemaining()) {
        out.write(buffer.array());
        buffer.clear();
      }
    }
    out.write(buffer.array(), 0, buffer.position());
  }
}
