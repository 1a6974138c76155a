package dev.shallot.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Masks beside NumPy 2.4, from the documented key and counter. All goldens were printed there, with
 *
 * <pre>
 * def raw(seed, subnet, round, n):
 *     key = np.array([seed % 2**64, 2], dtype=np.uint64)
 *     return np.random.Philox(key=key, counter=[0, subnet, round, 0]).random_raw(n)
 * def uniform(seed, subnet, round, n):
 *     return (raw(seed, subnet, round, n) >> np.uint64(11)) * 2.0**-53
 * def bernoulli(seed, k, p, m, xi):
 *     return np.stack([uniform(seed, l, k, m) &lt; xi for l in range(p)]).astype(np.uint8)
 * def categorical(seed, k, p, m):
 *     return (np.arange(p)[:, None] == (p * uniform(seed, 0, k, m)).astype(int)).astype(np.uint8)
 * def partition(seed, k, p, m):
 *     order = np.argsort(raw(seed, 0, k, m) >> np.uint64(32), kind="stable")
 *     block = np.empty(m, int); block[order] = np.arange(m) // (m // p)
 *     return (np.arange(p)[:, None] == block).astype(np.uint8)
 * </pre>
 *
 * and the digests are {@code hashlib.sha256(masks.tobytes()).hexdigest()}: one byte a bit, row by
 * row.
 */
class MasksAreRegeneratedByNumPyTest {

  private static List<String> rows(MaskSet masks) {
    List<String> rows = new ArrayList<>();
    for (int l = 0; l < masks.subnets(); l++) {
      StringBuilder row = new StringBuilder();
      for (int r = 0; r < masks.width(); r++) {
        row.append(masks.holds(l, r) ? '1' : '0');
      }
      rows.add(row.toString());
    }
    return rows;
  }

  private static String digest(MaskSet masks) throws Exception {
    byte[] bytes = new byte[masks.subnets() * masks.width()];
    for (int l = 0; l < masks.subnets(); l++) {
      for (int r = 0; r < masks.width(); r++) {
        bytes[l * masks.width() + r] = (byte) (masks.holds(l, r) ? 1 : 0);
      }
    }
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void smallBernoulliMasks() {
    // bernoulli(7, 0, 3, 20, 0.5)
    assertEquals(
        List.of("11001011100110100001", "11010000011000100001", "01011101100101010111"),
        rows(new MaskLaw.Bernoulli(3, 0.5).draw(7, 0, 20)));
  }

  @Test
  void smallCategoricalMasks() {
    // categorical(7, 3, 3, 20)
    assertEquals(
        List.of("01010010111000000011", "00101001000110000000", "10000100000001111100"),
        rows(new MaskLaw.Categorical(3).draw(7, 3, 20)));
  }

  @Test
  void smallPartitions() {
    // partition(7, 3, 4, 20)
    assertEquals(
        List.of(
            "00000010011000000011",
            "01010000100110000000",
            "00101101000000001000",
            "10000000000001110100"),
        rows(new MaskLaw.EqualPartition(4).draw(7, 3, 20)));
  }

  @Test
  void bernoulliDigests() throws Exception {
    // bernoulli(7, 0, 10, 4000, 0.5): 20026 ones, 5 columns without one
    MaskSet large = new MaskLaw.Bernoulli(10, 0.5).draw(7, 0, 4000);
    assertEquals("bfdc282418803e869002cf2a6001bae5dc24969fcf1184e5fd4af5b327f3704c", digest(large));
    assertEquals(20_026, large.coverageSum());
    assertEquals(5, large.uncovered());
    // bernoulli(-1, 12345, 5, 1000, 0.3): 1504 ones, 166 columns without one
    MaskSet negative = new MaskLaw.Bernoulli(5, 0.3).draw(-1, 12_345, 1000);
    assertEquals(
        "6c652c22248dbc7b2f4f4212c51685769234aa9a981868f4c487a6bfc61846d2", digest(negative));
    assertEquals(1504, negative.coverageSum());
    assertEquals(166, negative.uncovered());
    // bernoulli(2**40, 199, 1, 129, 0.8)
    assertEquals(
        "dfaaad41f4c0f5530f7f1ab9f78eba1f40479de249588f93a172bcd0672d784b",
        digest(new MaskLaw.Bernoulli(1, 0.8).draw(1L << 40, 199, 129)));
    // bernoulli(0, 1, 3, 64, 1.0), which is np.ones((3, 64), np.uint8)
    String ones = "f612f8ec8c834489358aacb9f1771b9ee52f13679a98de0fed079fd6a5c94431";
    assertEquals(ones, digest(new MaskLaw.Bernoulli(3, 1.0).draw(0, 1, 64)));
    assertEquals(ones, digest(new MaskLaw.Full(3).draw(0, 1, 64)));
  }

  @Test
  void categoricalDigests() throws Exception {
    // categorical(7, 0, 4, 4000): rows hold 1004, 992, 992, 1012
    MaskSet large = new MaskLaw.Categorical(4).draw(7, 0, 4000);
    assertEquals("b3d810b4ba65912dcfea3d1125ed9981eaa8a5bef411850c09246ca3a943e131", digest(large));
    assertEquals(1004, large.held(0));
    assertEquals(992, large.held(1));
    assertEquals(992, large.held(2));
    assertEquals(1012, large.held(3));
    // categorical(-1, 12345, 5, 1003)
    assertEquals(
        "ec9d6e185c2dd0cc890d44a45909c466147cdac9c097fb3a32e36b04d72558cb",
        digest(new MaskLaw.Categorical(5).draw(-1, 12_345, 1003)));
  }

  @Test
  void partitionDigests() throws Exception {
    // partition(7, 0, 4, 4000)
    assertEquals(
        "c5425ab0f10309d705ed66788dea59941c35b986847d1c3029b2dff0f0ea8537",
        digest(new MaskLaw.EqualPartition(4).draw(7, 0, 4000)));
    // partition(-1, 12345, 5, 1000)
    assertEquals(
        "7bc699f4e6133c393ea9a644103c51016b688fccf701e38870642ca16c7d2e57",
        digest(new MaskLaw.EqualPartition(5).draw(-1, 12_345, 1000)));
  }
}
