package dev.shallot.numeric;

/** {@link TriangleKernels} in plain loops: the definition of the order of every sum. */
final class ScalarTriangleKernels implements TriangleKernels {
  private static final int INTERLEAVED = 16;

  @Override
  public String description() {
    return "scalar";
  }

  @Override
  public void update(int depth, double[] panels, int rows, int columns, int target) {
    for (int c = 0; c < ROWS; c++) {
      for (int r = 0; r < ROWS; r++) {
        double sum = 0.0;
        for (int k = 0; k < depth; k++) {
          sum = Math.fma(panels[rows + k * ROWS + r], panels[columns + k * ROWS + c], sum);
        }
        panels[target + c * ROWS + r] -= sum;
      }
    }
  }

  @Override
  public void solve(double[] panels, int diagonal, int target) {
    for (int c = 0; c < ROWS; c++) {
      double pivot = panels[diagonal + c * ROWS + c];
      for (int r = 0; r < ROWS; r++) {
        double value = panels[target + c * ROWS + r];
        for (int k = 0; k < c; k++) {
          value = Math.fma(panels[target + k * ROWS + r], -panels[diagonal + k * ROWS + c], value);
        }
        panels[target + c * ROWS + r] = value / pivot;
      }
    }
  }

  @Override
  public void forward(
      int depth, double[] panels, int rows, double[] y, int yOffset, double[] out, int outOffset) {
    for (int r = 0; r < ROWS; r++) {
      double sum = 0.0;
      for (int k = 0; k < depth; k++) {
        sum = Math.fma(panels[rows + k * ROWS + r], y[yOffset + k], sum);
      }
      out[outOffset + r] -= sum;
    }
  }

  @Override
  public void backward(
      int first,
      int count,
      double[] panels,
      double[] x,
      int firstColumn,
      int columns,
      double[] out) {
    double[] sums = new double[ROWS];
    for (int k = firstColumn; k < firstColumn + columns; k++) {
      for (int r = 0; r < ROWS; r++) {
        double sum = 0.0;
        for (int p = first; p < first + count; p++) {
          int at = TriangleKernels.start(p) + k * ROWS + r;
          sum = Math.fma(panels[at], x[p * ROWS + r], sum);
        }
        sums[r] = sum;
      }
      for (int half = ROWS / 2; half >= 3; half /= 2) {
        for (int r = 0; r < half; r++) {
          sums[r] += sums[r + half];
        }
      }
      out[k] -= sums[0] + sums[1] + sums[2];
    }
  }

  @Override
  public double dot(int count, double[] x, int xOffset, double[] y, int yOffset) {
    double[] sums = new double[INTERLEAVED];
    for (int i = 0; i < count; i++) {
      sums[i % INTERLEAVED] = Math.fma(x[xOffset + i], y[yOffset + i], sums[i % INTERLEAVED]);
    }
    return upwards(sums);
  }

  @Override
  public double absoluteDot(int count, double[] x, int xOffset, double[] y, int yOffset) {
    double[] sums = new double[INTERLEAVED];
    for (int i = 0; i < count; i++) {
      sums[i % INTERLEAVED] =
          Math.fma(Math.abs(x[xOffset + i]), Math.abs(y[yOffset + i]), sums[i % INTERLEAVED]);
    }
    return upwards(sums);
  }

  private static double upwards(double[] sums) {
    double sum = 0.0;
    for (double one : sums) {
      sum += one;
    }
    return sum;
  }

  @Override
  public void addScaled(
      int count, double factor, double[] from, int fromOffset, double[] to, int toOffset) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] = Math.fma(factor, from[fromOffset + i], to[toOffset + i]);
    }
  }
}
