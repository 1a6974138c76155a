package dev.shallot.numeric;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sample-space step of one +-1 output by table look-up, in float32.
 *
 * <p><b>Table look-up.</b> With one +-1 output the step of neuron r is z_j += a_r sum_i b_ri G_ij,
 * with b_ri = 0 or 1 its activation on sample i and G = diag(g) K the same for all neurons: a sum
 * of chosen rows of G. Take the samples in groups of four. For a group there are only sixteen
 * possible sums; tabulate them for each j, sixteen numbers, exactly one vector. The four activation
 * bits of a neuron are its index into that vector, and one permute looks sixteen neurons up at
 * once: four multiply-adds for sixteen neurons in one instruction. The tables of a step are shared
 * by all neurons and cost 16 n^2/4 additions to make.
 *
 * <p>The indices of a block are made once a step, since activations must be those from before the
 * step. Then two groups at a time are applied to two vectors of neurons, down all samples j, so
 * that each z is loaded and stored once for two permutes. (Look-up needs sixteen lanes; with fewer
 * the general product does the step.)
 */
public final class FloatTables {
  private static final int ENTRIES = 16;
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> INDICES = IntVector.SPECIES_512;
  private static final int LANES = ENTRIES;

  /** BITS[b * 16 + entry] is bit b of the entry. */
  private static final float[] BITS = bits();

  private FloatTables() {}

