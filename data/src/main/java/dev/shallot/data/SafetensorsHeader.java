package dev.shallot.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads the header of a safetensors file; whatever is wrong is told with its byte in the file. */
final class SafetensorsHeader {
  private static final String METADATA = "__metadata__";
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final int start;
  private final JsonParser parser;
  private final SequencedMap<String, TensorEntry> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsHeader(String file, int start, byte[] json) {
    this.file = file;
    this.start = start;
    this.parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), json);
  }

  /**
   * Reads a header.
   *
   * @param file for messages
   * @param start the byte at which the header begins
   * @param json the header
   * @param dataBytes how many bytes follow it
   * @throws DataException if it is malformed or speaks of other data
   */
  static SafetensorsHeader read(String file, int start, byte[] json, long dataBytes) {
    if (json[0] != '{') {
      throw malformed(file, start, "the header begins with byte %d, not with {".formatted(json[0]));
    }
    SafetensorsHeader header = new SafetensorsHeader(file, start, json);
    header.parse();
    header.checkData(dataBytes, start + json.length);
    return header;
  }

  static DataException malformed(String file, long offset, String cause) {
    return new DataException(
        "the safetensors file %s is malformed at byte %d: %s".formatted(file, offset, cause));
  }

  /** The tensors, in the header's order. */
  SequencedMap<String, TensorEntry> tensors() {
    return tensors;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  private void parse() {
    try (parser) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        long offset = here();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw bad("\"%s\" must be an object".formatted(name));
        }
        if (name.equals(METADATA)) {
          readMetadata();
        } else {
          tensors.put(name, entry(name, offset));
        }
      }
      if (parser.nextToken() != null) {
        throw bad("something follows the header's closing brace");
      }
    } catch (JacksonException e) {
      long offset = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
      throw malformed(file, start + offset, "the header is no JSON: " + e.getOriginalMessage());
    }
  }

  private long here() {
    return start + parser.currentTokenLocation().getByteOffset();
  }

  private DataException bad(String cause) {
    return malformed(file, here(), cause);
  }

  private void readMetadata() {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        throw bad("\"%s\" in %s must be a text".formatted(key, METADATA));
      }
      metadata.put(key, parser.getString());
    }
  }

  private TensorEntry entry(String name, long offset) {
    Optional<TensorType> type = Optional.empty();
    Optional<List<Long>> shape = Optional.empty();
    Optional<List<Long>> range = Optional.empty();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "dtype" -> type = Optional.of(type(name));
        case "shape" -> shape = Optional.of(numbers(name, key));
        case "data_offsets" -> range = Optional.of(numbers(name, key));
        default -> throw bad("tensor \"%s\" has an unknown key \"%s\"".formatted(name, key));
      }
    }
    if (type.isEmpty() || shape.isEmpty() || range.isEmpty()) {
      String missing = type.isEmpty() ? "dtype" : shape.isEmpty() ? "shape" : "data_offsets";
      throw malformed(file, offset, "tensor \"%s\" has no \"%s\"".formatted(name, missing));
    }
    if (range.get().size() != 2) {
      throw malformed(
          file,
          offset,
          "data_offsets of tensor \"%s\" must be two numbers, but are %s"
              .formatted(name, range.get()));
    }
    TensorEntry entry =
        new TensorEntry(
            name, type.get(), shape.get(), range.get().get(0), range.get().get(1), offset);
    checkSize(entry);
    return entry;
  }

  private TensorType type(String name) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw bad("dtype of tensor \"%s\" must be a text".formatted(name));
    }
    String word = parser.getString();
    return TensorType.of(word)
        .orElseThrow(() -> bad("tensor \"%s\" has the unknown dtype \"%s\"".formatted(name, word)));
  }

  private List<Long> numbers(String name, String key) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw bad("%s of tensor \"%s\" must be a list of whole numbers".formatted(key, name));
    }
    List<Long> numbers = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
      if (!whole || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw bad(
            "%s of tensor \"%s\" must be whole numbers below 2^63, but one is %s"
                .formatted(key, name, parser.getString()));
      }
      if (parser.getLongValue() < 0) {
        throw bad("%s of tensor \"%s\" has %d in it".formatted(key, name, parser.getLongValue()));
      }
      numbers.add(parser.getLongValue());
    }
    return numbers;
  }

  private void checkSize(TensorEntry entry) {
    long bytes = entry.type().bytes();
    try {
      for (long length : entry.shape()) {
        bytes = Math.multiplyExact(bytes, length);
      }
    } catch (ArithmeticException e) {
      throw malformed(
          file,
          entry.offset(),
          "tensor \"%s\" of shape %s is larger than any file"
              .formatted(entry.name(), entry.shape()));
    }
    if (entry.begin() > entry.end() || entry.end() - entry.begin() != bytes) {
      throw malformed(
          file,
          entry.offset(),
          "tensor \"%s\" (%s, shape %s) needs %d bytes, but its data_offsets are %d to %d"
              .formatted(
                  entry.name(), entry.type(), entry.shape(), bytes, entry.begin(), entry.end()));
    }
  }

  /** Tensors must fill the data from its first byte to its last, without holes or overlaps. */
  private void checkData(long dataBytes, long dataStart) {
    List<TensorEntry> sorted = new ArrayList<>(tensors.values());
    sorted.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    long at = 0;
    for (TensorEntry entry : sorted) {
      if (entry.end() > dataBytes) {
        throw malformed(
            file,
            dataStart + dataBytes,
            "it is cut short: tensor \"%s\" ends %d bytes after the header, but only %d are there"
                .formatted(entry.name(), entry.end(), dataBytes));
      }
      if (entry.begin() != at) {
        throw malformed(
            file,
            entry.offset(),
            "tensor \"%s\" begins at data byte %d, but %s"
                .formatted(
                    entry.name(),
                    entry.begin(),
                    entry.begin() < at
                        ? "the one before it ends at " + at
                        : "nothing fills the bytes from " + at));
      }
      at = entry.end();
    }
    if (at != dataBytes) {
      throw malformed(
          file, dataStart + at, "%d bytes follow the last tensor".formatted(dataBytes - at));
    }
  }

  /** The header's JSON of these tensors, padded so that the data begins at a multiple of 8. */
  static byte[] write(List<TensorEntry> entries, Map<String, String> metadata) {
    java.io.StringWriter text = new java.io.StringWriter();
    try (var out = JSON.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      if (!metadata.isEmpty()) {
        out.writeName(METADATA);
        out.writeStartObject();
        metadata.forEach(out::writeStringProperty);
        out.writeEndObject();
      }
      for (TensorEntry entry : entries) {
        out.writeName(entry.name());
        out.writeStartObject();
        out.writeStringProperty("dtype", entry.type().name());
        out.writeName("shape");
        array(out, entry.shape());
        out.writeName("data_offsets");
        array(out, List.of(entry.begin(), entry.end()));
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = java.util.Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    java.util.Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void array(tools.jackson.core.JsonGenerator out, List<Long> numbers) {
    out.writeStartArray();
    numbers.forEach(out::writeNumber);
    out.writeEndArray();
  }
}
