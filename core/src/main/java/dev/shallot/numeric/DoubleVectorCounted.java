package dev.shallot.numeric;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * float64 counted rounds in vectors.
 *
 * <p>{@link FloatVectorCounted} is this file with the number type replaced, which a test holds
 * true.
 */
final class DoubleVectorCounted implements CountedKernels<double[]> {
  private static final int BLOCK = LaneKernels.BLOCK;
  private static final int INTERLEAVED = 16;
  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorProvider.shape());
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorProvider.shape());
  private static final long INT_BITS = -1L >>> (64 - INTS.length());

  /** Vectors of ints with as many lanes. */
  private static final VectorSpecies<Integer> INDICES =
      VectorSpecies.of(int.class, VectorShape.forBitSize(32 * LANES));

  private static final IntVector LANE = IntVector.zero(INDICES).addIndex(1);

  /** The bits of one vector, at the bottom of a word. */
  private static final long LANE_BITS = -1L >>> (64 - LANES);

  @Override
  public void heldSums(
      int width,
      int subnets,
      double[] z,
      int zOffset,
      double[] a,
      long[] held,
      int heldStride,
      double[] sums,
      int sumsOffset,
      int sumsStride,
      double[] scratch) {
    for (int l = 0; l < subnets; l += 4) {
      int row0 = l * heldStride;
      int row1 = Math.min(l + 1, subnets - 1) * heldStride;
      int row2 = Math.min(l + 2, subnets - 1) * heldStride;
      int row3 = Math.min(l + 3, subnets - 1) * heldStride;
      for (int part = 0; part < INTERLEAVED; part += LANES) {
        // Four subnets share each product; their four sums hide the latency of an addition.
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector sum0 = zero;
        DoubleVector sum1 = zero;
        DoubleVector sum2 = zero;
        DoubleVector sum3 = zero;
        for (int r = part; r < width; r += INTERLEAVED) {
          DoubleVector h = DoubleVector.fromArray(SPECIES, z, zOffset + r);
          DoubleVector term =
              h.blend(zero, h.compare(VectorOperators.LT, zero))
                  .mul(DoubleVector.fromArray(SPECIES, a, r));
          int word = r >>> 6;
          sum0 = sum0.add(term, VectorMask.fromLong(SPECIES, held[row0 + word] >>> r & LANE_BITS));
          sum1 = sum1.add(term, VectorMask.fromLong(SPECIES, held[row1 + word] >>> r & LANE_BITS));
          sum2 = sum2.add(term, VectorMask.fromLong(SPECIES, held[row2 + word] >>> r & LANE_BITS));
          sum3 = sum3.add(term, VectorMask.fromLong(SPECIES, held[row3 + word] >>> r & LANE_BITS));
        }
        sum0.intoArray(scratch, part);
        sum1.intoArray(scratch, INTERLEAVED + part);
        sum2.intoArray(scratch, 2 * INTERLEAVED + part);
        sum3.intoArray(scratch, 3 * INTERLEAVED + part);
      }
      for (int k = 0; k < 4 && l + k < subnets; k++) {
        double total = 0;
        for (int part = 0; part < INTERLEAVED; part++) {
          total += scratch[k * INTERLEAVED + part];
        }
        sums[sumsOffset + (l + k) * sumsStride] = total;
      }
    }
  }

  @Override
  public int collect(
      int width,
      double[] z,
      int zOffset,
      double[] a,
      double reach,
      long[] held,
      int heldOffset,
      int[] neurons,
      double[] values,
      int size) {
    DoubleVector most = DoubleVector.broadcast(SPECIES, Math.nextUp((double) reach));
    int to = size;
    for (int first = 0; first < width; first += BLOCK) {
      long word = held[heldOffset + (first >>> 6)];
      if (to + BLOCK > neurons.length) {
        return -1;
      }
      for (int r = 0; r < BLOCK; r += LANES) {
        DoubleVector v = DoubleVector.fromArray(SPECIES, z, zOffset + first + r);
        VectorMask<Double> near =
            v.abs()
                .compare(VectorOperators.LE, most)
                .and(VectorMask.fromLong(SPECIES, (word >>> r) & LANE_BITS));
        // Whole vectors are written, since a branch would be a coin toss; what is past the end of
        // the list is written over.
        v.mul(DoubleVector.fromArray(SPECIES, a, first + r)).compress(near).intoArray(values, to);
        LANE.add(first + r).compress(near.cast(INDICES)).intoArray(neurons, to);
        to += near.trueCount();
      }
    }
    return to;
  }

  @Override
  public int within(int from, int to, double[] values, double low, double high, int[] indices) {
    DoubleVector least = DoubleVector.broadcast(SPECIES, Math.nextDown((double) low));
    DoubleVector most = DoubleVector.broadcast(SPECIES, Math.nextUp((double) high));
    int count = 0;
    for (int k = from; k < to; k += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, values, k);
      VectorMask<Double> found =
          v.compare(VectorOperators.LE, most)
              .and(v.compare(VectorOperators.GE, least))
              .and(SPECIES.indexInRange(k, to));
      LANE.add(k).compress(found.cast(INDICES)).intoArray(indices, count);
      count += found.trueCount();
    }
    return count;
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
    double total = 0;
    for (int part = 0; part < INTERLEAVED; part++) {
      total += scratch[part];
    }
    return total;
  }

  @Override
  public void gate(
      int samples, long[] bits, int offset, int stride, double[] factors, double[] b, int bOffset) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    for (int i = 0; i < samples; i++) {
      long word = bits[offset + i * stride];
      for (int r = 0; r < BLOCK; r += LANES) {
        zero.blend(
                DoubleVector.fromArray(SPECIES, b, bOffset + i * BLOCK + r)
                    .mul(DoubleVector.fromArray(SPECIES, factors, r)),
                VectorMask.fromLong(SPECIES, word >>> r & LANE_BITS))
            .intoArray(b, bOffset + i * BLOCK + r);
      }
    }
  }

  @Override
  public void absorb(
      int samples,
      double[] b,
      double[] moved,
      int bOffset,
      double[] beta,
      double[] z,
      int offset,
      int stride,
      double[] dots,
      int dotsOffset,
      double[] scratch) {
    for (int r = 0; r < BLOCK; r += LANES) {
      DoubleVector sum = DoubleVector.zero(SPECIES);
      for (int i = 0; i < samples; i++) {
        int at = offset + i * stride + r;
        DoubleVector change = DoubleVector.fromArray(SPECIES, b, bOffset + i * BLOCK + r);
        DoubleVector move = DoubleVector.fromArray(SPECIES, moved, bOffset + i * BLOCK + r);
        DoubleVector before = DoubleVector.fromArray(SPECIES, beta, at);
        DoubleVector after = before.add(change);
        sum = before.add(after).fma(move, sum);
        after.intoArray(beta, at);
        DoubleVector.fromArray(SPECIES, z, at).add(move).intoArray(z, at);
      }
      sum.intoArray(scratch, r);
    }
    for (int r = 0; r < BLOCK; r++) {
      dots[dotsOffset + r] += scratch[r];
    }
  }

  @Override
  public void gather(int count, double[] values, int[] indices, double[] to) {
    for (int k = 0; k < count; k++) {
      to[k] = values[indices[k]];
    }
  }

  @Override
  public void scatter(int count, double[] values, int[] indices, double[] to) {
    for (int k = 0; k < count; k++) {
      to[indices[k]] = (double) values[k];
    }
  }

  @Override
  public void addEach(
      int from, int end, int[] positions, double[] values, double[] to, int toOffset) {
    for (int k = from; k < end; k++) {
      to[toOffset + positions[k]] += (double) values[k];
    }
  }
}
