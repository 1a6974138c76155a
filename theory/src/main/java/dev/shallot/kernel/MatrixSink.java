package dev.shallot.kernel;

/**
 * Writes tiles into a matrix, both triangles. A tile of outputs o &lt; p and samples i &lt; j
 * stands four times in it, since S_op is symmetric in the samples as well as in the outputs.
 */
final class MatrixSink implements Tile.Sink {
  private final double[] matrix;
  private final int samples;
  private final int order;

  MatrixSink(double[] matrix, int samples, int outputs) {
    this.matrix = matrix;
    this.samples = samples;
    this.order = samples * outputs;
  }

  @Override
  public void accept(int o, int p, int row, int column, double[] values) {
    int i = row * Tile.SIZE;
    int j = column * Tile.SIZE;
    int rows = Tile.size(row, samples);
    int columns = Tile.size(column, samples);
    copy(values, rows, columns, o * samples + i, p * samples + j);
    if (row != column) {
      transpose(values, rows, columns, p * samples + j, o * samples + i);
    }
    if (o != p) {
      copy(values, rows, columns, p * samples + i, o * samples + j);
      if (row != column) {
        transpose(values, rows, columns, o * samples + j, p * samples + i);
      }
    }
  }

  private void copy(double[] values, int rows, int columns, int toRow, int toColumn) {
    for (int u = 0; u < rows; u++) {
      System.arraycopy(values, u * Tile.STRIDE, matrix, (toRow + u) * order + toColumn, columns);
    }
  }

  /** Writes along the rows of the matrix, where the memory is; reads down the tile in the cache. */
  private void transpose(double[] values, int rows, int columns, int toRow, int toColumn) {
    for (int v = 0; v < columns; v++) {
      int to = (toRow + v) * order + toColumn;
      for (int u = 0; u < rows; u++) {
        matrix[to + u] = values[u * Tile.STRIDE + v];
      }
    }
  }
}
