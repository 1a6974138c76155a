package dev.shallot.engine.dense;

import dev.shallot.engine.Team;
import dev.shallot.numeric.Kernels;

/**
 * Neurons are worked on in blocks of 64: a block's weights and pre-activations stay in the cache
 * while a step uses them, and a block is the unit of work for threads. A sum over neurons is the
 * sum of the blocks' sums, in block order, so it does not depend on who computed which block.
 */
final class Blocks {
  /** Neurons of a block. */
  static final int SIZE = 64;

  private Blocks() {}

  /** How many blocks so many rows make. */
  static int count(int rows) {
    return (rows + SIZE - 1) / SIZE;
  }

  /** Rows of a block, rounded up to whole groups of {@link Kernels#ROWS}. */
  static int rows(int block, int rows) {
    int left = Math.min(SIZE, rows - block * SIZE);
    return (left + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS;
  }

  /**
   * Adds the blocks' partial sums up, in block order.
   *
   * @param partial blocks x size
   * @param size length of one block's sums, a multiple of the padding
   * @param sums receives them
   */
  static <A> void addUp(Kernels<A> kernels, int blocks, A partial, int size, A sums) {
    System.arraycopy(partial, 0, sums, 0, size);
    for (int block = 1; block < blocks; block++) {
      kernels.add(size, partial, block * size, sums, 0);
    }
  }

  /**
   * Adds the blocks' partial sums up as a balanced tree: neighbours two by two, then those sums two
   * by two, and so on, one without a neighbour staying as it is. The sum over a run of 2^k blocks
   * that begins at a multiple of 2^k is then a node of the tree, whoever computes it: so a network
   * that is cut into such runs is summed to the same bits as one that is not.
   *
   * @param partial blocks x size; changed
   * @param size length of one block's sums, a multiple of the padding
   * @param sums receives them
   */
  static <A> void addUpTree(Kernels<A> kernels, int blocks, A partial, int size, A sums) {
    for (int step = 1; step < blocks; step *= 2) {
      for (int block = 0; block + step < blocks; block += 2 * step) {
        kernels.add(size, partial, (block + step) * size, partial, block * size);
      }
    }
    System.arraycopy(partial, 0, sums, 0, size);
  }

  /** Runs a job once for each block of so many rows. */
  static void forEach(Team team, int rows, Team.Task job) {
    team.run(count(rows), job);
  }
}
