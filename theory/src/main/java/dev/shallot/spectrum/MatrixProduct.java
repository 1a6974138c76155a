package dev.shallot.spectrum;

import dev.shallot.engine.Team;
import dev.shallot.numeric.TriangleKernels;

/** Products with a scaled matrix B = scale A, rows shared among a team. */
final class MatrixProduct implements SymmetricOperator {
  private static final int ROWS = 64;

  private final double[] matrix;
  private final int size;
  private final Scale scale;
  private final TriangleKernels kernels;
  private final Team team;
  private final double[] scaled;

  MatrixProduct(double[] matrix, int size, Scale scale, TriangleKernels kernels, Team team) {
    this.matrix = matrix;
    this.size = size;
    this.scale = scale;
    this.kernels = kernels;
    this.team = team;
    this.scaled = new double[size];
  }

  /** {@code image = B vector}; 2 n^2 flops, and the matrix crosses from memory once. */
  @Override
  public void apply(double[] vector, double[] image) {
    scale(vector);
    rows(i -> image[i] = kernels.dot(size, matrix, i * size, scaled, 0) * scale.second());
  }

  /** {@code image = |B| |vector|}. */
  void applyAbsolute(double[] vector, double[] image) {
    scale(vector);
    rows(i -> image[i] = kernels.absoluteDot(size, matrix, i * size, scaled, 0) * scale.second());
  }

  private void scale(double[] vector) {
    for (int i = 0; i < size; i++) {
      scaled[i] = vector[i] * scale.first();
    }
  }

  private void rows(Row row) {
    team.run(
        (size + ROWS - 1) / ROWS,
        (task, worker) -> {
          for (int i = task * ROWS; i < Math.min(size, (task + 1) * ROWS); i++) {
            row.compute(i);
          }
        });
  }

  @FunctionalInterface
  private interface Row {
    void compute(int row);
  }
}
