package dev.shallot.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy reads what we write, and we read what NumPy writes. */
class NumpyInteropTest {
  @TempDir Path folder;

  @BeforeAll
  static void numpyIsThere() {
    boolean there;
    try {
      there = !python("import numpy; print(numpy.__version__)").isBlank();
    } catch (IOException | InterruptedException | AssertionError e) {
      there = false;
    }
    assumeTrue(there, "skipped: there is no python3 with NumPy");
  }

  /** Runs a script and gives what it prints. */
  private static String python(String script, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("python3", "-c", script));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(true, process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), output);
    return output.strip();
  }

  @Test
  void numpyReadsWhatWeWrite() throws Exception {
    LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("X", NpyArray.matrix(2, 3, new double[] {0.1, 2, -3e-300, 4, 5, 6}));
    arrays.put("f", new NpyArray(new int[] {2, 1, 1}, new float[] {0.1f, 2}));
    arrays.put("masks", new NpyArray(new int[] {3}, new byte[] {0, 1, (byte) 200}));
    arrays.put("i", new NpyArray(new int[0], new long[] {-5}));
    Path file = folder.resolve("ours.npz");
    Npz.write(file, arrays);
    String script =
        """
        import numpy, sys
        a = numpy.load(sys.argv[1])
        for k in a.files:
            print(k, a[k].dtype.str, a[k].shape, a[k].ravel().tolist())
        """;
    assertEquals(
        """
        X <f8 (2, 3) [0.1, 2.0, -3e-300, 4.0, 5.0, 6.0]
        f <f4 (2, 1, 1) [0.10000000149011612, 2.0]
        masks |u1 (3,) [0, 1, 200]
        i <i8 () [-5]\
        """
            .stripIndent(),
        python(script, file));
  }

  @Test
  void weReadWhatNumpyWrites() throws Exception {
    for (String save : List.of("savez", "savez_compressed")) {
      Path file = folder.resolve(save + ".npz");
      String script =
          """
          import numpy as np, sys
          x = np.arange(6.0).reshape(2, 3) / 7
          np.%s(sys.argv[1], c=x, fortran=np.asfortranarray(x), big=x.astype('>f8'),
              f4=x.astype('f4'), cube=np.asfortranarray(np.arange(24).reshape(2, 3, 4)),
              i1=np.array([-1, 2], 'i1'), u2=np.array([65535], '>u2'), i4=np.array([-70000], 'i4'),
              u4=np.array([4294967295], 'u4'), u8=np.array([7], 'u8'), b1=np.array([True, False]),
              empty=np.zeros((0, 4)), scalar=np.float64(2.5), text=np.array(['a']))
          """
              .formatted(save);
      python(script, file);
      SequencedMap<String, NpyArray> read = Npz.read(file, name -> !name.equals("text"));
      double[] sevenths = {0, 1.0 / 7, 2.0 / 7, 3.0 / 7, 4.0 / 7, 5.0 / 7};
      for (String name : List.of("c", "fortran", "big")) {
        assertArrayEquals(sevenths, (double[]) Npz.array(read, name).data(), name);
        assertArrayEquals(new int[] {2, 3}, Npz.array(read, name).shape());
      }
      assertArrayEquals(
          new float[] {0, 1f / 7, 2f / 7, 3f / 7, 4f / 7, 5f / 7},
          (float[]) Npz.array(read, "f4").data(),
          1e-7f);
      long[] cube = (long[]) Npz.array(read, "cube").data();
      for (int i = 0; i < 24; i++) {
        assertEquals(i, cube[i]);
      }
      assertArrayEquals(new long[] {-1, 2}, (long[]) Npz.array(read, "i1").data());
      assertArrayEquals(new long[] {65535}, (long[]) Npz.array(read, "u2").data());
      assertArrayEquals(new long[] {-70000}, (long[]) Npz.array(read, "i4").data());
      assertArrayEquals(new long[] {4294967295L}, (long[]) Npz.array(read, "u4").data());
      assertArrayEquals(new long[] {7}, (long[]) Npz.array(read, "u8").data());
      assertArrayEquals(new byte[] {1, 0}, (byte[]) Npz.array(read, "b1").data());
      assertArrayEquals(new int[] {0, 4}, Npz.array(read, "empty").shape());
      assertArrayEquals(new double[] {2.5}, Npz.array(read, "scalar").toDoubles());
    }
  }

  /** NumPy's own eigenvalues of the kernel beside the quotient of our adversarial labels. */
  @Test
  void adversarialLabelsAreEigenvectorsOfTheSmallestEigenvalues() throws Exception {
    Table table =
        Synthetic.generate(SyntheticSet.SPHERE, SyntheticLabels.ADVERSARIAL, 120, 12, 3, 5);
    Path file = folder.resolve("sphere.csv");
    table.writeCsv(file);
    String script =
        """
        import numpy as np, sys
        t = np.loadtxt(sys.argv[1], delimiter=',', skiprows=1)
        x, y = t[:, :12], t[:, 12:]
        r = np.clip(x @ x.T, -1, 1)
        h = r * (np.pi - np.arccos(r)) / (2 * np.pi)
        w = np.linalg.eigvalsh(h)[:3]
        assert np.allclose(np.linalg.norm(x, axis=1), 1, atol=1e-14)
        assert np.allclose((y * y).sum(0), 120, rtol=1e-12), (y * y).sum(0)
        assert np.abs(h @ y - y * w).max() < 1e-8, np.abs(h @ y - y * w).max()
        print('same')
        """;
    assertEquals("same", python(script, file));
  }
}
