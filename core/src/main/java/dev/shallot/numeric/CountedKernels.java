package dev.shallot.numeric;

/**
 * The arithmetic of counted rounds (see {@code dev.shallot.engine.gram}): neurons lie along the
 * lanes, 64 a word of bits, and every sum has a fixed order whatever the width of the vectors.
 * Nothing is allocated: where sums are kept apart, the caller brings {@code scratch}, 64 numbers
 * that belong to its thread.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public sealed interface CountedKernels<A>
    permits FloatVectorCounted, DoubleVectorCounted, FloatScalarCounted, DoubleScalarCounted {

  /**
   * What each subnet's held neurons add up to on one sample: {@code sums[l * sumsStride] = sum_r
   * held_lr a_r relu(z_r)}, sixteen interleaved sums, r mod 16, added upwards at the end.
   *
   * @param width neurons, a multiple of 64
   * @param subnets p
   * @param z one sample's pre-activations
   * @param a signs, +1 or -1
   * @param held bits, a row a subnet
   * @param heldStride words from row to row
   */
  void heldSums(
      int width,
      int subnets,
      A z,
      int zOffset,
      A a,
      long[] held,
      int heldStride,
      A sums,
      int sumsOffset,
      int sumsStride,
      A scratch);

  /**
   * Appends the entries of a list that are near zero, and members of something wanted, to another.
   *
   * @param from the first entry
   * @param count how many entries are looked at; {@link LaneKernels#BLOCK} more can be read
   * @param members bits; those with {@code (members_k & wanted) != 0} are members
   * @param values entry k's is at {@code valuesOffset + k}; near zero is {@code |value| <= reach}
   * @param toNeurons receives the neurons from {@code size} on, and the other two what belongs to
   *     them; each has room for {@code size + count + 64}, and what is past the end is undefined
   * @return the new size of the second list
   */
  int narrow(
      int from,
      int count,
      int[] neurons,
      int[] members,
      A values,
      int valuesOffset,
      double reach,
      int wanted,
      int[] toNeurons,
      int[] toMembers,
      A toValues,
      int size);

  /**
   * {@code b[i, r] = bit r of row i's word ? factor_r b[i, r] : 0} for the neurons of a block.
   *
   * @param bits row i's word is at {@code offset + i * stride}
   * @param factors 64 numbers
   */
  void gate(int samples, long[] bits, int offset, int stride, A factors, A b, int bOffset);

  /**
   * Takes a change b of a block's coefficients, and the change {@code moved = K b} of its
   * pre-activations, into the whole: {@code dots[r] += sum_i (2 beta_ir + b_ir) moved_ir}, then
   * {@code beta += b}, {@code z += moved}.
   *
   * @param b samples x 64
   * @param moved samples x 64
   * @param bOffset where b and moved start
   * @param offset where the block starts in row 0 of beta and z
   * @param stride of beta and z
   * @param dots at {@code dotsOffset}, 64 numbers
   */
  void absorb(
      int samples,
      A b,
      A moved,
      int bOffset,
      A beta,
      A z,
      int offset,
      int stride,
      double[] dots,
      int dotsOffset,
      A scratch);

  /** {@code to[toOffset + positions[k]] += values[k]} for k from {@code from} up to {@code end}. */
  void addEach(int from, int end, int[] positions, double[] values, A to, int toOffset);
}
