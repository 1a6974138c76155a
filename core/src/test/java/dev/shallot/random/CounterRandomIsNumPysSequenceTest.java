package dev.shallot.random;

import static dev.shallot.random.PhiloxGivesNumPysWordsTest.words;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Sequences beside NumPy 2.4. All goldens were printed there, with
 *
 * <pre>
 * def raw(seed, stream, subnet, round, n):
 *     key = np.array([seed % 2**64, stream], dtype=np.uint64)
 *     return np.random.Philox(key=key, counter=[0, subnet, round, 0]).random_raw(n)
 * </pre>
 */
class CounterRandomIsNumPysSequenceTest {

  // [hex(x) for x in raw(7, 2, 3, 11, 10)]
  private static final String MASK_WORDS =
      "5dcac0f2fde2112c bd476b2491cdf49d 637b24691d937058 ac331cb1962c5e24 9a1d2305fa7b86fe"
          + " 233b2e9402fa3ace e7d4cbcbedcfdae5 71258fcae9a27c07 435ea57aadb8edb3 8ec5018c86d702b0";

  private static CounterRandom masks() {
    return new CounterRandom(7, RandomStream.MASKS, 3, 11);
  }

  @Test
  void wordsAreRandomRaw() {
    CounterRandom random = masks();
    assertArrayEquals(words(MASK_WORDS), LongStream.range(0, 10).map(random::word).toArray());
    assertEquals(0x9d5012689cc134a3L, random.word(100_000)); // raw(7, 2, 3, 11, 100001)[-1]
  }

  @Test
  void wordsCanBeReadInAnyOrder() {
    CounterRandom random = masks();
    long[] expected = words(MASK_WORDS);
    for (int i : new int[] {9, 0, 4, 3, 4, 8, 0, 9, 5}) {
      assertEquals(expected[i], random.word(i), "word " + i);
    }
  }

  @Test
  void aNegativeSeedIsItsTwosComplement() {
    CounterRandom random = new CounterRandom(-5, RandomStream.MASKS, 1, 2);
    // raw(-5, 2, 1, 2, 10)
    assertArrayEquals(
        words(
            "7fc4c1d0daf840fb 70f01f204b1a8c58 bb16d23bc64730db e84ef65af7ca792d 0ddb2afb504606e3"
                + " fe87fe0584ac08dc ffd56672a68acf3f 96a183aae095d734 94888beb82c07178"
                + " 05519779b466d34e"),
        LongStream.range(0, 10).map(random::word).toArray());
    assertEquals(0x23878aa2eb534da9L, random.word(100_000));
  }

  @Test
  void withoutSubnetAndRoundTheCounterIsZero() {
    CounterRandom random = new CounterRandom(123456789, RandomStream.HIDDEN_WEIGHTS);
    assertEquals(0xd3856507eb9785f2L, random.word(0)); // raw(123456789, 0, 0, 0, 1)
    assertEquals(0xa6b2b6f3e83175b3L, random.word(100_000)); // raw(123456789, 0, 0, 0, 100001)[-1]
  }

  @Test
  void streamsKeepTheNumbersOfTheFileFormats() {
    assertArrayEquals(
        new long[] {0, 1, 2, 3, 4, 5, 6, 7},
        Stream.of(
                RandomStream.HIDDEN_WEIGHTS,
                RandomStream.OUTPUT_WEIGHTS,
                RandomStream.MASKS,
                RandomStream.BATCHES,
                RandomStream.SPLIT,
                RandomStream.SYNTHETIC_FEATURES,
                RandomStream.SYNTHETIC_LABELS,
                RandomStream.PROBES)
            .mapToLong(RandomStream::number)
            .toArray());
  }

  @Test
  void bitsBelowAreComparisonsOfUniforms() {
    CounterRandom random = new CounterRandom(7, RandomStream.MASKS, 3, 11);
    CounterRandom again = new CounterRandom(7, RandomStream.MASKS, 3, 11);
    double exact = again.uniform(70);
    for (double p : new double[] {1e-3, 0.25, 0.3, 0.5, exact, Math.nextUp(exact), 0.999, 1.0}) {
      for (long index = 0; index < 640; index += 64) {
        long bits = random.bitsBelow(p, index);
        for (int b = 0; b < 64; b++) {
          assertEquals(again.uniform(index + b) < p, (bits >>> b & 1) != 0, p + " at " + index);
        }
        assertEquals(again.word(index + 63), random.word(index + 63), "the block that is kept");
        assertEquals(again.word(index + 2), random.word(index + 2));
      }
    }
  }

