package dev.shallot.data;

import static dev.shallot.data.TestFiles.numbers;
import static dev.shallot.data.TestFiles.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticTest {
  @TempDir Path folder;

  private static PreparedData paper(Table table) {
    return PreparedData.prepare(table, DataPlan.paper(Optional.empty()));
  }

  private static double[] kernel(PreparedData data) {
    int n = data.train().samples();
    int d = data.train().features();
    double[] x = data.train().x();
    double[] kernel = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double rho = 0;
        // The angle of a row with itself is 0, and acos would make 1.5e-8 of the last bit.
        if (i == j) {
          kernel[i * n + j] = 0.5;
          continue;
        }
        for (int k = 0; k < d; k++) {
          rho += x[i * d + k] * x[j * d + k];
        }
        rho = Math.clamp(rho, -1, 1);
        kernel[i * n + j] = rho * (Math.PI - Math.acos(rho)) / (2 * Math.PI);
      }
    }
    return kernel;
  }

  private static double[] eigenvalues(double[] matrix, int n) {
    double[] vectors = JacobiEigenvalues.vectors(matrix.clone(), n);
    double[] values = new double[n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
          sum += matrix[i * n + j] * vectors[k * n + j];
        }
        values[k] += sum * vectors[k * n + i];
      }
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(SyntheticSet.class)
  void aSetIsAFunctionOfItsSeed(SyntheticSet set) {
    for (SyntheticLabels labels : SyntheticLabels.values()) {
      Table first = Synthetic.generate(set, labels, 30, 7, 2, 4);
      Table again = Synthetic.generate(set, labels, 30, 7, 2, 4);
      Table other = Synthetic.generate(set, labels, 30, 7, 2, 5);
      assertEquals(first.sha256(), again.sha256());
      assertNotEquals(first.sha256(), other.sha256());
      assertEquals(List.of(7, 8), first.declaredTargets());
      assertEquals("x7", first.names().get(6));
      assertEquals("y1", first.names().get(7));
      assertTrue(paper(first).facts().notes().getFirst().contains(first.source().toString()));
    }
  }

  @ParameterizedTest
  @EnumSource(SyntheticSet.class)
  void moreRowsKeepTheFirstOnes(SyntheticSet set) {
    Table few = Synthetic.generate(set, SyntheticLabels.UNIFORM, 5, 6, 1, 2);
    Table many = Synthetic.generate(set, SyntheticLabels.UNIFORM, 50, 6, 1, 2);
    for (int j = 0; j < 7; j++) {
      assertArrayEquals(numbers(few, j), Arrays.copyOf(numbers(many, j), 5));
    }
  }

  @ParameterizedTest
  @EnumSource(SyntheticSet.class)
  void aSetWrittenAndReadAgainIsTheSame(SyntheticSet set) {
    Table table = Synthetic.generate(set, SyntheticLabels.NATURAL, 40, 5, 3, 8);
    Path file = folder.resolve("set.csv");
    table.writeCsv(file);
    Table read = Table.read(file, TableFormat.detect());
    assertEquals(table.names(), read.names());
    for (int j = 0; j < table.columns(); j++) {
      assertArrayEquals(numbers(table, j), numbers(read, j));
    }
    refused(() -> table.writeCsv(file), "set.csv exists already");
  }

  /** Row 0 of the sphere from the documented coordinates. */
  @Test
  void theSpheresNumbersCanBeDrawnFromTheirCoordinates() {
    Table table = Synthetic.generate(SyntheticSet.SPHERE, SyntheticLabels.RADEMACHER, 2, 3, 1, 9);
    CounterRandom random = new CounterRandom(9, RandomStream.SYNTHETIC_FEATURES, 0, 0);
    double[] row = {random.gaussian(0), random.gaussian(1), random.gaussian(2)};
    double norm = Math.sqrt(row[0] * row[0] + row[1] * row[1] + row[2] * row[2]);
    for (int j = 0; j < 3; j++) {
      assertEquals(row[j] / norm, numbers(table, j)[0], 1e-15);
    }
    CounterRandom signs = new CounterRandom(9, RandomStream.SYNTHETIC_LABELS, 4, 0);
    assertEquals(signs.sign(1), numbers(table, 3)[1]);
  }

  @Test
  void gaussianNumbersCanBeDrawnFromTheirCoordinates() {
    Table table = Synthetic.generate(SyntheticSet.GAUSSIAN, SyntheticLabels.GAUSS, 3, 4, 1, 9);
    CounterRandom features = new CounterRandom(9, RandomStream.SYNTHETIC_FEATURES, 0, 0);
    CounterRandom labels = new CounterRandom(9, RandomStream.SYNTHETIC_LABELS, 6, 0);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 4; j++) {
        assertEquals(features.gaussian(4 * i + j), numbers(table, j)[i]);
      }
      assertEquals(labels.gaussian(i), numbers(table, 4)[i]);
    }
  }

  @Test
  void labelsStayInTheirRanges() {
    double[] uniform =
        numbers(Synthetic.generate(SyntheticSet.SPHERE, SyntheticLabels.UNIFORM, 4000, 2, 1, 1), 2);
    assertTrue(Arrays.stream(uniform).allMatch(y -> y >= -1 && y < 1));
    assertEquals(0, Arrays.stream(uniform).average().orElseThrow(), 0.05);
    double[] signs =
        numbers(
            Synthetic.generate(SyntheticSet.SPHERE, SyntheticLabels.RADEMACHER, 4000, 2, 1, 1), 2);
    assertTrue(Arrays.stream(signs).allMatch(y -> Math.abs(y) == 1));
    assertEquals(0, Arrays.stream(signs).average().orElseThrow(), 0.07);
    double[] bounded =
        numbers(
            Synthetic.generate(
                SyntheticSet.SPHERE, SyntheticLabels.ADVERSARIAL_BOUNDED, 50, 10, 1, 1),
            10);
    assertEquals(1, Arrays.stream(bounded).max().orElseThrow());
  }

  /**
   * theory.md 5.3: at n = 300, d = 256 and ten outputs, ||Y||^2 / (2n) was .244; eight seeds of the
   * same law in NumPy gave .244 to .325, mean .275.
   */
  @Test
  void theEmbeddingHasTheSizeOfItsReference() {
    double sum = 0;
    for (long seed = 0; seed < 8; seed++) {
      Table table =
          Synthetic.generate(SyntheticSet.EMBEDDING, SyntheticLabels.NATURAL, 300, 256, 10, seed);
      PreparedData data = paper(table);
      sum += data.facts().targetNorm() / 600 / 8;
      assertEquals(1, Arrays.stream(data.train().y()).map(Math::abs).max().orElseThrow());
      assertTrue(Arrays.stream(data.train().x()).allMatch(x -> x >= 0));
      assertEquals(1, data.facts().rowNormMax(), 1e-14);
    }
    assertEquals(0.275, sum, 0.04);
  }

  /** theory.md 2.1: Communities & Crime has lambda_max 33.9 and lambda_min 0.0235 at n = 100. */
  @Test
  void theTableHasTheSpectrumOfItsModel() {
    for (long seed = 0; seed < 3; seed++) {
      Table table =
          Synthetic.generate(SyntheticSet.TABULAR, SyntheticLabels.NATURAL, 100, 99, 1, seed);
      PreparedData data = paper(table);
      double[] values = eigenvalues(kernel(data), 100);
      double largest = Arrays.stream(values).max().orElseThrow();
      double smallest = Arrays.stream(values).min().orElseThrow();
      assertTrue(largest > 30 && largest < 37, "lambda_max " + largest);
      assertTrue(smallest > 0.01 && smallest < 0.04, "lambda_min " + smallest);
      for (int j = 0; j < 100; j++) {
        assertTrue(Arrays.stream(numbers(table, j)).allMatch(value -> value > 0 && value < 1));
      }
    }
  }

  @Test
  void adversarialLabelsExciteTheBottomOfTheKernelOnly() {
    Table table =
        Synthetic.generate(SyntheticSet.TABULAR, SyntheticLabels.ADVERSARIAL, 60, 20, 2, 3);
    PreparedData data = paper(table);
    double[] kernel = kernel(data);
    double[] values = eigenvalues(kernel, 60);
    double[] y = data.train().y();
    for (int o = 0; o < 2; o++) {
      double norm = 0;
      for (int i = 0; i < 60; i++) {
        double image = 0;
        for (int j = 0; j < 60; j++) {
          image += kernel[i * 60 + j] * y[j * 2 + o];
        }
        assertEquals(values[o] * y[i * 2 + o], image, 1e-9);
        norm += y[i * 2 + o] * y[i * 2 + o];
      }
      assertEquals(60, norm, 1e-9);
    }
  }

  @Test
  void adversarialLabelsSurviveParallelRows() {
    Table table = Synthetic.generate(SyntheticSet.SPHERE, SyntheticLabels.ADVERSARIAL, 40, 1, 2, 3);
    assertTrue(Arrays.stream(numbers(table, 1)).allMatch(Double::isFinite));
  }

  @Test
  void impossibleSizesAreRefused() {
    SyntheticSet sphere = SyntheticSet.SPHERE;
    refused(() -> Synthetic.generate(sphere, SyntheticLabels.UNIFORM, 0, 1, 1, 0), "row");
    refused(() -> Synthetic.generate(sphere, SyntheticLabels.UNIFORM, 1, 0, 1, 0), "feature");
    refused(() -> Synthetic.generate(sphere, SyntheticLabels.UNIFORM, 1, 1, 0, 0), "output");
    refused(
        () -> Synthetic.generate(sphere, SyntheticLabels.UNIFORM, 100_000, 100_000, 1, 0),
        "more than");
    refused(() -> Synthetic.generate(sphere, SyntheticLabels.ADVERSARIAL, 2001, 2, 1, 0), "2000");
    refused(() -> Synthetic.generate(sphere, SyntheticLabels.ADVERSARIAL, 2, 2, 3, 0), "3 outputs");
  }
}
