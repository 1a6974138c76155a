package dev.shallot.random;

/**
 * An endless sequence of random words that can be read at any index. It is the sequence that NumPy
 * gives for
 *
 * <pre>numpy.random.Philox(key=[seed, stream], counter=[0, subnet, round, 0]).random_raw(...)</pre>
 *
 * <p>Word i is word {@code i mod 4} of the Philox block with key (seed, stream) and counter (1 + i
 * div 4, subnet, round, 0).
 *
 * <p>An instance keeps the last block, so reading upwards is cheap; it is not safe for several
 * threads, but two instances with the same coordinates give the same numbers.
 */
public final class CounterRandom {
  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  private final long seed;
  private final long stream;
  private final long subnet;
  private final long round;
  private final long[] block = new long[Philox.BLOCK];
  private long blockIndex = -1;

  /**
   * The sequence of these coordinates.
   *
   * @param seed the run's seed, first key word
   * @param stream what the numbers are for, second key word
   * @param subnet second counter word; 0 where it has no meaning
   * @param round third counter word; 0 where it has no meaning
   */
  public CounterRandom(long seed, RandomStream stream, long subnet, long round) {
    this.seed = seed;
    this.stream = stream.number();
    this.subnet = subnet;
    this.round = round;
  }

  /** The sequence of a stream that depends on neither subnet nor round. */
  public CounterRandom(long seed, RandomStream stream) {
    this(seed, stream, 0, 0);
  }

  /** The 64 random bits at an index, {@code index >= 0}. */
  public long word(long index) {
    long wanted = index >>> 2;
    if (wanted != blockIndex) {
      Philox.block(seed, stream, 1 + wanted, subnet, round, 0, block, 0);
      blockIndex = wanted;
    }
    return block[(int) (index & 3)];
  }

  /**
   * A uniform number of [0, 1): the upper 53 bits of the word, times 2^-53. In NumPy: {@code (raw
   * >> 11) * 2.0**-53}.
   */
  public double uniform(long index) {
    return (word(index) >>> 11) * TWO_TO_MINUS_53;
  }

  /** A whole number of 0 .. bound-1: the uniform number at the index, times the bound, cut off. */
  public int below(int bound, long index) {
    return (int) (uniform(index) * bound);
  }

  /**
   * 64 yes-or-no numbers: bit b is 1 when the uniform number at {@code index + b} is below a
   * probability. The comparison is one of integers, without a branch that would be a coin toss.
   *
   * @param index a multiple of 64
   */
  public long bitsBelow(double probability, long index) {
    // (word >>> 11) 2^-53 < p if and only if word >>> 11 < p 2^53, and that product is exact.
    long limit = (long) StrictMath.ceil(probability / TWO_TO_MINUS_53);
    long bits = 0;
    for (int b = 0; b < Long.SIZE; b += Philox.BLOCK) {
      Philox.block(seed, stream, 1 + ((index + b) >>> 2), subnet, round, 0, block, 0);
      for (int w = 0; w < Philox.BLOCK; w++) {
        bits |= (((block[w] >>> 11) - limit) >>> 63) << (b + w);
      }
    }
    blockIndex = (index + Long.SIZE - 1) >>> 2;
    return bits;
  }

  /** -1 or +1: the sign is the word's top bit, 1 meaning -1. */
  public double sign(long index) {
    return word(index) < 0 ? -1.0 : 1.0;
  }

  /**
   * A standard normal number by Box and Muller. Numbers 2j and 2j+1 share the uniforms u at word 2j
   * and v at word 2j+1: {@code sqrt(-2 ln(1-u))} times {@code cos(2 pi v)} for the even one, times
   * {@code sin(2 pi v)} for the odd one. {@link StrictMath} makes the bits equal on every machine.
   */
  public double gaussian(long index) {
    long even = index & ~1L;
    double radius = StrictMath.sqrt(-2.0 * StrictMath.log(1.0 - uniform(even)));
    double angle = 2.0 * StrictMath.PI * uniform(even + 1);
    return radius * ((index & 1) == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
  }

  /**
   * A random permutation of 0 .. size-1: item i gets the upper 32 bits of word i as its key, items
   * are sorted by key and, where keys are equal, by number. In NumPy: {@code numpy.argsort(raw >>
   * 32, kind="stable")}.
   *
   * @return the items in their new order
   */
  public int[] permutation(int size) {
    long[] keyed = new long[size];
    for (int i = 0; i < size; i++) {
      // The flipped top bit makes the signed sort order the keys as unsigned numbers.
      keyed[i] = ((word(i) & 0xFFFF_FFFF_0000_0000L) ^ Long.MIN_VALUE) | i;
    }
    java.util.Arrays.sort(keyed);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = (int) keyed[i];
    }
    return order;
  }
}