  private static float[] bits() {
    float[] bits = new float[4 * ENTRIES];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = ((i % ENTRIES) >>> (i / ENTRIES)) & 1;
    }
    return bits;
  }

  /** Number of groups of four of so many samples. */
  public static int groups(int samples) {
    return (samples + 3) / 4;
  }

  /** Length of the tables for n samples. */
  public static int length(int samples) {
    return Math.multiplyExact((samples + 3) / 4 * ENTRIES, samples);
  }

  /**
   * Tabulates the sums of groups of four rows of {@code diag(g) K}: {@code tables[(group * n + j) *
   * 16 + bits] = sum_{b in bits} g[4 group + b] K[4 group + b, j]}. Samples past the last count as
   * zero.
   *
   * @param samples n
   * @param k K, n x n, symmetric
   * @param g n numbers
   * @param tables receives {@link #length} numbers
   * @param firstGroup the first group to make
   * @param lastGroup one past the last group to make
   */
  public static void tabulate(
      int samples,
      float[] k,
      int kStride,
      float[] g,
      float[] tables,
      int firstGroup,
      int lastGroup) {
    FloatVector has0 = FloatVector.fromArray(SPECIES, BITS, 0);
    FloatVector has1 = FloatVector.fromArray(SPECIES, BITS, ENTRIES);
    FloatVector has2 = FloatVector.fromArray(SPECIES, BITS, 2 * ENTRIES);
    FloatVector has3 = FloatVector.fromArray(SPECIES, BITS, 3 * ENTRIES);
    for (int i = 4 * firstGroup; i < samples && i < 4 * lastGroup; i += 4) {
      float g0 = g[i];
      float g1 = i + 1 < samples ? g[i + 1] : 0;
      float g2 = i + 2 < samples ? g[i + 2] : 0;
      float g3 = i + 3 < samples ? g[i + 3] : 0;
      int k0 = i * kStride;
      int k1 = i + 1 < samples ? k0 + kStride : k0;
      int k2 = i + 2 < samples ? k1 + kStride : k0;
      int k3 = i + 3 < samples ? k2 + kStride : k0;
      for (int j = 0; j < samples; j++) {
        has0.mul(g0 * k[k0 + j])
            .add(has1.mul(g1 * k[k1 + j]))
            .add(has2.mul(g2 * k[k2 + j]).add(has3.mul(g3 * k[k3 + j])))
            .intoArray(tables, (i / 4 * samples + j) * ENTRIES);
      }
    }
  }

  /**
   * One step of a block: {@code delta[i, r] += a[r] 1{z[i, r] active} g_i} and {@code z[j, r] +=
   * a[r] sum_i 1{z[i, r] active} g_i K[i, j]}.
   *
   * @param samples n
   * @param tables what {@link #tabulate} made of g
   * @param a 64 signs, +1 or -1
   * @param g n numbers, those of the tables
   * @param indices scratch of this thread, ceil(n/4) * 64 ints
   * @param z a block
   * @param delta a block, at the same offset
   */
  public static void lookUp(
      int samples,
      float[] tables,
      float[] g,
      float[] a,
      int aOffset,
      boolean activeAtZero,
      int[] indices,
      float[] z,
      float[] delta,
      int zOffset) {
    int groups = (samples + 3) / 4;
    FloatVector least = FloatVector.broadcast(SPECIES, activeAtZero ? 0 : Float.MIN_VALUE);
    FloatVector zero = FloatVector.zero(SPECIES);
    IntVector none = IntVector.zero(INDICES);
    for (int group = 0; group < groups; group++) {
      for (int r = 0; r < LaneKernels.BLOCK; r += LANES) {
        IntVector bits = none;
        for (int b = 0; b < 4 && 4 * group + b < samples; b++) {
          int at = zOffset + (4 * group + b) * LaneKernels.BLOCK + r;
          VectorMask<Float> active =
              FloatVector.fromArray(SPECIES, z, at).compare(VectorOperators.GE, least);
          bits = bits.or(none.blend(1 << b, active.cast(INDICES)));
          FloatVector change = FloatVector.fromArray(SPECIES, a, aOffset + r).mul(g[4 * group + b]);
          FloatVector.fromArray(SPECIES, delta, at)
              .add(zero.blend(change, active))
              .intoArray(delta, at);
        }
        bits.intoArray(indices, group * LaneKernels.BLOCK + r);
      }
    }
    for (int r = 0; r < LaneKernels.BLOCK; r += 2 * LANES) {
      FloatVector sign0 = FloatVector.fromArray(SPECIES, a, aOffset + r);
      FloatVector sign1 = FloatVector.fromArray(SPECIES, a, aOffset + r + LANES);
      int group = 0;
      for (; group + 2 <= groups; group += 2) {
        IntVector i00 = IntVector.fromArray(INDICES, indices, group * LaneKernels.BLOCK + r);
        IntVector i01 =
            IntVector.fromArray(INDICES, indices, group * LaneKernels.BLOCK + r + LANES);
        IntVector i10 = IntVector.fromArray(INDICES, indices, (group + 1) * LaneKernels.BLOCK + r);
        IntVector i11 =
            IntVector.fromArray(INDICES, indices, (group + 1) * LaneKernels.BLOCK + r + LANES);
        var p00 = i00.toShuffle().cast(SPECIES);
        var p01 = i01.toShuffle().cast(SPECIES);
        var p10 = i10.toShuffle().cast(SPECIES);
        var p11 = i11.toShuffle().cast(SPECIES);
        int t0 = group * samples * ENTRIES;
        int t1 = t0 + samples * ENTRIES;
        for (int j = 0; j < samples; j++) {
          FloatVector table0 = FloatVector.fromArray(SPECIES, tables, t0 + j * ENTRIES);
          FloatVector table1 = FloatVector.fromArray(SPECIES, tables, t1 + j * ENTRIES);
          int at = zOffset + j * LaneKernels.BLOCK + r;
          FloatVector sum0 = table0.rearrange(p00).add(table1.rearrange(p10));
          FloatVector sum1 = table0.rearrange(p01).add(table1.rearrange(p11));
          sign0.fma(sum0, FloatVector.fromArray(SPECIES, z, at)).intoArray(z, at);
          sign1.fma(sum1, FloatVector.fromArray(SPECIES, z, at + LANES)).intoArray(z, at + LANES);
        }
      }
      if (group < groups) {
        IntVector i00 = IntVector.fromArray(INDICES, indices, group * LaneKernels.BLOCK + r);
        IntVector i01 =
            IntVector.fromArray(INDICES, indices, group * LaneKernels.BLOCK + r + LANES);
        var p00 = i00.toShuffle().cast(SPECIES);
        var p01 = i01.toShuffle().cast(SPECIES);
        int t0 = group * samples * ENTRIES;
        for (int j = 0; j < samples; j++) {
          FloatVector table0 = FloatVector.fromArray(SPECIES, tables, t0 + j * ENTRIES);
          int at = zOffset + j * LaneKernels.BLOCK + r;
          sign0.fma(table0.rearrange(p00), FloatVector.fromArray(SPECIES, z, at)).intoArray(z, at);
          sign1
              .fma(table0.rearrange(p01), FloatVector.fromArray(SPECIES, z, at + LANES))
              .intoArray(z, at + LANES);
        }
      }
    }
  }
}
