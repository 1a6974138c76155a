package dev.shallot.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A JSON object in a file of its own, for people to read, with a checksum as its last field: {@code
 * "crc"}, the CRC-32C of all bytes before the comma in front of it. Written whole or not at all.
 */
public final class CheckedJson {
  private static final String BEFORE = ",\n  \"crc\" : \"";
  private static final String AFTER = "\"\n}\n";

  private CheckedJson() {}

  /**
   * Writes or replaces a file.
   *
   * @param tree not empty, without a field "crc"
   */
  public static void write(Path file, Map<String, ?> tree) {
    String text = Json.write(tree).replace("\r\n", "\n");
    String body = text.substring(0, text.lastIndexOf('}')).stripTrailing();
    AtomicFile.write(file, body + BEFORE + crc(body) + AFTER);
  }

  /**
   * The object in a file, without the checksum.
   *
   * @throws RunException if the file is absent or damaged
   */
  public static Map<String, Object> read(Path file) {
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new RunException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
    int end = text.length() - BEFORE.length() - 8 - AFTER.length();
    String body = end < 0 ? "" : text.substring(0, end);
    if (end < 0 || !text.substring(end).equals(BEFORE + crc(body) + AFTER)) {
      throw new RunException(
          "%s is damaged or cut off: the checksum in its last lines does not fit its %d bytes. Put it back from a copy, or start anew in another folder."
              .formatted(file, text.length()));
    }
    Map<String, Object> tree = Json.readObject(text, file.toString());
    tree.remove("crc");
    return tree;
  }

  private static String crc(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