  @Test
  void uniformsAreTheUpper53Bits() {
    CounterRandom random = masks();
    // (raw(7, 2, 3, 11, 10) >> np.uint64(11)) * 2.0**-53
    double[] expected = {
      0.36637502605834293, 0.73937101023494, 0.38859775129601615, 0.6726549085198469,
      0.6020070924373453, 0.13762179482999037, 0.9055907605050487, 0.44197939590379487,
      0.26316293950160097, 0.5576935737688835
    };
    assertArrayEquals(expected, IntStream.range(0, 10).mapToDouble(random::uniform).toArray());
  }

  @Test
  void numbersBelowABoundAreTheUniformTimesTheBound() {
    CounterRandom random = masks();
    // (uniforms * 7).astype(int)
    assertArrayEquals(
        new int[] {2, 5, 2, 4, 4, 0, 6, 3, 1, 3},
        IntStream.range(0, 10).map(i -> random.below(7, i)).toArray());
  }

  @Test
  void signsAreTheTopBit() {
    CounterRandom random = new CounterRandom(7, RandomStream.OUTPUT_WEIGHTS);
    // np.where(raw(7, 1, 0, 0, 12) >> np.uint64(63), -1.0, 1.0)
    assertArrayEquals(
        new double[] {-1, 1, -1, 1, -1, -1, 1, -1, -1, 1, -1, 1},
        IntStream.range(0, 12).mapToDouble(random::sign).toArray());
  }

  @Test
  void permutationsAreAStableArgsortOfTheUpper32Bits() {
    // np.argsort(raw(7, 3, 2, 5, 20) >> np.uint64(32), kind="stable")
    assertArrayEquals(
        new int[] {4, 10, 16, 13, 12, 7, 18, 15, 0, 8, 6, 3, 1, 2, 14, 19, 11, 9, 17, 5},
        new CounterRandom(7, RandomStream.BATCHES, 2, 5).permutation(20));
    // np.argsort(raw(-5, 4, 0, 0, 12) >> np.uint64(32), kind="stable")
    assertArrayEquals(
        new int[] {5, 2, 10, 1, 7, 0, 3, 11, 6, 9, 8, 4},
        new CounterRandom(-5, RandomStream.SPLIT).permutation(12));
  }

  @Test
  void aLongPermutationHasNumPysDigest() throws Exception {
    int[] order = new CounterRandom(-5, RandomStream.SPLIT).permutation(5000);
    ByteBuffer bytes = ByteBuffer.allocate(4 * order.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int item : order) {
      bytes.putInt(item);
    }
    // hashlib.sha256(np.argsort(raw(-5, 4, 0, 0, 5000) >> np.uint64(32), kind="stable")
    //     .astype("<i4").tobytes()).hexdigest()
    assertEquals(
        "d549149ccfc5e2677112dea95d7e5f1b1e8cc1a133079203585ef7c67c34b87d",
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array())));
  }

  @Test
  void gaussiansAreBoxAndMuller() {
    // u = (raw(seed, stream, 0, 0, n) >> np.uint64(11)) * 2.0**-53
    // r, a = np.sqrt(-2 * np.log(1 - u[0::2])), 2 * np.pi * u[1::2]
    // np.stack([r * np.cos(a), r * np.sin(a)], 1).ravel()
    assertGaussians(
        new CounterRandom(7, RandomStream.HIDDEN_WEIGHTS),
        -0.570250515347539,
        1.9461275500051387,
        -0.8648582783972415,
        0.5846463546242237,
        -0.1368509641484549,
        -0.3927140855006908,
        -0.6091608545016929);
    assertGaussians(
        new CounterRandom(-5, RandomStream.SYNTHETIC_FEATURES),
        -0.626656369376188,
        0.4299683349900027,
        1.2843603995018487,
        0.4317214199512505,
        -0.2650085433373479);
  }

  private static void assertGaussians(CounterRandom random, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      // NumPy's logarithm and cosine may differ from fdlibm's by a unit in the last place.
      assertEquals(expected[i], random.gaussian(i), 4e-15, "normal number " + i);
    }
  }
}
