package dev.shallot.random;

/**
 * Philox4x64-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3" (SC 2011), which NumPy ships as {@code numpy.random.Philox}.
 *
 * <p>A block is a bijection of a 256-bit counter under a 128-bit key: ten rounds, each of which
 * multiplies two counter words by a constant to 128 bits and mixes the halves with the other two
 * words and the key; the key grows by a Weyl constant after each round.
 */
public final class Philox {
  private static final long MULTIPLIER_0 = 0xD2E7470EE14C6C93L;
  private static final long MULTIPLIER_1 = 0xCA5A826395121157L;
  private static final long WEYL_0 = 0x9E3779B97F4A7C15L;
  private static final long WEYL_1 = 0xBB67AE8584CAA73BL;
  private static final int ROUNDS = 10;

  /** Words in a block. */
  public static final int BLOCK = 4;

  private Philox() {}

  /**
   * Writes the four words of one block.
   *
   * @param key0 first key word
   * @param key1 second key word
   * @param counter0 first (lowest) counter word; NumPy increments it <em>before</em> it makes a
   *     block, so the first words of {@code Philox(key=[k0, k1], counter=[c0, c1, c2, c3])} are
   *     this block for {@code c0 + 1}
   * @param counter1 second counter word
   * @param counter2 third counter word
   * @param counter3 fourth counter word
   * @param words receives the block at {@code offset .. offset + 3}
   * @param offset where to write
   */
  public static void block(
      long key0,
      long key1,
      long counter0,
      long counter1,
      long counter2,
      long counter3,
      long[] words,
      int offset) {
    long k0 = key0;
    long k1 = key1;
    long c0 = counter0;
    long c1 = counter1;
    long c2 = counter2;
    long c3 = counter3;
    for (int round = 0; round < ROUNDS; round++) {
      long high0 = Math.unsignedMultiplyHigh(MULTIPLIER_0, c0);
      long low0 = MULTIPLIER_0 * c0;
      long high1 = Math.unsignedMultiplyHigh(MULTIPLIER_1, c2);
      long low1 = MULTIPLIER_1 * c2;
      c0 = high1 ^ c1 ^ k0;
      c1 = low1;
      c2 = high0 ^ c3 ^ k1;
      c3 = low0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    words[offset] = c0;
    words[offset + 1] = c1;
    words[offset + 2] = c2;
    words[offset + 3] = c3;
  }
}
