package dev.shallot.spectrum;

import dev.shallot.engine.Team;
import dev.shallot.numeric.TriangleKernels;

/**
 * Solves with a factor: L y = b and L^T x = y, n^2 flops each. Both read L once from memory, which
 * is what they take their time for. Twenty panels at a time, the rows of a block are finished in
 * parallel up to its diagonal, then the caller alone does the triangle.
 */
final class TriangularSolve {
  private static final int BLOCK = 20;
  private static final int ROWS = TriangleKernels.ROWS;
  private static final int COLUMNS = BLOCK * ROWS;

  private final PanelFactor factor;
  private final TriangleKernels kernels;
  private final double[] panels;
  private final int panelCount;

  TriangularSolve(PanelFactor factor) {
    this.factor = factor;
    this.kernels = factor.kernels();
    this.panels = factor.panels();
    this.panelCount = TriangleKernels.panels(factor.size());
  }

  /** Room for a vector: n, filled up with zeros to whole panels. */
  double[] allocate() {
    return new double[panelCount * ROWS];
  }

  /** Solves L y = b in place of b. */
  void forward(double[] b, Team team) {
    for (int first = 0; first < panelCount; first += BLOCK) {
      int begin = first;
      int end = Math.min(panelCount, first + BLOCK);
      if (begin > 0) {
        team.run(
            end - begin,
            (task, worker) -> {
              int panel = begin + task;
              kernels.forward(
                  begin * ROWS, panels, TriangleKernels.start(panel), b, 0, b, panel * ROWS);
            });
      }
      for (int panel = begin; panel < end; panel++) {
        int at = TriangleKernels.start(panel);
        int inside = (panel - begin) * ROWS;
        kernels.forward(inside, panels, at + begin * ROWS * ROWS, b, begin * ROWS, b, panel * ROWS);
        TriangleKernels.forwardBlock(panels, at + panel * TriangleKernels.BLOCK, b, panel * ROWS);
      }
    }
  }

  /** Solves L^T x = y in place of y. */
  void backward(double[] y, Team team) {
    for (int first = (panelCount - 1) / BLOCK * BLOCK; first >= 0; first -= BLOCK) {
      int begin = first;
      int end = Math.min(panelCount, first + BLOCK);
      for (int panel = end - 1; panel >= begin; panel--) {
        int at = TriangleKernels.start(panel) + panel * TriangleKernels.BLOCK;
        TriangleKernels.backwardBlock(panels, at, y, panel * ROWS);
        kernels.backward(panel, 1, panels, y, begin * ROWS, (panel - begin) * ROWS, y);
      }
      int left = begin * ROWS;
      team.run(
          (left + COLUMNS - 1) / COLUMNS,
          (task, worker) -> {
            int column = task * COLUMNS;
            int count = Math.min(COLUMNS, left - column);
            kernels.backward(begin, end - begin, panels, y, column, count, y);
          });
    }
  }

  /** Solves L L^T x = b in place of b. */
  void solve(double[] b, Team team) {
    forward(b, team);
    backward(b, team);
  }

  int size() {
    return factor.size();
  }
}
