package dev.shallot.numeric;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * float32 counted rounds in vectors.
 *
 * <p>{@link DoubleVectorCounted} is this file with the number type replaced, which a test holds
 * true.
 */
final class FloatVectorCounted implements CountedKernels<float[]> {
  private static final int BLOCK = LaneKernels.BLOCK;
  private static final int INTERLEAVED = 16;
  private static final VectorSpecies<Float> SPECIES =
      VectorSpecies.of(float.class, VectorProvider.shape());
  private static final int LANES = SPECIES.length();

  /** Vectors of ints with as many lanes. */
  private static final VectorSpecies<Integer> INDICES =
      VectorSpecies.of(int.class, VectorShape.forBitSize(32 * LANES));

  /** The bits of one vector, at the bottom of a word. */
  private static final long LANE_BITS = -1L >>> (64 - LANES);

  @Override
  public void heldSums(
      int width,
      int subnets,
      float[] z,
      int zOffset,
      float[] a,
      long[] held,
      int heldStride,
      float[] sums,
      int sumsOffset,
      int sumsStride,
      float[] scratch) {
    for (int l = 0; l < subnets; l += 4) {
      int row0 = l * heldStride;
      int row1 = Math.min(l + 1, subnets - 1) * heldStride;
      int row2 = Math.min(l + 2, subnets - 1) * heldStride;
      int row3 = Math.min(l + 3, subnets - 1) * heldStride;
      for (int part = 0; part < INTERLEAVED; part += LANES) {
        // Four subnets share each product; their four sums hide the latency of an addition.
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum0 = zero;
        FloatVector sum1 = zero;
        FloatVector sum2 = zero;
        FloatVector sum3 = zero;
        for (int r = part; r < width; r += INTERLEAVED) {
          FloatVector h = FloatVector.fromArray(SPECIES, z, zOffset + r);
          FloatVector term =
              h.blend(zero, h.compare(VectorOperators.LT, zero))
                  .mul(FloatVector.fromArray(SPECIES, a, r));
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
        float total = 0;
        for (int part = 0; part < INTERLEAVED; part++) {
          total += scratch[k * INTERLEAVED + part];
        }
        sums[sumsOffset + (l + k) * sumsStride] = total;
      }
    }
  }

  @Override
  public int narrow(
      int from,
      int count,
      int[] neurons,
      int[] members,
      float[] values,
      int valuesOffset,
      double reach,
      int wanted,
      int[] toNeurons,
      int[] toMembers,
      float[] toValues,
      int size) {
    FloatVector most = FloatVector.broadcast(SPECIES, Math.nextUp((float) reach));
    int to = size;
    for (int k = from; k < from + count; k += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, values, valuesOffset + k);
      IntVector member = IntVector.fromArray(INDICES, members, k);
      VectorMask<Integer> found =
          member
              .and(wanted)
              .compare(VectorOperators.NE, 0)
              .and(v.abs().compare(VectorOperators.LE, most).cast(INDICES))
              .and(INDICES.indexInRange(k, from + count));
      // Whole vectors are written, since a branch would be a coin toss; what is past the end of
      // the list is written over.
      v.compress(found.cast(SPECIES)).intoArray(toValues, to);
      member.compress(found).intoArray(toMembers, to);
      IntVector.fromArray(INDICES, neurons, k).compress(found).intoArray(toNeurons, to);
      to += found.trueCount();
    }
    return to;
  }

  @Override
  public void gate(
      int samples, long[] bits, int offset, int stride, float[] factors, float[] b, int bOffset) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < samples; i++) {
      long word = bits[offset + i * stride];
      for (int r = 0; r < BLOCK; r += LANES) {
        zero.blend(
                FloatVector.fromArray(SPECIES, b, bOffset + i * BLOCK + r)
                    .mul(FloatVector.fromArray(SPECIES, factors, r)),
                VectorMask.fromLong(SPECIES, word >>> r & LANE_BITS))
            .intoArray(b, bOffset + i * BLOCK + r);
      }
    }
  }

  @Override
  public void absorb(
      int samples,
      float[] b,
      float[] moved,
      int bOffset,
      float[] beta,
      float[] z,
      int offset,
      int stride,
      double[] dots,
      int dotsOffset,
      float[] scratch) {
    for (int r = 0; r < BLOCK; r += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = 0; i < samples; i++) {
        int at = offset + i * stride + r;
        FloatVector change = FloatVector.fromArray(SPECIES, b, bOffset + i * BLOCK + r);
        FloatVector move = FloatVector.fromArray(SPECIES, moved, bOffset + i * BLOCK + r);
        FloatVector before = FloatVector.fromArray(SPECIES, beta, at);
        FloatVector after = before.add(change);
        sum = before.add(after).fma(move, sum);
        after.intoArray(beta, at);
        FloatVector.fromArray(SPECIES, z, at).add(move).intoArray(z, at);
      }
      sum.intoArray(scratch, r);
    }
    for (int r = 0; r < BLOCK; r++) {
      dots[dotsOffset + r] += scratch[r];
    }
  }

  @Override
  public void addEach(
      int from, int end, int[] positions, double[] values, float[] to, int toOffset) {
    for (int k = from; k < end; k++) {
      to[toOffset + positions[k]] += (float) values[k];
    }
  }
}
