package dev.shallot.engine.dense;

import dev.shallot.numeric.Kernels;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Adds up arrays that come one after the other, in the order of {@link Blocks#addUpTree}, with no
 * more than log2 of them in memory: like a binary counter, two sums of 2^k arrays become one of
 * 2^(k+1) as soon as there are two.
 *
 * @param <A> array type
 */
final class TreeSum<A> {
  private final Kernels<A> kernels;
  private final int size;

  /** The longest run first. */
  private final Deque<Run<A>> runs = new ArrayDeque<>();

  private record Run<A>(int length, A sums) {}

  /**
   * Nothing added yet.
   *
   * @param size of every array, a multiple of the padding
   */
  TreeSum(Kernels<A> kernels, int size) {
    this.kernels = kernels;
    this.size = size;
  }

  /** Adds an array, which is this sum's from now on. */
  void add(A numbers) {
    Run<A> last = new Run<>(1, numbers);
    while (!runs.isEmpty() && runs.getLast().length == last.length) {
      last = joined(last);
    }
    runs.addLast(last);
  }

  private Run<A> joined(Run<A> last) {
    Run<A> before = runs.removeLast();
    kernels.add(size, last.sums, 0, before.sums, 0);
    return new Run<>(before.length + last.length, before.sums);
  }

  /** The sum of all of them, at least one. */
  A total() {
    Run<A> last = runs.removeLast();
    while (!runs.isEmpty()) {
      last = joined(last);
    }
    return last.sums;
  }
}
