package dev.shallot.kernel;

import dev.shallot.engine.Team;
import java.util.Arrays;
import java.util.Optional;

/**
 * The two samples that come nearest to being parallel: Theorem 1 asks that no two are. Of pairs
 * with the same |cos| it is always the same one.
 *
 * @param first a sample, counted from 0
 * @param second a later sample
 * @param cosine the cosine between them, of largest size among all pairs, in [-1, 1]
 * @param angle radians between the lines through them, 0 .. pi/2, also where the cosine has no
 *     digits left
 */
public record NearestPair(int first, int second, double cosine, double angle) {

  /**
   * Looks at all pairs: n^2 d flops.
   *
   * @return empty when fewer than two samples are not zero
   */
  public static Optional<NearestPair> of(Samples samples, Team team) {
    int n = samples.count();
    int columns = Tile.count(n);
    InnerProducts products = new InnerProducts(samples);
    HalfSpaces halfSpaces = new HalfSpaces(samples);
    InnerProducts.Worker[] workers = new InnerProducts.Worker[team.workers()];
    Arrays.setAll(workers, i -> products.worker());
    double[] tiles = new double[team.workers() * Tile.LENGTH];
    double[] best = new double[columns];
    int[] first = new int[columns];
    int[] second = new int[columns];
    team.run(
        columns,
        (column, worker) -> {
          workers[worker].column(column);
          best[column] = -1.0;
          for (int row = 0; row <= column; row++) {
            workers[worker].row(row, tiles, worker * Tile.LENGTH);
            for (int v = 0; v < Tile.size(column, n); v++) {
              int j = column * Tile.SIZE + v;
              for (int u = 0; u < Tile.SIZE && row * Tile.SIZE + u < j; u++) {
                int i = row * Tile.SIZE + u;
                double scale = halfSpaces.norm(i) * halfSpaces.norm(j);
                double size =
                    scale == 0.0
                        ? -1.0
                        : Math.abs(tiles[worker * Tile.LENGTH + u * Tile.STRIDE + v]) / scale;
                if (size > best[column]) {
                  best[column] = size;
                  first[column] = i;
                  second[column] = j;
                }
              }
            }
          }
        });
    int at = 0;
    for (int column = 1; column < columns; column++) {
      at = best[column] > best[at] ? column : at;
    }
    return best[at] < 0
        ? Optional.empty()
        : Optional.of(of(samples, halfSpaces, first[at], second[at]));
  }

  private static NearestPair of(Samples samples, HalfSpaces halfSpaces, int i, int j) {
    double product = 0.0;
    for (int k = 0; k < samples.features(); k++) {
      product =
          Math.fma(
              samples.x()[i * samples.features() + k],
              samples.x()[j * samples.features() + k],
              product);
    }
    double cosine = product / (halfSpaces.norm(i) * halfSpaces.norm(j));
    return new NearestPair(i, j, Math.clamp(cosine, -1.0, 1.0), halfSpaces.lines(i, j, product));
  }
}
