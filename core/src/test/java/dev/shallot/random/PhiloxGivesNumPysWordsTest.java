package dev.shallot.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Blocks beside NumPy 2.4. NumPy counts up before it makes a block, so the table holds NumPy's
 * counter and the test adds one. Printed by
 *
 * <pre>
 * def U(*v): return np.array([x % 2**64 for x in v], dtype=np.uint64)
 * np.random.Philox(key=U(k0, k1), counter=U(c0, c1, c2, c3)).random_raw(4)
 * </pre>
 */
class PhiloxGivesNumPysWordsTest {

  static Stream<Arguments> blocks() {
    return Stream.of(
        block(
            0,
            0,
            0,
            0,
            0,
            0,
            "02f4ba6408e4d89b 3dd62b0b9ca8c5b2 1c8667a55d902e79 907d7a052fd5b4dc"),
        block(
            7,
            2,
            0,
            0,
            0,
            0,
            "5dd61f0800defd6d 665f51f0eb1e251a d9166c03eb6859fe ac6e2d0d890e4a96"),
        block(
            7,
            2,
            0,
            3,
            11,
            0,
            "5dcac0f2fde2112c bd476b2491cdf49d 637b24691d937058 ac331cb1962c5e24"),
        block(
            -1,
            2,
            0,
            0,
            0,
            0,
            "779326f7cbdf3f79 a60d723b97e5dbe6 4b1088b31a114e2a 5bc46fb30da406a3"),
        block(
            Long.MIN_VALUE,
            1,
            41,
            5,
            1_000_000_000_000L,
            0,
            "7672b69c086c704a c6bca0317d04ac1a e67fffefb8a9a427 c58ada0d06bcd6a8"),
        block(
            Long.MAX_VALUE,
            7,
            Long.MIN_VALUE,
            1L << 32,
            Long.MAX_VALUE,
            1,
            "cd4d000006bdd085 6ef8e5a4d0faafc4 871a8d2bda7a26c6 5c63357c675503e7"));
  }

  private static Arguments block(
      long k0, long k1, long c0, long c1, long c2, long c3, String words) {
    return Arguments.of(k0, k1, c0, c1, c2, c3, words(words));
  }

  /** Sixteen hexadecimal digits a word. */
  static long[] words(String text) {
    return Stream.of(text.split(" ")).mapToLong(HexFormat::fromHexDigitsToLong).toArray();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void aBlockIsNumPysBlock(long k0, long k1, long c0, long c1, long c2, long c3, long[] expected) {
    long[] words = new long[4];
    Philox.block(k0, k1, c0 + 1, c1, c2, c3, words, 0);
    assertArrayEquals(expected, words);
  }

  /**
   * The known-answer vectors that the authors of Philox publish with their library (kat_vectors,
   * philox4x64 with 10 rounds); NumPy gives the same words.
   */
  @Test
  void theAuthorsKnownAnswersHold() {
    long[] words = new long[4];
    Philox.block(0, 0, 0, 0, 0, 0, words, 0);
    assertArrayEquals(
        words("16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b"), words);
    Philox.block(-1, -1, -1, -1, -1, -1, words, 0);
    assertArrayEquals(
        words("87b092c3013fe90b 438c3c67be8d0224 9cc7d7c69cd777b6 a09caebf594f0ba0"), words);
    Philox.block(
        0x452821e638d01377L,
        0xbe5466cf34e90c6cL,
        0x243f6a8885a308d3L,
        0x13198a2e03707344L,
        0xa4093822299f31d0L,
        0x082efa98ec4e6c89L,
        words,
        0);
    assertArrayEquals(
        words("a528f45403e61d95 38c72dbd566e9788 a5a1610e72fd18b5 57bd43b5e52b7fe6"), words);
  }

  @Test
  void aBlockGoesWhereTheOffsetSaysAndNowhereElse() {
    long[] words = {1, 2, 3, 4, 5, 6, 7};
    Philox.block(0, 0, 1, 0, 0, 0, words, 2);
    assertEquals(1, words[0]);
    assertEquals(2, words[1]);
    assertEquals(0x02f4ba6408e4d89bL, words[2]);
    assertEquals(7, words[6]);
  }
}
