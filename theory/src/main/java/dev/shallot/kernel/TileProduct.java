package dev.shallot.kernel;

/**
 * What a tile of a kernel file gives to a product or a matrix; scratch memory of one thread. A tile
 * T of outputs o &lt;= p, row i and column j stands up to four times in the matrix, and a product
 * takes a part from each place:
 *
 * <pre>
 *   0  image[o, i] += T   v[p, j]
 *   1  image[p, j] += T^t v[o, i]     unless it is 0 (o = p and i = j)
 *   2  image[o, j] += T^t v[p, i]     only if o != p and i != j
 *   3  image[p, i] += T   v[o, j]     only if o != p and i != j
 * </pre>
 */
final class TileProduct {
  /** Places of a tile in the matrix, at most. */
  static final int PARTS = 4;

  private final KernelFileLayout layout;
  private final double[] values;

  TileProduct(KernelFileLayout layout) {
    this.layout = layout;
    this.values = new double[layout.tile() * layout.tile()];
  }

  /** The tile, tile x tile. */
  double[] values() {
    return values;
  }

  private boolean stands(int part, int o, int p, int i, int j) {
    return switch (part) {
      case 0 -> true;
      case 1 -> o != p || i != j;
      default -> o != p && i != j;
    };
  }

  private int rowsOf(int part, int o, int p, int i, int j) {
    int n = layout.samples();
    return (part == 0 || part == 2 ? o : p) * n + (part == 0 || part == 3 ? i : j) * layout.tile();
  }

  private int columnsOf(int part, int o, int p, int i, int j) {
    int n = layout.samples();
    return (part == 0 || part == 2 ? p : o) * n + (part == 0 || part == 3 ? j : i) * layout.tile();
  }

  private static boolean transposed(int part) {
    return part == 1 || part == 2;
  }

  /** Computes the parts of a tile. */
  void multiply(int o, int p, int i, int j, double[] vector, double[] parts, int to) {
    int rows = layout.size(i);
    int columns = layout.size(j);
    for (int part = 0; part < PARTS; part++) {
      if (stands(part, o, p, i, j)) {
        int from = columnsOf(part, o, p, i, j);
        int at = to + part * layout.tile();
        if (transposed(part)) {
          multiplyTransposed(rows, columns, vector, from, parts, at);
        } else {
          multiply(rows, columns, vector, from, parts, at);
        }
      }
    }
  }

  private void multiply(int rows, int columns, double[] vector, int from, double[] out, int to) {
    for (int u = 0; u < rows; u++) {
      int row = u * layout.tile();
      double sum = 0.0;
      for (int v = 0; v < columns; v++) {
        sum = Math.fma(values[row + v], vector[from + v], sum);
      }
      out[to + u] = sum;
    }
  }

  private void multiplyTransposed(
      int rows, int columns, double[] vector, int from, double[] out, int to) {
    java.util.Arrays.fill(out, to, to + columns, 0.0);
    for (int u = 0; u < rows; u++) {
      int row = u * layout.tile();
      double weight = vector[from + u];
      for (int v = 0; v < columns; v++) {
        out[to + v] = Math.fma(values[row + v], weight, out[to + v]);
      }
    }
  }

  /** Adds the parts of a tile to the product. */
  void add(int o, int p, int i, int j, double[] parts, int from, double[] image) {
    for (int part = 0; part < PARTS; part++) {
      if (stands(part, o, p, i, j)) {
        int to = rowsOf(part, o, p, i, j);
        int at = from + part * layout.tile();
        int count = layout.size(transposed(part) ? j : i);
        for (int u = 0; u < count; u++) {
          image[to + u] += parts[at + u];
        }
      }
    }
  }

  /** Copies the tile to all its places in a matrix. */
  void copy(int o, int p, int i, int j, double[] matrix) {
    int order = layout.samples() * layout.outputs();
    for (int part = 0; part < PARTS; part++) {
      if (stands(part, o, p, i, j)) {
        int row = rowsOf(part, o, p, i, j);
        int column = columnsOf(part, o, p, i, j);
        int across = transposed(part) ? 1 : layout.tile();
        int along = transposed(part) ? layout.tile() : 1;
        for (int u = 0; u < layout.size(transposed(part) ? j : i); u++) {
          for (int v = 0; v < layout.size(transposed(part) ? i : j); v++) {
            matrix[(row + u) * order + column + v] = values[u * across + v * along];
          }
        }
      }
    }
  }
}
