package dev.shallot.spectrum;

import dev.shallot.engine.Team;
import dev.shallot.numeric.TriangleKernels;

/**
 * Cholesky's factorisation in row panels ({@link TriangleKernels} tells the layout), which can be
 * done again and again in the same memory.
 *
 * <p><b>Left-looking.</b> Ten panels of columns, a <em>block</em>, are finished at a time: first
 * everything to the left of the block is subtracted from it, then it is factored. So an entry of
 * the matrix is written once a block of its own and read once for each block on its right, and a
 * task, which owns some rows of the block, needs no one else's rows but those of the block's
 * diagonal. A step is two jobs with a barrier behind each:
 *
 * <ol>
 *   <li>the block's own rows: subtract what is left of them (in parallel), then factor the 240 x
 *       240 triangle (the caller alone; it is 1/1700 of the work at n = 10,000);
 *   <li>the rows below it, {@value #TASK} panels a task: subtract, then solve with the triangle.
 * </ol>
 *
 * <p>A piece of {@value #PIECE} columns of a panel is 23 kB, so the piece of rows and the piece of
 * columns that a tile of the product works on share the first cache, while a task's and the block's
 * pieces, 115 and 230 kB, share the second.
 *
 * <p>Who computes an entry does not matter to its bits, as its sum runs over k upwards in pieces
 * that depend on nothing but k. n^3 / 3 flops.
 */
final class PanelFactor {
  /** Panels of a block. */
  private static final int BLOCK = 10;

  /** Panels of a task. */
  private static final int TASK = 5;

  /**
   * Columns of a piece of a sum, two pieces to a block, so that pieces begin at multiples of it
   * everywhere. {@link Rounding} is smallest where it is about sqrt(n).
   */
  static final int PIECE = 120;

  private static final int ROWS = TriangleKernels.ROWS;

  /** Numbers copied from a row at a time: one line of the cache. */
  private static final int LINE = 8;

  private final TriangleKernels kernels;
  private final int size;
  private final int panelCount;
  private final double[] panels;

  /** Takes the memory for a factor of this size, {@link #bytes}. */
  PanelFactor(int size, TriangleKernels kernels) {
    this.kernels = kernels;
    this.size = size;
    this.panelCount = TriangleKernels.panels(size);
    this.panels = new double[TriangleKernels.start(panelCount)];
  }

  static long bytes(int size) {
    long panelCount = TriangleKernels.panels(size);
    return Double.BYTES * (TriangleKernels.BLOCK / 2) * panelCount * (panelCount + 1);
  }

  int size() {
    return size;
  }

  /** The panels, holding L once {@link #factor} returned -1. */
  double[] panels() {
    return panels;
  }

  TriangleKernels kernels() {
    return kernels;
  }

  /**
   * Factors {@code scale A - shift I}.
   *
   * @param matrix A, n x n, row-major; its lower triangle is read
   * @param scale a power of two, so that scaling is exact
   * @param shift taken from the diagonal, rounded once
   * @return -1, or the row of the first pivot that is not above zero
   */
  int factor(double[] matrix, Scale scale, double shift, Team team) {
    team.run(panelCount, (panel, worker) -> load(matrix, scale, shift, panel));
    for (int first = 0; first < panelCount; first += BLOCK) {
      int begin = first;
      int end = Math.min(panelCount, first + BLOCK);
      team.run(end - begin, (task, worker) -> subtractLeft(begin + task, 1, begin, end));
      int failed = factorTriangle(begin, end);
      if (failed >= 0) {
        return failed;
      }
      team.run(
          (panelCount - end + TASK - 1) / TASK,
          (task, worker) -> {
            int row = end + task * TASK;
            int count = Math.min(TASK, panelCount - row);
            subtractLeft(row, count, begin, end);
            solveRows(row, count, begin, end);
          });
    }
    return -1;
  }

  /** The pivot at which {@link #factor} stopped. */
  double failedPivot(int row) {
    int panel = row / ROWS;
    int lane = row % ROWS;
    return panels[block(panel, panel) + lane * ROWS + lane];
  }

  /** l_ii. */
  double diagonal(int row) {
    return failedPivot(row);
  }

  private static int block(int row, int column) {
    return TriangleKernels.start(row) + column * TriangleKernels.BLOCK;
  }

  private void load(double[] matrix, Scale scale, double shift, int panel) {
    int at = TriangleKernels.start(panel);
    int firstRow = panel * ROWS;
    for (int r = 0; r < ROWS; r++) {
      if (firstRow + r >= size) {
        for (int k = 0; k < firstRow + ROWS; k++) {
          panels[at + k * ROWS + r] = k == firstRow + r ? 1.0 : 0.0;
        }
      }
    }
    int rows = Math.min(ROWS, size - firstRow);
    // A line of each row in turn: the 24 rows may lie in memory so that they exclude each other
    // from the first cache.
    for (int k0 = 0; k0 < firstRow + ROWS; k0 += LINE) {
      for (int r = 0; r < rows; r++) {
        int from = (firstRow + r) * size;
        for (int k = k0; k < k0 + LINE; k++) {
          panels[at + k * ROWS + r] = k <= firstRow + r ? scale.apply(matrix[from + k]) : 0.0;
        }
      }
    }
    for (int r = 0; r < rows; r++) {
      panels[at + (firstRow + r) * ROWS + r] -= shift;
    }
  }

  /** Subtracts from the rows' part in the block all that is left of the block. */
  private void subtractLeft(int row, int count, int begin, int end) {
    for (int k = 0; k < begin * ROWS; k += PIECE) {
      for (int column = begin; column < end; column++) {
        for (int p = Math.max(row, column); p < row + count; p++) {
          kernels.update(
              PIECE,
              panels,
              TriangleKernels.start(p) + k * ROWS,
              TriangleKernels.start(column) + k * ROWS,
              block(p, column));
        }
      }
    }
  }

  /** Subtracts from one 24 x 24 block what stands left of it inside the block of columns. */
  private void subtractInside(int row, int column, int begin) {
    for (int k = begin * ROWS; k < column * ROWS; k += PIECE) {
      kernels.update(
          Math.min(PIECE, column * ROWS - k),
          panels,
          TriangleKernels.start(row) + k * ROWS,
          TriangleKernels.start(column) + k * ROWS,
          block(row, column));
    }
  }

  private int factorTriangle(int begin, int end) {
    for (int row = begin; row < end; row++) {
      solveRows(row, 1, begin, row);
      subtractInside(row, row, begin);
      int failed = TriangleKernels.factor(panels, block(row, row));
      if (failed >= 0) {
        return row * ROWS + failed;
      }
    }
    return -1;
  }

  private void solveRows(int row, int count, int begin, int end) {
    for (int column = begin; column < end; column++) {
      for (int p = row; p < row + count; p++) {
        subtractInside(p, column, begin);
        kernels.solve(panels, block(column, column), block(p, column));
      }
    }
  }
}
