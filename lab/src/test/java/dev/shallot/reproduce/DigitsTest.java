package dev.shallot.reproduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.data.Sha256;
import dev.shallot.fetch.DataCache;
import dev.shallot.run.Json;
import dev.shallot.run.RunException;
import dev.shallot.sweep.SweepSettings;
import dev.shallot.sweep.SweepWatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of MNIST's form: ten patterns with noise, 6 x 6 points. */
class DigitsTest {
  private static final int POINTS = 36;

  @TempDir Path folder;

  @Test
  void theFourFilesAreRead() throws IOException {
    Digits digits = Digits.read(pictures());
    assertEquals(256, digits.train().count());
    assertEquals(128, digits.test().count());
    assertEquals(POINTS, digits.train().points());
    // By hand: grey 0 and 255 are (0 - 0.1307)/0.3081 and (1 - 0.1307)/0.3081.
    Digits.Pictures two = new Digits.Pictures(1, 2, new byte[] {0, (byte) 255}, new int[] {3});
    assertArrayEquals(new double[] {-0.42421292, 2.82148653}, two.normalised(), 1e-8);
    List<String> files = new ArrayList<>();
    for (String name :
        List.of(
            "train-images-idx3-ubyte",
            "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte")) {
      files.add(Sha256.of(folder.resolve("pictures").resolve(name)));
    }
    assertEquals(files, digits.files());
    assertFalse(digits.areMnist());
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Path place = pictures();
    Files.delete(place.resolve("t10k-labels-idx1-ubyte"));
    String message =
        String.valueOf(assertThrows(RunException.class, () -> Digits.read(place)).getMessage());
    assertTrue(message.contains("t10k-labels-idx1-ubyte"), message);
  }

  @Test
  void theFigureIsMadeOfTheUsersPictures() throws IOException {
    List<String> told = new ArrayList<>();
    Path place = pictures();
    Reproduction.Request request =
        new Reproduction.Request(
            "subquadratic/fig1",
            true,
            Optional.of(place),
            folder.resolve("figure"),
            new DataCache(folder.resolve("cache")));
    Reproduction.Outcome outcome =
        Reproduction.run(request, SweepSettings.usual(), SweepWatch.NOTHING, told::add);
    assertTrue(outcome.title().contains("pictures of " + place + ": 256"), outcome.title());
    assertEquals(10, outcome.document().get("runs"));
    assertEquals(List.of(), outcome.document().get("failures"));
    assertTrue(told.getFirst().contains("a teacher of width 1000"), told.toString());
    List<Map<String, Object>> verdicts = new ArrayList<>();
    for (Object verdict : (List<?>) outcome.document().getOrDefault("verdicts", List.of())) {
      verdicts.add(Json.readObject(Json.writeCompact(verdict), "a verdict"));
    }
    assertEquals(2, verdicts.size());
    String csv = Files.readString(folder.resolve("figure/accuracy.csv"));
    for (String line : csv.lines().skip(1).toList()) {
      double accuracy = Double.parseDouble(line.split(",", -1)[2]);
      // Ten classes: a student that learned nothing would be right one time in ten.
      assertTrue(accuracy > 0.2 && accuracy <= 1.0, line);
    }
    told.clear();
    Reproduction.run(request, SweepSettings.usual(), SweepWatch.NOTHING, told::add);
    assertEquals(List.of(), told, "the teacher is trained once");
    write(place, "train", 256, 3);
    String message =
        String.valueOf(
            assertThrows(
                    RunException.class,
                    () ->
                        Reproduction.run(
                            request, SweepSettings.usual(), SweepWatch.NOTHING, told::add))
                .getMessage());
    assertTrue(message.contains("another figure, size or data"), message);
    assertEquals(List.of(), told, "no teacher is trained for nothing");
  }

  /** Who typed --data where it has no use leaves it out, and the folder takes that. */
  @Test
  void aClaimWithoutResultsBindsNobody() throws IOException {
    for (String name : List.of("one.csv", "two.csv")) {
      Path file = Files.writeString(folder.resolve(name), name);
      Reproduction.Request request =
          new Reproduction.Request(
              "two-rates/rz3",
              true,
              Optional.of(file),
              folder.resolve("figure"),
              new DataCache(folder.resolve("cache")));
      String message =
          String.valueOf(
              assertThrows(
                      RunException.class,
                      () ->
                          Reproduction.run(
                              request, SweepSettings.usual(), SweepWatch.NOTHING, line -> {}))
                  .getMessage());
      assertTrue(message.contains("makes its own data"), message);
    }
  }

  private Path pictures() throws IOException {
    Path place = Files.createDirectories(folder.resolve("pictures"));
    write(place, "train", 256, 1);
    write(place, "t10k", 128, 2);
    return place;
  }

  private static void write(Path place, String part, int count, long seed) throws IOException {
    Random patterns = new Random(7);
    byte[][] pattern = new byte[10][POINTS];
    for (byte[] one : pattern) {
      patterns.nextBytes(one);
    }
    Random random = new Random(seed);
    byte[] grey = new byte[count * POINTS];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
      for (int j = 0; j < POINTS; j++) {
        int noisy = (pattern[labels[i]][j] & 0xFF) + random.nextInt(-40, 41);
        grey[i * POINTS + j] = (byte) Math.clamp(noisy, 0, 255);
      }
    }
    ByteBuffer images = ByteBuffer.allocate(16 + grey.length);
    images.putInt(0x0803).putInt(count).putInt(6).putInt(6).put(grey);
    Files.write(place.resolve(part + "-images-idx3-ubyte"), images.array());
    ByteBuffer classes = ByteBuffer.allocate(8 + count).putInt(0x0801).putInt(count).put(labels);
    Files.write(place.resolve(part + "-labels-idx1-ubyte"), classes.array());
  }
}
