package dev.shallot.numeric;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The linear model's arithmetic in vectors.
 *
 * <p>Products with a matrix keep four vectors of results in registers while all rows go by: the
 * four sums hide each other's latency, and no result is written before it is done.
 */
final class VectorLinear implements LinearKernels {
  private static final int INTERLEAVED = 16;
  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorProvider.shape());
  private static final int LANES = SPECIES.length();
  private static final int TILE = 4 * LANES;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorProvider.shape());
  private static final long INT_BITS = -1L >>> (64 - INTS.length());

  /** Vectors of ints with as many lanes as one of float64. */
  private static final VectorSpecies<Integer> INDICES =
      VectorSpecies.of(int.class, VectorShape.forBitSize(Math.max(64, 32 * LANES)));

  private static final IntVector LANE = IntVector.zero(INDICES).addIndex(1);

  @Override
  public void addProduct(int n, double[] matrix, int stride, double[] x, double[] y) {
    int i = 0;
    for (; i + TILE <= n; i += TILE) {
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, y, i);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, y, i + LANES);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, y, i + 2 * LANES);
      DoubleVector y3 = DoubleVector.fromArray(SPECIES, y, i + 3 * LANES);
      for (int j = 0; j < n; j++) {
        int at = j * stride + i;
        DoubleVector factor = DoubleVector.broadcast(SPECIES, x[j]);
        y0 = DoubleVector.fromArray(SPECIES, matrix, at).fma(factor, y0);
        y1 = DoubleVector.fromArray(SPECIES, matrix, at + LANES).fma(factor, y1);
        y2 = DoubleVector.fromArray(SPECIES, matrix, at + 2 * LANES).fma(factor, y2);
        y3 = DoubleVector.fromArray(SPECIES, matrix, at + 3 * LANES).fma(factor, y3);
      }
      y0.intoArray(y, i);
      y1.intoArray(y, i + LANES);
      y2.intoArray(y, i + 2 * LANES);
      y3.intoArray(y, i + 3 * LANES);
    }
    for (; i < n; i += LANES) {
      DoubleVector sum = DoubleVector.fromArray(SPECIES, y, i);
      for (int j = 0; j < n; j++) {
        sum =
            DoubleVector.fromArray(SPECIES, matrix, j * stride + i)
                .fma(DoubleVector.broadcast(SPECIES, x[j]), sum);
      }
      sum.intoArray(y, i);
    }
  }

  @Override
  public void products(
      int n, double[] k, int stride, double[] x, double[] product, double[] absolute) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    int i = 0;
    for (; i + 2 * LANES <= n; i += 2 * LANES) {
      DoubleVector p0 = zero;
      DoubleVector p1 = zero;
      DoubleVector a0 = zero;
      DoubleVector a1 = zero;
      for (int j = 0; j < n; j++) {
        int at = j * stride + i;
        DoubleVector factor = DoubleVector.broadcast(SPECIES, x[j]);
        DoubleVector t0 = DoubleVector.fromArray(SPECIES, k, at).mul(factor);
        DoubleVector t1 = DoubleVector.fromArray(SPECIES, k, at + LANES).mul(factor);
        p0 = p0.add(t0);
        p1 = p1.add(t1);
        a0 = a0.add(t0.abs());
        a1 = a1.add(t1.abs());
      }
      p0.intoArray(product, i);
      p1.intoArray(product, i + LANES);
      a0.intoArray(absolute, i);
      a1.intoArray(absolute, i + LANES);
    }
    for (; i < n; i += LANES) {
      DoubleVector p = zero;
      DoubleVector a = zero;
      for (int j = 0; j < n; j++) {
        DoubleVector t =
            DoubleVector.fromArray(SPECIES, k, j * stride + i)
                .mul(DoubleVector.broadcast(SPECIES, x[j]));
        p = p.add(t);
        a = a.add(t.abs());
      }
      p.intoArray(product, i);
      a.intoArray(absolute, i);
    }
  }

  @Override
  public double dot(int count, double[] x, int xOffset, double[] y, int yOffset, double[] scratch) {
    for (int part = 0; part < INTERLEAVED; part += LANES) {
      DoubleVector sum = DoubleVector.zero(SPECIES);
      for (int j = part; j < count; j += INTERLEAVED) {
        sum =
            DoubleVector.fromArray(SPECIES, x, xOffset + j)
                .fma(DoubleVector.fromArray(SPECIES, y, yOffset + j), sum);
      }
      sum.intoArray(scratch, part);
    }
    double total = 0.0;
    for (int part = 0; part < INTERLEAVED; part++) {
      total += scratch[part];
    }
    return total;
  }

  @Override
  public void addBits(int words, int[] bits, int offset, int sign, int[] counts) {
    for (int j = 0; j < 32 * words; j += INTS.length()) {
      VectorMask<Integer> chosen =
          VectorMask.fromLong(INTS, (bits[offset + (j >>> 5)] >>> j) & INT_BITS);
      IntVector.fromArray(INTS, counts, j).add(sign, chosen).intoArray(counts, j);
    }
  }

  @Override
  public int close(
      int from,
      int to,
      double[] start,
      double[] slope,
      double factor,
      double limit,
      int[] indices) {
    DoubleVector factors = DoubleVector.broadcast(SPECIES, factor);
    DoubleVector most = DoubleVector.broadcast(SPECIES, limit);
    int count = 0;
    for (int k = from; k < to; k += LANES) {
      VectorMask<Double> found =
          DoubleVector.fromArray(SPECIES, slope, k)
              .fma(factors, DoubleVector.fromArray(SPECIES, start, k))
              .compare(VectorOperators.LE, most)
              .and(SPECIES.indexInRange(k, to));
      // Whole vectors are written, since a branch would be a coin toss.
      LANE.add(k).compress(found.cast(INDICES)).intoArray(indices, count);
      count += found.trueCount();
    }
    return count;
  }
}
