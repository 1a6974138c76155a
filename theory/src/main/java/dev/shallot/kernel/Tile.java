package dev.shallot.kernel;

/** The shape of the blocks in which kernels are computed. */
final class Tile {
  /**
   * Samples of a side. Products and counts of a tile (192 KB) stay in the second cache, and its
   * rows are long enough for the memory to stream them.
   */
  static final int SIZE = 128;

  /** Distance of rows: not a power of two, or the columns of a tile would share few cache sets. */
  static final int STRIDE = SIZE + 8;

  /** Room for a tile. */
  static final int LENGTH = SIZE * STRIDE;

  private Tile() {}

  /** How many tiles stand side by side. */
  static int count(int samples) {
    return (samples + SIZE - 1) / SIZE;
  }

  /** Samples of a tile's side: less at the end. */
  static int size(int tile, int samples) {
    return Math.min(SIZE, samples - tile * SIZE);
  }

  /** Where finished tiles go. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes a tile of the upper triangle: {@code values[u * STRIDE + v]} is the kernel between
     * output o of sample {@code row * SIZE + u} and output p of sample {@code column * SIZE + v},
     * for o at most p and row at most column. The values change after the call.
     */
    void accept(int o, int p, int row, int column, double[] values);
  }

  /** One worker's way through the tiles of a column. */
  interface Worker {
    /** Turns to a column of tiles. */
    void column(int column);

    /** Computes the tile of a row, for each pair of outputs. */
    void row(int row, Sink sink);
  }
}
