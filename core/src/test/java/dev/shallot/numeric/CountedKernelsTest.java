package dev.shallot.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The arithmetic of counted rounds. Run once for each vector width. */
class CountedKernelsTest {
  private static final long SEED = 20261122;

  private final Random random = new Random(SEED);

  private float[] gaussians(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private long[] bits(int words) {
    return random.longs(words).toArray();
  }

  @Test
  void vectorsGiveTheScalarCodesBits() {
    CountedKernels<float[]> vector = Simd.counted32();
    CountedKernels<float[]> scalar = new FloatScalarCounted();
    for (int blocks : new int[] {1, 2, 5}) {
      int width = 64 * blocks;
      float[] z = gaussians(3 * width);
      z[1] = 0;
      float[] a = new float[width];
      for (int r = 0; r < width; r++) {
        a[r] = random.nextBoolean() ? 1 : -1;
      }
      for (int subnets : new int[] {1, 3, 4, 9}) {
        long[] held = bits(subnets * blocks);
        float[] one = new float[subnets * 2];
        float[] two = new float[subnets * 2];
        vector.heldSums(width, subnets, z, width, a, held, blocks, one, 1, 2, new float[64]);
        scalar.heldSums(width, subnets, z, width, a, held, blocks, two, 1, 2, new float[64]);
        assertArrayEquals(two, one, "seed " + SEED);
      }
      int[] neurons = random.ints(width + 64L, 0, 1000).toArray();
      int[] members = random.ints(width + 64L, 0, 4).toArray();
      int room = width + 3 + 64;
      List<int[]> found = new ArrayList<>();
      for (CountedKernels<float[]> kernels : List.of(vector, scalar)) {
        int[] toNeurons = new int[room];
        int[] toMembers = new int[room];
        float[] toValues = new float[room];
        int size =
            kernels.narrow(
                5, width - 5, neurons, members, z, width, 0.5, 2, toNeurons, toMembers, toValues,
                3);
        found.add(Arrays.copyOf(toNeurons, size));
        found.add(Arrays.copyOf(toMembers, size));
        int[] valueBits = new int[size];
        for (int k = 3; k < size; k++) {
          assertTrue(Math.abs(toValues[k]) <= 0.5 && (toMembers[k] & 2) != 0, "seed " + SEED);
          valueBits[k] = Float.floatToIntBits(toValues[k]);
        }
        found.add(valueBits);
      }
      int wanted = 0;
      for (int k = 5; k < width; k++) {
        wanted += Math.abs(z[width + k]) <= 0.5 && (members[k] & 2) != 0 ? 1 : 0;
      }
      assertEquals(3 + wanted, found.get(0).length, "seed " + SEED);
      for (int part = 0; part < 3; part++) {
        assertArrayEquals(found.get(3 + part), found.get(part), "seed " + SEED);
      }
    }
  }

  @Test
  void blocksMoveAlikeInVectorsAndScalarCode() {
    CountedKernels<float[]> vector = Simd.counted32();
    CountedKernels<float[]> scalar = new FloatScalarCounted();
    int samples = 7;
    int stride = 128;
    float[] b = gaussians(samples * 64);
    float[] factors = gaussians(64);
    long[] active = bits(samples * 2);
    float[] other = b.clone();
    vector.gate(samples, active, 1, 2, factors, b, 0);
    scalar.gate(samples, active, 1, 2, factors, other, 0);
    assertArrayEquals(other, b);
    float[] moved = gaussians(samples * 64);
    float[] beta = gaussians(samples * stride);
    float[] z = gaussians(samples * stride);
    float[] beta2 = beta.clone();
    float[] z2 = z.clone();
    double[] dots = new double[stride];
    double[] dots2 = new double[stride];
    vector.absorb(samples, b, moved, 0, beta, z, 64, stride, dots, 64, new float[64]);
    scalar.absorb(samples, b, moved, 0, beta2, z2, 64, stride, dots2, 64, new float[64]);
    assertArrayEquals(beta2, beta);
    assertArrayEquals(z2, z);
    assertArrayEquals(dots2, dots);
  }

  @Test
  void chosenSumsAreTheSameByPermuteAndByTable() {
    for (int samples : new int[] {1, 13, 25, 100, 207}) {
      int words = (samples + 31) / 32;
      int groups = ChosenSums.TABLES_A_WORD * words;
      float[] values = Arrays.copyOf(gaussians(samples), words * 32);
      int[] bits = random.ints(40L * words).toArray();
      for (int count : new int[] {1, 16, 33}) {
        int[] rows = new int[ChosenSums.padRows(count)];
        for (int k = 0; k < count; k++) {
          rows[k] = random.nextInt(40) * words;
        }
        float[] tables = new float[groups * ChosenSums.ENTRIES];
        float[] tables2 = new float[tables.length];
        float[] sums = new float[rows.length];
        float[] sums2 = new float[rows.length];
        Simd.chosen32().tabulate(groups, values, tables);
        new FloatTableSums().tabulate(groups, values, tables2);
        for (int i = 0; i < tables.length; i++) {
          // A sum of nothing may be zero of either sign.
          assertEquals(tables2[i] + 0.0f, tables[i] + 0.0f);
        }
        Simd.chosen32().chosenSums(words, tables, bits, rows, count, sums);
        new FloatTableSums().chosenSums(words, tables, bits, rows, count, sums2);
        for (int k = 0; k < count; k++) {
          assertEquals(sums2[k], sums[k], "seed " + SEED);
          double plain = 0.0;
          for (int j = 0; j < samples; j++) {
            plain += ((bits[rows[k] + j / 32] >>> j) & 1) * (double) values[j];
          }
          assertEquals(plain, sums[k], 1e-4, "samples " + samples);
        }
      }
    }
  }

  @Test
  void transposingMovesEveryBit() {
    for (int rows : new int[] {1, 32, 33, 64, 65, 130}) {
      long[] bits = bits(rows * 3);
      int words = (rows + 31) / 32;
      int[] transposed = new int[3 * 64 * words];
      for (int column = 0; column < 3; column++) {
        BitMatrix.transposeColumn(bits, rows, 3, column, transposed, words, new long[64]);
      }
      for (int i = 0; i < rows; i++) {
        for (int r = 0; r < 192; r++) {
          assertEquals(
              (bits[i * 3 + r / 64] >>> r) & 1,
              (transposed[r * words + i / 32] >>> i) & 1,
              "row %d, column %d of %d rows".formatted(i, r, rows));
        }
      }
    }
  }
}
