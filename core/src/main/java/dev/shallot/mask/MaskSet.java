package dev.shallot.mask;

import java.util.Arrays;

/**
 * The masks of one round: p bitsets of m bits, {@code m_{k,r}^l}, one row a subnet. Immutable.
 *
 * <p>Bit r of a row is bit {@code r mod 64} of word {@code r div 64}.
 */
public final class MaskSet {
  private final int subnets;
  private final int width;
  private final int wordsPerRow;
  private final long[] words;

  private MaskSet(int subnets, int width, long[] words) {
    this.subnets = subnets;
    this.width = width;
    this.wordsPerRow = wordsPerRow(width);
    this.words = words;
  }

  /** A set under construction, with every bit zero. */
  static Builder builder(int subnets, int width) {
    return new Builder(subnets, width);
  }

  /**
   * The set with exactly these bits.
   *
   * @param width number of neurons m
   * @param rows p rows; row l lists the neurons that subnet l holds, each of 0 .. m-1
   */
  public static MaskSet of(int width, int[][] rows) {
    Builder builder = builder(rows.length, width);
    for (int l = 0; l < rows.length; l++) {
      for (int neuron : rows[l]) {
        builder.hold(l, neuron);
      }
    }
    return builder.build();
  }

  private static int wordsPerRow(int width) {
    return (width + 63) >>> 6;
  }

  /** Number of subnets p. */
  public int subnets() {
    return subnets;
  }

  /** Number of neurons m. */
  public int width() {
    return width;
  }

  /** Whether a subnet holds a neuron. */
  public boolean holds(int subnet, int neuron) {
    return (words[subnet * wordsPerRow + (neuron >>> 6)] >>> (neuron & 63) & 1L) != 0;
  }

  /** Copies a subnet's bits, 64 neurons a word, the bits past the last neuron zero. */
  public void copyBits(int subnet, long[] into) {
    copyBits(subnet, into, 0);
  }

  /** The same, from some word on. */
  public void copyBits(int subnet, long[] into, int offset) {
    System.arraycopy(words, subnet * wordsPerRow, into, offset, wordsPerRow);
  }

  /** Sets bit {@code bit} of {@code members[r]} for each neuron r that a subnet holds. */
  public void addMembers(int subnet, int bit, int[] members) {
    for (int r = 0; r < width; r++) {
      long word = words[subnet * wordsPerRow + (r >>> 6)];
      members[r] |= (int) (word >>> r & 1L) << bit;
    }
  }

  /** How many neurons a subnet holds. */
  public int held(int subnet) {
    int held = 0;
    for (int w = 0; w < wordsPerRow; w++) {
      held += Long.bitCount(words[subnet * wordsPerRow + w]);
    }
    return held;
  }

  /**
   * Writes the neurons that a subnet holds, in ascending order.
   *
   * @param subnet the subnet
   * @param neurons receives them from index 0; must have room for {@link #held}
   * @return how many there are
   */
  public int heldNeurons(int subnet, int[] neurons) {
    int count = 0;
    for (int w = 0; w < wordsPerRow; w++) {
      long word = words[subnet * wordsPerRow + w];
      while (word != 0) {
        neurons[count++] = (w << 6) + Long.numberOfTrailingZeros(word);
        word &= word - 1;
      }
    }
    return count;
  }

  /**
   * Writes those of the neurons first .. first+count-1 that a subnet holds, in ascending order,
   * counted from {@code first} on.
   *
   * @param first a multiple of 64
   * @param neurons receives them from index 0; {@code count} numbers long is enough
   * @return how many there are
   */
  public int heldNeurons(int subnet, int first, int count, int[] neurons) {
    int held = 0;
    for (int r = 0; r < count; r += Long.SIZE) {
      long word = words[subnet * wordsPerRow + ((first + r) >>> 6)];
      if (count - r < Long.SIZE) {
        word &= (1L << (count - r)) - 1;
      }
      while (word != 0) {
        neurons[held++] = r + Long.numberOfTrailingZeros(word);
        word &= word - 1;
      }
    }
    return held;
  }

  /** Coverage X_{k,r}: how many subnets hold a neuron. */
  public int coverage(int neuron) {
    int coverage = 0;
    for (int l = 0; l < subnets; l++) {
      coverage += holds(l, neuron) ? 1 : 0;
    }
    return coverage;
  }

  /** How many neurons no subnet holds. */
  public int uncovered() {
    int covered = 0;
    for (int w = 0; w < wordsPerRow; w++) {
      long any = 0;
      for (int l = 0; l < subnets; l++) {
        any |= words[l * wordsPerRow + w];
      }
      covered += Long.bitCount(any);
    }
    return width - covered;
  }

  /** The sum of all coverages: how many neuron rows travel to subnets in this round. */
  public long coverageSum() {
    long sum = 0;
    for (long word : words) {
      sum += Long.bitCount(word);
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskSet that
        && subnets == that.subnets
        && width == that.width
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * subnets + width) + Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return "MaskSet[" + subnets + " x " + width + ", coverage sum " + coverageSum() + "]";
  }

  /** Collects bits; single use. */
  static final class Builder {
    private final int subnets;
    private final int width;
    private final long[] words;

    private Builder(int subnets, int width) {
      this.subnets = subnets;
      this.width = width;
      this.words = new long[Math.multiplyExact(subnets, wordsPerRow(width))];
    }

    void hold(int subnet, int neuron) {
      words[subnet * wordsPerRow(width) + (neuron >>> 6)] |= 1L << (neuron & 63);
    }

    /** Holds those of 64 neurons from {@code first} on, a multiple of 64, whose bit is set. */
    void hold(int subnet, int first, long bits) {
      long there = width - first < Long.SIZE ? (1L << (width - first)) - 1 : -1L;
      words[subnet * wordsPerRow(width) + (first >>> 6)] |= bits & there;
    }

    MaskSet build() {
      return new MaskSet(subnets, width, words);
    }
  }
}
