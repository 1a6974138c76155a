package dev.shallot.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir Path folder = Path.of("");

  /** A file put together by hand from the format's description. */
  private Path file(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).put(data);
    return Files.write(folder.resolve("f.safetensors"), bytes.array());
  }

  private String refusal(String header, int dataBytes) throws IOException {
    Path file = file(header, new byte[dataBytes]);
    return refusal(file);
  }

  private static String refusal(Path file) {
    return String.valueOf(
        assertThrows(DataException.class, () -> Safetensors.open(file)).getMessage());
  }

  private static String tensor(String type, String shape, int begin, int end) {
    return "{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
        .formatted(type, shape, begin, end);
  }

  @Test
  void everyNumberTypeIsRead() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(-1.5).putFloat(0.25f);
    // 1.5 in float16 is 0 01111 1000000000, in bfloat16 0 01111111 1000000.
    data.putShort((short) 0x3E00).putShort((short) 0x3FC0);
    data.putLong(-7).putInt(-8).putShort((short) -9).put((byte) -10).put((byte) 200);
    data.putInt(-1).putShort((short) -1).put((byte) 1).put((byte) 0);
    String header =
        "{"
            + String.join(
                ",",
                "\"f64\":" + tensor("F64", "", 0, 8),
                "\"f32\":" + tensor("F32", "1,1", 8, 12),
                "\"f16\":" + tensor("F16", "1", 12, 14),
                "\"bf16\":" + tensor("BF16", "1", 14, 16),
                "\"i64\":" + tensor("I64", "1", 16, 24),
                "\"i32\":" + tensor("I32", "1", 24, 28),
                "\"i16\":" + tensor("I16", "1", 28, 30),
                "\"i8\":" + tensor("I8", "1", 30, 31),
                "\"u8\":" + tensor("U8", "1", 31, 32),
                "\"u32\":" + tensor("U32", "1", 32, 36),
                "\"u16\":" + tensor("U16", "1", 36, 38),
                "\"bool\":" + tensor("BOOL", "2", 38, 40),
                "\"none\":" + tensor("F32", "0,3", 40, 40),
                "\"__metadata__\":{\"k\":\"v\"}")
            + "}   ";
    Safetensors read = Safetensors.open(file(header, data.array()));
    assertEquals(Map.of("k", "v"), read.metadata());
    Map<String, Double> expected =
        Map.of(
            "f64",
            -1.5,
            "f32",
            0.25,
            "f16",
            1.5,
            "bf16",
            1.5,
            "i64",
            -7.0,
            "i32",
            -8.0,
            "i16",
            -9.0,
            "i8",
            -10.0,
            "u8",
            200.0,
            "u32",
            4294967295.0);
    expected.forEach(
        (name, value) -> assertEquals(value, read.array(name).toDoubles()[0], 0.0, name));
    assertEquals(65535.0, read.array("u16").toDoubles()[0]);
    assertArrayEquals(new double[] {1, 0}, read.array("bool").toDoubles());
    assertArrayEquals(new int[] {0, 3}, read.array("none").shape());
    assertArrayEquals(new int[] {1, 1}, read.array("f32").shape());
    assertArrayEquals(new int[0], read.array("f64").shape());
    assertThrows(DataException.class, () -> read.array("absent"));
  }

  @Test
  void whatIsWrittenIsReadAndAligned() throws IOException {
    double[] numbers = new double[20_011];
    Arrays.setAll(numbers, i -> Math.sin(i));
    LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("\"odd\" näme", NpyArray.vector(numbers));
    arrays.put("m", NpyArray.matrix(2, 3, new double[] {1, 2, 3, 4, 5, 6}));
    Map<String, String> texts = Map.of("a", "line\nbreak");
    for (boolean single : new boolean[] {false, true}) {
      Path file = folder.resolve("w" + single + ".safetensors");
      Safetensors.write(file, arrays, texts, single);
      Safetensors read = Safetensors.open(file);
      assertEquals(texts, read.metadata());
      assertEquals(List.copyOf(arrays.keySet()), read.names());
      double[] again = read.array("\"odd\" näme").toDoubles();
      for (int i = 0; i < numbers.length; i++) {
        assertEquals(single ? (float) numbers[i] : numbers[i], again[i]);
      }
      assertEquals(List.of(2L, 3L), read.shape("m"));
      long length =
          ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
      assertEquals(0, length % 8);
      assertEquals(8 + length + (numbers.length + 6L) * (single ? 4 : 8), Files.size(file));
      assertThrows(DataException.class, () -> Safetensors.write(file, arrays, texts, single));
    }
  }

  /** Header, bytes of data, where and what the refusal must say. */
  private record Wrong(String header, int data, String where, String cause) {}

  @Test
  void everyMalformedHeaderIsRefusedWithItsPlaceAndCause() throws IOException {
    String good = tensor("F32", "1", 0, 4);
    List<Wrong> all =
        List.of(
            new Wrong("[1]", 0, "byte 8", "not with {"),
            new Wrong(" {}", 0, "byte 8", "begins with byte 32"),
            new Wrong("{\"a\":" + good, 4, "byte", "no JSON"),
            new Wrong("{\"a\" " + good + "}", 4, "byte 13", "no JSON"),
            new Wrong("{} x", 0, "byte 11", "no JSON"),
            new Wrong("{} {}", 0, "byte 11", "follows the header's closing brace"),
            new Wrong("{\"a\":3}", 0, "byte 13", "must be an object"),
            new Wrong("{\"a\":" + good + ",\"a\":" + good + "}", 4, "byte 65", "uplicate"),
            new Wrong("{\"__metadata__\":{\"k\":1}}", 0, "byte 29", "must be a text"),
            new Wrong("{\"__metadata__\":\"k\"}", 0, "byte 24", "must be an object"),
            new Wrong("{\"a\":{\"shape\":[],\"data_offsets\":[0,4]}}", 4, "byte 9", "no \"dtype\""),
            new Wrong("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4, "byte 9", "shape"),
            new Wrong("{\"a\":{\"dtype\":\"F32\",\"shape\":[]}}", 4, "byte 9", "data_offsets"),
            new Wrong("{\"a\":{\"dtype\":32}}", 0, "byte 22", "must be a text"),
            new Wrong("{\"a\":{\"dtype\":\"F33\"}}", 0, "byte 22", "unknown dtype \"F33\""),
            new Wrong("{\"a\":{\"color\":1}}", 0, "byte 22", "unknown key \"color\""),
            new Wrong("{\"a\":{\"shape\":4}}", 0, "byte 22", "list of whole numbers"),
            new Wrong("{\"a\":{\"shape\":[1.5]}}", 0, "byte 23", "one is 1.5"),
            new Wrong("{\"a\":{\"shape\":[\"1\"]}}", 0, "byte 23", "whole numbers"),
            new Wrong("{\"a\":{\"shape\":[-1]}}", 0, "byte 23", "has -1"),
            new Wrong("{\"a\":{\"shape\":[9223372036854775808]}}", 0, "byte 23", "below 2^63"),
            new Wrong(
                "{\"a\":" + tensor("F32", "4294967296,4294967296", 0, 4) + "}",
                4,
                "byte 9",
                "larger than any file"),
            new Wrong("{\"a\":" + tensor("F32", "2", 0, 4) + "}", 4, "byte 9", "needs 8 bytes"),
            new Wrong("{\"a\":" + tensor("F32", "1", 4, 0) + "}", 4, "byte 9", "are 4 to 0"),
            new Wrong(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[4]}}",
                4,
                "byte 9",
                "two numbers"),
            new Wrong("{\"a\":" + tensor("F32", "1", 4, 8) + "}", 8, "byte 9", "nothing fills"),
            new Wrong(
                "{\"a\":" + good + ",\"b\":" + tensor("F32", "1", 2, 6) + "}",
                6,
                "byte 62",
                "ends at 4"),
            new Wrong("{\"a\":" + good + "}", 3, "byte 65", "cut short"),
            new Wrong("{\"a\":" + good + "}", 7, "byte 66", "3 bytes follow"));
    for (Wrong wrong : all) {
      String message = refusal(wrong.header, wrong.data);
      assertTrue(message.contains("f.safetensors is malformed at " + wrong.where), message);
      assertTrue(message.contains(wrong.cause), message);
    }
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    byte[] whole =
        Files.readAllBytes(file("{\"a\":" + tensor("F32", "2", 0, 8) + "}  ", new byte[8]));
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(whole, length));
      String message = refusal(cut);
      assertTrue(message.contains("cut.safetensors is malformed at byte " + length), message);
      assertTrue(message.contains("cut short"), message);
    }
  }

  @Test
  void anAbsurdLengthAllocatesNothing() throws IOException {
    for (long length : new long[] {0, 1, 100_000_001, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      String message = refusal(Files.write(folder.resolve("l"), bytes.array()));
      assertTrue(message.contains("at byte 0: a header of " + Long.toUnsignedString(length)));
    }
    assertTrue(refusal(folder.resolve("absent")).contains("there is no file"));
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() throws IOException {
    byte[] json = "{\"a?\":{}}".getBytes(StandardCharsets.ISO_8859_1);
    json[3] = (byte) 0xFF;
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
    String message =
        refusal(Files.write(folder.resolve("u"), bytes.putLong(json.length).put(json).array()));
    assertTrue(message.contains("malformed at byte") && message.contains("no JSON"), message);
  }

  @Test
  void numberTypesThatAreNotReadAreNamed() throws IOException {
    Safetensors read =
        Safetensors.open(file("{\"a\":" + tensor("F8_E4M3", "2", 0, 2) + "}", new byte[2]));
    String message =
        String.valueOf(assertThrows(DataException.class, () -> read.array("a")).getMessage());
    assertTrue(message.contains("F8_E4M3") && message.contains("convert it to F32"), message);
  }
}
