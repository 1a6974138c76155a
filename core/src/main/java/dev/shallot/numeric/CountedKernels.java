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
   * Appends the held neurons with {@code |z_r| <= reach}, in ascending order, to a list.
   *
   * @param width neurons, a multiple of 64
   * @param a signs, +1 or -1
   * @param neurons receives r from {@code size} on; what is past the new size is undefined
   * @param values receives a_r z_r from {@code size} on, likewise; has as much room
   * @param size how long the list is
   * @return the new size, or -1 if the list has not the room
   */
  int collect(
      int width,
      A z,
      int zOffset,
      A a,
      double reach,
      long[] held,
      int heldOffset,
      int[] neurons,
      A values,
      int size);

  /**
   * Finds the numbers of a list within a range: writes each index k, {@code from <= k < to}, with
   * {@code low <= values[k] <= high}.
   *
   * @param values readable up to a whole block past {@code to}
   * @param indices has room for a block more than {@code to - from}
   * @return how many there are
   */
  int within(int from, int to, A values, double low, double high, int[] indices);

  /**
   * Counts bits by position: {@code counts[j] += sign} for each bit j of a row that is set.
   *
   * @param words how many words of 32 bits
   * @param bits from word {@code offset} on
   */
  void addBits(int words, int[] bits, int offset, int sign, int[] counts);

  /**
   * {@code sum_j x_j y_j}: sixteen interleaved sums, j mod 16, added upwards at the end.
   *
   * @param count a multiple of 16
   */
  double dot(int count, A x, int xOffset, A y, int yOffset, A scratch);

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

  /** {@code to[k] = values[indices[k]]}. */
  void gather(int count, A values, int[] indices, double[] to);

  /** {@code to[indices[k]] = values[k]}, rounded. */
  void scatter(int count, double[] values, int[] indices, A to);

  /** {@code to[toOffset + positions[k]] += values[k]} for k from {@code from} up to {@code end}. */
  void addEach(int from, int end, int[] positions, double[] values, A to, int toOffset);
}
