package dev.shallot.reproduce;

import dev.shallot.data.IdxFile;
import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.data.Sha256;
import dev.shallot.run.RunException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * MNIST, or a set of its form: small grey pictures in ten classes, some for training, some for
 * testing. Read from the four IDX files it is published as (in a folder, gzipped or not) or from an
 * NPZ file with {@code x_train, y_train, x_test, y_test}.
 *
 * @param train pictures to learn from
 * @param test pictures to be judged by
 */
record Digits(Pictures train, Pictures test) {
  /** MNIST's mean and standard deviation over all points, of the scale 0 to 1. */
  private static final double MEAN = 0.1307;

  private static final double DEVIATION = 0.3081;

  private static final int WHITE = 255;

  /**
   * SHA-256 of MNIST's four files as they are published everywhere, unpacked; see {@link #files}.
   */
  private static final List<String> MNIST =
      List.of(
          "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
          "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
          "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
          "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

  /**
   * Pictures.
   *
   * @param count how many
   * @param points of a picture
   * @param grey count x points, row-major, unsigned
   * @param labels the class of each, from 0
   */
  record Pictures(int count, int points, byte[] grey, int[] labels) {
    /** The first of them. */
    Pictures first(int most) {
      int kept = Math.min(most, count);
      return new Pictures(
          kept, points, Arrays.copyOf(grey, kept * points), Arrays.copyOf(labels, kept));
    }

    /** {@code (grey/255 - 0.1307)/0.3081}, count x points. */
    double[] normalised() {
      double[] x = new double[grey.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = ((grey[i] & 0xFF) / (double) WHITE - MEAN) / DEVIATION;
      }
      return x;
    }

    /** SHA-256 of the two IDX files that would hold the pictures, square if may be, and labels. */
    private List<String> files() {
      int side = Math.max(1, (int) Math.rint(Math.sqrt(points)));
      int[] shape = {count, points / side, side};
      byte[] classes = new byte[count];
      for (int i = 0; i < count; i++) {
        classes[i] = (byte) labels[i];
      }
      return List.of(IdxFile.sha256(shape, grey), IdxFile.sha256(new int[] {count}, classes));
    }
  }

  /**
   * SHA-256 of the four files that would hold these pictures: to learn from, their labels, to test
   * on, their labels. However they were packed, the same pictures have the same four.
   */
  List<String> files() {
    List<String> files = new ArrayList<>(train.files());
    files.addAll(test.files());
    return files;
  }

  /** SHA-256 of {@link #files}, in lines: what tells these pictures from others. */
  String sha256() {
    return Sha256.of(String.join("\n", files()).getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether these are MNIST's own pictures, all of them in their order. */
  boolean areMnist() {
    return files().equals(MNIST);
  }

  /**
   * Reads the pictures.
   *
   * @throws RunException if the four files or arrays are not there or do not fit each other
   */
  static Digits read(Path place) {
    if (Files.isDirectory(place)) {
      return new Digits(
          pictures(
              place, IdxFile.read(idx(place, "train", 3)), IdxFile.read(idx(place, "train", 1))),
          pictures(
              place, IdxFile.read(idx(place, "t10k", 3)), IdxFile.read(idx(place, "t10k", 1))));
    }
    List<String> names = List.of("x_train", "y_train", "x_test", "y_test");
    SequencedMap<String, NpyArray> arrays = Npz.read(place, names::contains);
    for (String name : names) {
      if (!arrays.containsKey(name)) {
        throw new RunException(
            "%s has no array %s: expected %s, as MNIST is often packed, or a folder with its four IDX files."
                .formatted(place, name, String.join(", ", names)));
      }
    }
    return new Digits(
        pictures(place, Npz.array(arrays, "x_train"), Npz.array(arrays, "y_train")),
        pictures(place, Npz.array(arrays, "x_test"), Npz.array(arrays, "y_test")));
  }

  /** A published file: images have three axes, labels one; the dot before idx is met too. */
  private static Path idx(Path folder, String part, int axes) {
    String stem = part + (axes == 3 ? "-images" : "-labels");
    Optional<Path> found =
        List.of("-idx%d-ubyte", ".idx%d-ubyte", "-idx%d-ubyte.gz", ".idx%d-ubyte.gz").stream()
            .map(name -> folder.resolve(stem + name.formatted(axes)))
            .filter(Files::isRegularFile)
            .findFirst();
    return found.orElseThrow(
        () ->
            new RunException(
                "there is no %s-idx%d-ubyte or %s-idx%d-ubyte.gz in %s: expected MNIST's four files there."
                    .formatted(stem, axes, stem, axes, folder)));
  }

  private static Pictures pictures(Path place, NpyArray grey, NpyArray labels) {
    int[] shape = grey.shape();
    boolean fits =
        shape.length >= 2
            && shape[0] > 0
            && labels.shape().length == 1
            && labels.shape()[0] == shape[0]
            && grey.data() instanceof byte[];
    if (!fits) {
      throw new RunException(
          "%s: pictures of shape %s and labels of shape %s are no set of pictures: expected unsigned bytes, pictures x height x width, and a label each."
              .formatted(place, Arrays.toString(shape), Arrays.toString(labels.shape())));
    }
    double[] numbers = labels.toDoubles();
    int[] classes = new int[numbers.length];
    for (int i = 0; i < classes.length; i++) {
      if (numbers[i] != Math.rint(numbers[i]) || numbers[i] < 0 || numbers[i] > 9) {
        throw new RunException(
            "%s: label %d is %s, but there are ten classes, 0 to 9."
                .formatted(place, i, numbers[i]));
      }
      classes[i] = (int) numbers[i];
    }
    return new Pictures(shape[0], grey.size() / shape[0], (byte[]) grey.data(), classes);
  }
}
