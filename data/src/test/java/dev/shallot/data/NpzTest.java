package dev.shallot.data;

import static dev.shallot.data.TestFiles.numbers;
import static dev.shallot.data.TestFiles.refused;
import static dev.shallot.data.TestFiles.write;
import static dev.shallot.data.TestFiles.writeBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  @TempDir Path folder;

  private static SequencedMap<String, NpyArray> arrays() {
    LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("X", NpyArray.matrix(2, 3, new double[] {1, -0.0, 3e-310, 4, Double.NaN, 1e300}));
    arrays.put("floats", new NpyArray(new int[] {2}, new float[] {1.5f, -2}));
    arrays.put("longs", new NpyArray(new int[] {1, 2}, new long[] {Long.MIN_VALUE, 7}));
    arrays.put("bytes", new NpyArray(new int[] {2, 1, 2}, new byte[] {0, 1, (byte) 255, 3}));
    arrays.put("scalar", new NpyArray(new int[0], new double[] {5}));
    arrays.put("none", new NpyArray(new int[] {0, 3}, new double[0]));
    return arrays;
  }

  private static void assertSame(NpyArray expected, NpyArray actual) {
    assertArrayEquals(expected.shape(), actual.shape());
    assertEquals(expected.data().getClass(), actual.data().getClass());
    assertArrayEquals(expected.toDoubles(), actual.toDoubles());
  }

  @Test
  void arraysComeBackAsTheyWereInTheirOrder() {
    Path file = folder.resolve("a.npz");
    Npz.write(file, arrays());
    SequencedMap<String, NpyArray> read = Npz.read(file);
    assertEquals(List.copyOf(arrays().keySet()), List.copyOf(read.keySet()));
    arrays().forEach((name, array) -> assertSame(array, Npz.array(read, name)));
  }

  @Test
  void equalArraysGiveEqualBytesAndNothingElseIsLeftInTheFolder() throws IOException {
    Npz.write(folder.resolve("a.npz"), arrays());
    Npz.write(folder.resolve("b.npz"), arrays());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.npz")), Files.readAllBytes(folder.resolve("b.npz")));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void anExistingFileIsNotOverwritten() throws IOException {
    Path file = write(folder, "a.npz", "precious");
    refused(() -> Npz.write(file, arrays()), "a.npz exists already");
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    refused(() -> Npz.write(folder.resolve("no/a.npz"), arrays()), "no folder");
  }

  @Test
  void deflatedEntriesAreReadToo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("X.npy"));
      NpyCodec.write(NpyArray.vector(new double[] {1, 2}), zip);
    }
    Path file = writeBytes(folder, "d.npz", bytes.toByteArray());
    assertArrayEquals(new double[] {1, 2}, Npz.array(Npz.read(file), "X").toDoubles());
  }

  @Test
  void everyFlippedByteOfAnArrayIsNoticed() throws IOException {
    Path file = folder.resolve("a.npz");
    LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("X", NpyArray.vector(new double[] {1, 2, 3}));
    Npz.write(file, arrays);
    byte[] bytes = Files.readAllBytes(file);
    int begin = indexOf(bytes, NpyHeader.MAGIC);
    for (int at = begin; at < begin + NpyCodec.length(Npz.array(arrays, "X")); at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      Path other = writeBytes(folder, "damaged.npz", damaged);
      refused(() -> Npz.read(other), "damaged.npz", "X.npy");
    }
  }

  @Test
  void aCutOffFileIsRefusedByName() throws IOException {
    Path file = folder.resolve("a.npz");
    Npz.write(file, arrays());
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {1, 10, bytes.length / 2, bytes.length - 1}) {
      Path cut = writeBytes(folder, "cut.npz", java.util.Arrays.copyOf(bytes, length));
      refused(() -> Npz.read(cut), "cut.npz");
    }
  }

  @Test
  void arraysThatAreNoNumbersAreRefusedWithTheirTypeUnlessNotWanted() throws IOException {
    for (String type : List.of("|O", "<U3", "<c16", "<f2")) {
      Path file =
          entry(header("{'descr': '" + type + "', 'fortran_order': False, 'shape': (1,), }"));
      refused(() -> Npz.read(file), "t.npz", "X.npy", type);
      assertFalse(Npz.read(file, "Y"::equals).containsKey("X"));
    }
    Path records =
        entry(header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }"));
    refused(() -> Npz.read(records), "records");
  }

  @Test
  void headersThatPromiseTooMuchOrTooLittleOrNothingAreRefused() throws IOException {
    String f8 = "{'descr': '<f8', 'fortran_order': False, 'shape': ";
    Path more = entry(header(f8 + "(9,), }"));
    refused(() -> Npz.read(more), "cut off", "9 numbers", "only 8 bytes");
    Path less = entry(header(f8 + "(0,), }"));
    refused(() -> Npz.read(less), "longer than the 0 numbers");
    Path huge = entry(header(f8 + "(3000000000,), }"));
    refused(() -> Npz.read(huge), "3000000000", "longer");
    Path large = entry(header(f8 + "(100000, 100000), }"));
    refused(() -> Npz.read(large), "more than one array can hold");
    Path garbage = entry(header("hello"));
    refused(() -> Npz.read(garbage), "header cannot be read");
    Path magic = entry("no array".getBytes(StandardCharsets.UTF_8));
    refused(() -> Npz.read(magic), "does not begin");
  }

  @Test
  void otherFilesAreRefused() {
    Path text = write(folder, "text.npz", "a,b\n1,2\n");
    refused(() -> Npz.read(text), "text.npz", "no NPZ");
    Path npy = writeBytes(folder, "a.npy", header("{}"));
    refused(() -> Npz.read(npy), "single NPY", "savez");
    refused(() -> Npz.read(folder.resolve("no.npz")), "no file");
  }

  @Test
  void shapesMustFitTheirNumbers() {
    refused(() -> new NpyArray(new int[] {2, 2}, new double[3]), "[2, 2]", "4", "3");
    refused(() -> new NpyArray(new int[] {-1}, new double[0]), "-1");
    refused(() -> new NpyArray(new int[] {1}, "x"), "String");
  }

  @Test
  void anNpzIsATableWhoseYIsTheTarget() {
    Path file = folder.resolve("t.npz");
    LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("X", NpyArray.matrix(3, 2, new double[] {1, 2, 3, 4, 5, 6}));
    arrays.put("y", new NpyArray(new int[] {3}, new float[] {7, 8, 9}));
    arrays.put("W0", NpyArray.vector(new double[] {1}));
    Npz.write(file, arrays);
    Table table = Table.read(file, TableFormat.detect());
    assertEquals(List.of("x1", "x2", "y"), table.names());
    assertEquals(List.of(2), table.declaredTargets());
    assertArrayEquals(new double[] {2, 4, 6}, numbers(table, 1));
    assertArrayEquals(new double[] {7, 8, 9}, numbers(table, 2));
  }

  @Test
  void severalOutputsAreSeveralTargets() {
    Path file = folder.resolve("t.npz");
    LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("X", NpyArray.matrix(2, 1, new double[] {1, 2}));
    arrays.put("Y", NpyArray.matrix(2, 2, new double[] {1, 2, 3, 4}));
    Npz.write(file, arrays);
    Table table = Table.read(file, TableFormat.detect());
    assertEquals(List.of("x1", "y1", "y2"), table.names());
    assertEquals(List.of(1, 2), table.declaredTargets());
  }

  @Test
  void anNpzWithoutFittingXAndYIsRefused() {
    refusedTable(new LinkedHashMap<>(), "no array X");
    LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("features", NpyArray.vector(new double[1]));
    refusedTable(arrays, "no array X", "[features]");
    arrays.put("X", NpyArray.vector(new double[2]));
    refusedTable(arrays, "two axes", "[2]");
    arrays.put("X", NpyArray.matrix(2, 1, new double[2]));
    arrays.put("y", NpyArray.vector(new double[3]));
    refusedTable(arrays, "array y", "2 rows", "[3]");
    arrays.put("y", NpyArray.vector(new double[2]));
    arrays.put("Y", NpyArray.vector(new double[2]));
    refusedTable(arrays, "both y and Y");
  }

  private void refusedTable(SequencedMap<String, NpyArray> arrays, String... parts) {
    Path file = folder.resolve("bad" + System.nanoTime() + ".npz");
    Npz.write(file, arrays);
    refused(() -> Table.read(file, TableFormat.detect()), parts);
  }

  /** An array of one float64 behind a header. */
  private static byte[] header(String dictionary) {
    byte[] text = (dictionary + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[10 + text.length + 8];
    System.arraycopy(NpyHeader.MAGIC, 0, bytes, 0, 6);
    bytes[6] = 1;
    bytes[8] = (byte) text.length;
    System.arraycopy(text, 0, bytes, 10, text.length);
    return bytes;
  }

  private Path entry(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("X.npy"));
      zip.write(content);
    }
    return writeBytes(folder, "t.npz", bytes.toByteArray());
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int at = 0; at < bytes.length; at++) {
      if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new IllegalArgumentException();
  }
}
