package dev.shallot.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.engine.BatchSchedule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Minibatches beside NumPy 2.4. The goldens were printed there, with
 *
 * <pre>
 * def batch(seed, n, B, tau, l, k, t):
 *     epoch, place = divmod(k * tau + t, n // B)
 *     key = np.array([seed % 2**64, 3], dtype=np.uint64)
 *     raw = np.random.Philox(key=key, counter=[0, l, epoch, 0]).random_raw(n)
 *     return np.argsort(raw >> np.uint64(32), kind="stable")[place * B:(place + 1) * B]
 * </pre>
 */
class BatchesAreRegeneratedByNumPyTest {

  @Test
  void batchesWalkThroughAnEpochsOrder() {
    BatchSchedule schedule = new BatchSchedule(7, 10, 3, 2, 2);
    assertBatch(schedule, 0, 0, 0, 2, 5, 9); // batch(7, 10, 3, 2, 0, 0, 0)
    assertBatch(schedule, 0, 0, 1, 7, 3, 0); // batch(7, 10, 3, 2, 0, 0, 1)
    assertBatch(schedule, 1, 0, 0, 6, 8, 4); // batch(7, 10, 3, 2, 0, 1, 0)
    assertBatch(schedule, 1, 0, 1, 6, 5, 8); // batch(7, 10, 3, 2, 0, 1, 1), a new epoch
    assertBatch(schedule, 4, 1, 0, 4, 8, 0); // batch(7, 10, 3, 2, 1, 4, 0)
    assertBatch(schedule, 0, 0, 0, 2, 5, 9); // going back gives the same batch again
  }

  private static void assertBatch(
      BatchSchedule schedule, long round, int subnet, int localStep, int... expected) {
    int[] batch = new int[3];
    schedule.fill(round, subnet, localStep, batch);
    assertArrayEquals(expected, batch, "round " + round + ", step " + localStep);
  }

  @Test
  void anEpochShowsEverySampleOnceWhenTheBatchDivides() {
    BatchSchedule schedule = new BatchSchedule(1, 12, 4, 3, 1);
    for (long epoch = 0; epoch < 4; epoch++) {
      int[] seen = new int[12];
      for (int t = 0; t < 3; t++) {
        int[] batch = new int[4];
        schedule.fill(epoch, 0, t, batch);
        Arrays.stream(batch).forEach(i -> seen[i]++);
      }
      assertEquals(12, Arrays.stream(seen).filter(count -> count == 1).count());
    }
  }
}
