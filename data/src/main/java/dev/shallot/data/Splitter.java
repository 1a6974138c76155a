package dev.shallot.data;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.Arrays;

/**
 * Training and held-out rows. Of the permutation that {@link CounterRandom#permutation} gives for
 * (seed, {@link RandomStream#SPLIT}), or {@link RandomStream#VALIDATION} of the training rows, the
 * first round(share * n) rows are held out; both parts keep the file's order.
 *
 * @param train rows, ascending
 * @param heldOut rows, ascending
 */
record Splitter(int[] train, int[] heldOut) {

  /**
   * Splits rows 0 .. n-1.
   *
   * @throws DataException when a share above 0 leaves a part empty
   */
  static Splitter split(int rows, double share, long seed) {
    return split(rows, share, seed, RandomStream.SPLIT);
  }

  /** Keeps a share of some rows apart for early stopping. */
  static Splitter validation(int[] rows, double share, long seed) {
    if (share == 0.0) {
      return new Splitter(rows, new int[0]);
    }
    Splitter places = split(rows.length, share, seed, RandomStream.VALIDATION);
    return new Splitter(of(rows, places.train), of(rows, places.heldOut));
  }

  private static int[] of(int[] rows, int[] places) {
    return Arrays.stream(places).map(i -> rows[i]).toArray();
  }

  private static Splitter split(int rows, double share, long seed, RandomStream stream) {
    int held = (int) Math.round(share * rows);
    if (share > 0.0 && (held == 0 || held == rows)) {
      throw new DataException(
          "holding out the share %s of %s rows leaves no row to %s: choose another --%s"
              .formatted(
                  share,
                  rows,
                  held == 0 ? "test on" : "train on",
                  stream == RandomStream.SPLIT ? "split" : "validation"));
    }
    int[] order = new CounterRandom(seed, stream).permutation(rows);
    int[] heldOut = Arrays.copyOf(order, held);
    int[] train = Arrays.copyOfRange(order, held, rows);
    Arrays.sort(heldOut);
    Arrays.sort(train);
    return new Splitter(train, heldOut);
  }
}
