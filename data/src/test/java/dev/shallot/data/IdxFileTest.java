package dev.shallot.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  /** Two pictures of 2 x 3 points, written by hand from the format's description. */
  private static final byte[] PICTURES = {
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, (byte) 200
  };

  @TempDir Path folder;

  @Test
  void readsShapeAndNumbers() throws IOException {
    NpyArray array = IdxFile.read(file("plain", PICTURES));
    assertArrayEquals(new int[] {2, 2, 3}, array.shape());
    assertArrayEquals(
        new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 200}, array.toDoubles(), 0.0);
  }

  @Test
  void readsThroughGzip() throws IOException {
    NpyArray array = IdxFile.read(file("packed.gz", packed(PICTURES)));
    assertArrayEquals(new int[] {2, 2, 3}, array.shape());
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    for (int length = 1; length < PICTURES.length; length++) {
      Path cut = file("cut" + length, Arrays.copyOf(PICTURES, length));
      String message = refusal(cut);
      assertTrue(message.contains(cut.toString()), message);
    }
    byte[] packed = packed(PICTURES);
    for (int length = 3; length < packed.length; length++) {
      Path cut = file("cutgz" + length, Arrays.copyOf(packed, length));
      assertThrows(DataException.class, () -> IdxFile.read(cut));
    }
  }

  @Test
  void refusesWhatIsTooLongOrOfAnotherType() throws IOException {
    Path longer = file("longer", Arrays.copyOf(PICTURES, PICTURES.length + 1));
    assertTrue(refusal(longer).contains("goes on at offset 28"));
    byte[] floats = PICTURES.clone();
    floats[2] = 0x0D;
    Path other = file("floats", floats);
    assertTrue(refusal(other).contains("begins with 00 00 0d 03"));
    byte[] huge = PICTURES.clone();
    huge[4] = 0x7F;
    Path wide = file("huge", huge);
    assertThrows(DataException.class, () -> IdxFile.read(wide));
  }

  private static String refusal(Path file) {
    return String.valueOf(assertThrows(DataException.class, () -> IdxFile.read(file)).getMessage());
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(to)) {
      zip.write(bytes);
    }
    return to.toByteArray();
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }
}
