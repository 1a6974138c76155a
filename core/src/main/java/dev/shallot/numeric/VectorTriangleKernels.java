package dev.shallot.numeric;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link TriangleKernels} in vectors.
 *
 * <p><b>The update</b> C -= A B^T is where the time goes. A tile of C, three vectors tall and eight
 * columns wide, stays in 24 registers while k runs: each step loads three vectors of A, broadcasts
 * eight numbers of B and issues 24 fused multiply-adds. Eleven loads feed 24 multiply-adds; the
 * processor can do as many of the one as of the other, so it is the multiply-adds that it waits
 * for. 24 + 3 + 1 of AVX-512's 32 registers are used. Where there are 16, the tile is four columns
 * wide: 12 + 3 + 1. A tile is as tall as a panel only with vectors of 512 bits; with narrower ones
 * it covers a half or a quarter of the panel's rows.
 *
 * <p>A vector must never cross a call that is not inlined, or it is boxed, and a tile's method is
 * too large for anything to be inlined at its end (measured: 3 in place of 77 GFLOP/s). So every
 * kernel is one method and the tiles are written out, which is why the file is long. Which rows
 * share registers does not change a single sum, so the bits are the scalar code's.
 */
final class VectorTriangleKernels implements TriangleKernels {
  private static final int INTERLEAVED = 16;

  // Static and final, or the compiler does not know the width and boxes every vector.
  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorProvider.shape());
  private static final int LANES = SPECIES.length();
  private static final int TILE = 3 * LANES;

  @Override
  public String description() {
    return SPECIES.vectorBitSize() + "-bit vectors";
  }

  @Override
  public void update(int depth, double[] panels, int rows, int columns, int target) {
    if (TILE == ROWS) {
      for (int c = 0; c < ROWS; c += 8) {
        tile8(depth, panels, rows, columns + c, target + c * ROWS);
      }
    } else {
      for (int c = 0; c < ROWS; c += 4) {
        for (int r = 0; r < ROWS; r += TILE) {
          tile4(depth, panels, rows + r, columns + c, target + c * ROWS + r);
        }
      }
    }
  }

  private static void tile8(int depth, double[] panels, int rows, int columns, int target) {
    DoubleVector x0 = DoubleVector.zero(SPECIES);
    DoubleVector y0 = DoubleVector.zero(SPECIES);
    DoubleVector z0 = DoubleVector.zero(SPECIES);
    DoubleVector x1 = DoubleVector.zero(SPECIES);
    DoubleVector y1 = DoubleVector.zero(SPECIES);
    DoubleVector z1 = DoubleVector.zero(SPECIES);
    DoubleVector x2 = DoubleVector.zero(SPECIES);
    DoubleVector y2 = DoubleVector.zero(SPECIES);
    DoubleVector z2 = DoubleVector.zero(SPECIES);
    DoubleVector x3 = DoubleVector.zero(SPECIES);
    DoubleVector y3 = DoubleVector.zero(SPECIES);
    DoubleVector z3 = DoubleVector.zero(SPECIES);
    DoubleVector x4 = DoubleVector.zero(SPECIES);
    DoubleVector y4 = DoubleVector.zero(SPECIES);
    DoubleVector z4 = DoubleVector.zero(SPECIES);
    DoubleVector x5 = DoubleVector.zero(SPECIES);
    DoubleVector y5 = DoubleVector.zero(SPECIES);
    DoubleVector z5 = DoubleVector.zero(SPECIES);
    DoubleVector x6 = DoubleVector.zero(SPECIES);
    DoubleVector y6 = DoubleVector.zero(SPECIES);
    DoubleVector z6 = DoubleVector.zero(SPECIES);
    DoubleVector x7 = DoubleVector.zero(SPECIES);
    DoubleVector y7 = DoubleVector.zero(SPECIES);
    DoubleVector z7 = DoubleVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      int a = rows + k * ROWS;
      int b = columns + k * ROWS;
      DoubleVector x = DoubleVector.fromArray(SPECIES, panels, a);
      DoubleVector y = DoubleVector.fromArray(SPECIES, panels, a + LANES);
      DoubleVector z = DoubleVector.fromArray(SPECIES, panels, a + 2 * LANES);
      DoubleVector w = DoubleVector.broadcast(SPECIES, panels[b]);
      x0 = w.fma(x, x0);
      y0 = w.fma(y, y0);
      z0 = w.fma(z, z0);
      w = DoubleVector.broadcast(SPECIES, panels[b + 1]);
      x1 = w.fma(x, x1);
      y1 = w.fma(y, y1);
      z1 = w.fma(z, z1);
      w = DoubleVector.broadcast(SPECIES, panels[b + 2]);
      x2 = w.fma(x, x2);
      y2 = w.fma(y, y2);
      z2 = w.fma(z, z2);
      w = DoubleVector.broadcast(SPECIES, panels[b + 3]);
      x3 = w.fma(x, x3);
      y3 = w.fma(y, y3);
      z3 = w.fma(z, z3);
      w = DoubleVector.broadcast(SPECIES, panels[b + 4]);
      x4 = w.fma(x, x4);
      y4 = w.fma(y, y4);
      z4 = w.fma(z, z4);
      w = DoubleVector.broadcast(SPECIES, panels[b + 5]);
      x5 = w.fma(x, x5);
      y5 = w.fma(y, y5);
      z5 = w.fma(z, z5);
      w = DoubleVector.broadcast(SPECIES, panels[b + 6]);
      x6 = w.fma(x, x6);
      y6 = w.fma(y, y6);
      z6 = w.fma(z, z6);
      w = DoubleVector.broadcast(SPECIES, panels[b + 7]);
      x7 = w.fma(x, x7);
      y7 = w.fma(y, y7);
      z7 = w.fma(z, z7);
    }
    DoubleVector.fromArray(SPECIES, panels, target).sub(x0).intoArray(panels, target);
    DoubleVector.fromArray(SPECIES, panels, target + LANES)
        .sub(y0)
        .intoArray(panels, target + LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 2 * LANES)
        .sub(z0)
        .intoArray(panels, target + 2 * LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 1 * ROWS)
        .sub(x1)
        .intoArray(panels, target + 1 * ROWS);
    DoubleVector.fromArray(SPECIES, panels, target + 1 * ROWS + LANES)
        .sub(y1)
        .intoArray(panels, target + 1 * ROWS + LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 1 * ROWS + 2 * LANES)
        .sub(z1)
        .intoArray(panels, target + 1 * ROWS + 2 * LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 2 * ROWS)
        .sub(x2)
        .intoArray(panels, target + 2 * ROWS);
    DoubleVector.fromArray(SPECIES, panels, target + 2 * ROWS + LANES)
        .sub(y2)
        .intoArray(panels, target + 2 * ROWS + LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 2 * ROWS + 2 * LANES)
        .sub(z2)
        .intoArray(panels, target + 2 * ROWS + 2 * LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 3 * ROWS)
        .sub(x3)
        .intoArray(panels, target + 3 * ROWS);
    DoubleVector.fromArray(SPECIES, panels, target + 3 * ROWS + LANES)
        .sub(y3)
        .intoArray(panels, target + 3 * ROWS + LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 3 * ROWS + 2 * LANES)
        .sub(z3)
        .intoArray(panels, target + 3 * ROWS + 2 * LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 4 * ROWS)
        .sub(x4)
        .intoArray(panels, target + 4 * ROWS);
    DoubleVector.fromArray(SPECIES, panels, target + 4 * ROWS + LANES)
        .sub(y4)
        .intoArray(panels, target + 4 * ROWS + LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 4 * ROWS + 2 * LANES)
        .sub(z4)
        .intoArray(panels, target + 4 * ROWS + 2 * LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 5 * ROWS)
        .sub(x5)
        .intoArray(panels, target + 5 * ROWS);
    DoubleVector.fromArray(SPECIES, panels, target + 5 * ROWS + LANES)
        .sub(y5)
        .intoArray(panels, target + 5 * ROWS + LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 5 * ROWS + 2 * LANES)
        .sub(z5)
        .intoArray(panels, target + 5 * ROWS + 2 * LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 6 * ROWS)
        .sub(x6)
        .intoArray(panels, target + 6 * ROWS);
    DoubleVector.fromArray(SPECIES, panels, target + 6 * ROWS + LANES)
        .sub(y6)
        .intoArray(panels, target + 6 * ROWS + LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 6 * ROWS + 2 * LANES)
        .sub(z6)
        .intoArray(panels, target + 6 * ROWS + 2 * LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 7 * ROWS)
        .sub(x7)
        .intoArray(panels, target + 7 * ROWS);
    DoubleVector.fromArray(SPECIES, panels, target + 7 * ROWS + LANES)
        .sub(y7)
        .intoArray(panels, target + 7 * ROWS + LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 7 * ROWS + 2 * LANES)
        .sub(z7)
        .intoArray(panels, target + 7 * ROWS + 2 * LANES);
  }

  private static void tile4(int depth, double[] panels, int rows, int columns, int target) {
    DoubleVector x0 = DoubleVector.zero(SPECIES);
    DoubleVector y0 = DoubleVector.zero(SPECIES);
    DoubleVector z0 = DoubleVector.zero(SPECIES);
    DoubleVector x1 = DoubleVector.zero(SPECIES);
    DoubleVector y1 = DoubleVector.zero(SPECIES);
    DoubleVector z1 = DoubleVector.zero(SPECIES);
    DoubleVector x2 = DoubleVector.zero(SPECIES);
    DoubleVector y2 = DoubleVector.zero(SPECIES);
    DoubleVector z2 = DoubleVector.zero(SPECIES);
    DoubleVector x3 = DoubleVector.zero(SPECIES);
    DoubleVector y3 = DoubleVector.zero(SPECIES);
    DoubleVector z3 = DoubleVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      int a = rows + k * ROWS;
      int b = columns + k * ROWS;
      DoubleVector x = DoubleVector.fromArray(SPECIES, panels, a);
      DoubleVector y = DoubleVector.fromArray(SPECIES, panels, a + LANES);
      DoubleVector z = DoubleVector.fromArray(SPECIES, panels, a + 2 * LANES);
      DoubleVector w = DoubleVector.broadcast(SPECIES, panels[b]);
      x0 = w.fma(x, x0);
      y0 = w.fma(y, y0);
      z0 = w.fma(z, z0);
      w = DoubleVector.broadcast(SPECIES, panels[b + 1]);
      x1 = w.fma(x, x1);
      y1 = w.fma(y, y1);
      z1 = w.fma(z, z1);
      w = DoubleVector.broadcast(SPECIES, panels[b + 2]);
      x2 = w.fma(x, x2);
      y2 = w.fma(y, y2);
      z2 = w.fma(z, z2);
      w = DoubleVector.broadcast(SPECIES, panels[b + 3]);
      x3 = w.fma(x, x3);
      y3 = w.fma(y, y3);
      z3 = w.fma(z, z3);
    }
    DoubleVector.fromArray(SPECIES, panels, target).sub(x0).intoArray(panels, target);
    DoubleVector.fromArray(SPECIES, panels, target + LANES)
        .sub(y0)
        .intoArray(panels, target + LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 2 * LANES)
        .sub(z0)
        .intoArray(panels, target + 2 * LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 1 * ROWS)
        .sub(x1)
        .intoArray(panels, target + 1 * ROWS);
    DoubleVector.fromArray(SPECIES, panels, target + 1 * ROWS + LANES)
        .sub(y1)
        .intoArray(panels, target + 1 * ROWS + LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 1 * ROWS + 2 * LANES)
        .sub(z1)
        .intoArray(panels, target + 1 * ROWS + 2 * LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 2 * ROWS)
        .sub(x2)
        .intoArray(panels, target + 2 * ROWS);
    DoubleVector.fromArray(SPECIES, panels, target + 2 * ROWS + LANES)
        .sub(y2)
        .intoArray(panels, target + 2 * ROWS + LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 2 * ROWS + 2 * LANES)
        .sub(z2)
        .intoArray(panels, target + 2 * ROWS + 2 * LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 3 * ROWS)
        .sub(x3)
        .intoArray(panels, target + 3 * ROWS);
    DoubleVector.fromArray(SPECIES, panels, target + 3 * ROWS + LANES)
        .sub(y3)
        .intoArray(panels, target + 3 * ROWS + LANES);
    DoubleVector.fromArray(SPECIES, panels, target + 3 * ROWS + 2 * LANES)
        .sub(z3)
        .intoArray(panels, target + 3 * ROWS + 2 * LANES);
  }

  @Override
  public void solve(double[] panels, int diagonal, int target) {
    for (int r = 0; r < ROWS; r += TILE) {
      solveRows(panels, diagonal, target + r);
    }
  }

  private static void solveRows(double[] panels, int diagonal, int target) {
    for (int c = 0; c < ROWS; c++) {
      int at = target + c * ROWS;
      DoubleVector x = DoubleVector.fromArray(SPECIES, panels, at);
      DoubleVector y = DoubleVector.fromArray(SPECIES, panels, at + LANES);
      DoubleVector z = DoubleVector.fromArray(SPECIES, panels, at + 2 * LANES);
      for (int k = 0; k < c; k++) {
        int other = target + k * ROWS;
        DoubleVector w = DoubleVector.broadcast(SPECIES, -panels[diagonal + k * ROWS + c]);
        x = w.fma(DoubleVector.fromArray(SPECIES, panels, other), x);
        y = w.fma(DoubleVector.fromArray(SPECIES, panels, other + LANES), y);
        z = w.fma(DoubleVector.fromArray(SPECIES, panels, other + 2 * LANES), z);
      }
      DoubleVector pivot = DoubleVector.broadcast(SPECIES, panels[diagonal + c * ROWS + c]);
      x.div(pivot).intoArray(panels, at);
      y.div(pivot).intoArray(panels, at + LANES);
      z.div(pivot).intoArray(panels, at + 2 * LANES);
    }
  }

  @Override
  public void forward(
      int depth, double[] panels, int rows, double[] y, int yOffset, double[] out, int outOffset) {
    for (int r = 0; r < ROWS; r += TILE) {
      int at = rows + r;
      DoubleVector sum0 = DoubleVector.zero(SPECIES);
      DoubleVector sum1 = sum0;
      DoubleVector sum2 = sum0;
      for (int k = 0; k < depth; k++) {
        DoubleVector w = DoubleVector.broadcast(SPECIES, y[yOffset + k]);
        int a = at + k * ROWS;
        sum0 = w.fma(DoubleVector.fromArray(SPECIES, panels, a), sum0);
        sum1 = w.fma(DoubleVector.fromArray(SPECIES, panels, a + LANES), sum1);
        sum2 = w.fma(DoubleVector.fromArray(SPECIES, panels, a + 2 * LANES), sum2);
      }
      int to = outOffset + r;
      DoubleVector.fromArray(SPECIES, out, to).sub(sum0).intoArray(out, to);
      DoubleVector.fromArray(SPECIES, out, to + LANES).sub(sum1).intoArray(out, to + LANES);
      DoubleVector.fromArray(SPECIES, out, to + 2 * LANES).sub(sum2).intoArray(out, to + 2 * LANES);
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
      for (int r = 0; r < ROWS; r += TILE) {
        DoubleVector sum0 = DoubleVector.zero(SPECIES);
        DoubleVector sum1 = sum0;
        DoubleVector sum2 = sum0;
        for (int p = first; p < first + count; p++) {
          int a = BLOCK / 2 * p * (p + 1) + k * ROWS + r;
          int b = p * ROWS + r;
          DoubleVector w = DoubleVector.fromArray(SPECIES, x, b);
          sum0 = w.fma(DoubleVector.fromArray(SPECIES, panels, a), sum0);
          w = DoubleVector.fromArray(SPECIES, x, b + LANES);
          sum1 = w.fma(DoubleVector.fromArray(SPECIES, panels, a + LANES), sum1);
          w = DoubleVector.fromArray(SPECIES, x, b + 2 * LANES);
          sum2 = w.fma(DoubleVector.fromArray(SPECIES, panels, a + 2 * LANES), sum2);
        }
        sum0.intoArray(sums, r);
        sum1.intoArray(sums, r + LANES);
        sum2.intoArray(sums, r + 2 * LANES);
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
    int whole = count / INTERLEAVED * INTERLEAVED;
    for (int lane = 0; lane < INTERLEAVED; lane += 2 * LANES) {
      DoubleVector sum0 = DoubleVector.zero(SPECIES);
      DoubleVector sum1 = sum0;
      for (int i = lane; i < whole; i += INTERLEAVED) {
        sum0 =
            DoubleVector.fromArray(SPECIES, x, xOffset + i)
                .fma(DoubleVector.fromArray(SPECIES, y, yOffset + i), sum0);
        sum1 =
            DoubleVector.fromArray(SPECIES, x, xOffset + i + LANES)
                .fma(DoubleVector.fromArray(SPECIES, y, yOffset + i + LANES), sum1);
      }
      sum0.intoArray(sums, lane);
      sum1.intoArray(sums, lane + LANES);
    }
    for (int i = whole; i < count; i++) {
      sums[i - whole] = Math.fma(x[xOffset + i], y[yOffset + i], sums[i - whole]);
    }
    return upwards(sums);
  }

  @Override
  public double absoluteDot(int count, double[] x, int xOffset, double[] y, int yOffset) {
    double[] sums = new double[INTERLEAVED];
    int whole = count / INTERLEAVED * INTERLEAVED;
    for (int lane = 0; lane < INTERLEAVED; lane += 2 * LANES) {
      DoubleVector sum0 = DoubleVector.zero(SPECIES);
      DoubleVector sum1 = sum0;
      for (int i = lane; i < whole; i += INTERLEAVED) {
        sum0 =
            DoubleVector.fromArray(SPECIES, x, xOffset + i)
                .abs()
                .fma(DoubleVector.fromArray(SPECIES, y, yOffset + i).abs(), sum0);
        sum1 =
            DoubleVector.fromArray(SPECIES, x, xOffset + i + LANES)
                .abs()
                .fma(DoubleVector.fromArray(SPECIES, y, yOffset + i + LANES).abs(), sum1);
      }
      sum0.intoArray(sums, lane);
      sum1.intoArray(sums, lane + LANES);
    }
    for (int i = whole; i < count; i++) {
      sums[i - whole] =
          Math.fma(Math.abs(x[xOffset + i]), Math.abs(y[yOffset + i]), sums[i - whole]);
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
    DoubleVector w = DoubleVector.broadcast(SPECIES, factor);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      w.fma(
              DoubleVector.fromArray(SPECIES, from, fromOffset + i),
              DoubleVector.fromArray(SPECIES, to, toOffset + i))
          .intoArray(to, toOffset + i);
    }
    for (int i = whole; i < count; i++) {
      to[toOffset + i] = Math.fma(factor, from[fromOffset + i], to[toOffset + i]);
    }
  }
}
