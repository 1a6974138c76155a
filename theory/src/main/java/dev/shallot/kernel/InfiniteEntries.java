package dev.shallot.kernel;

import dev.shallot.engine.Team;
import java.util.Arrays;

/**
 * The infinite kernel, {@code factor <x_i, x_j> P(<w, x_i> >= 0, <w, x_j> >= 0)} for each output by
 * itself, and 0 between outputs. The probability is {@code (pi - angle) / (2 pi)}, see {@link
 * HalfSpaces}.
 */
final class InfiniteEntries implements Entries {
  private final Samples samples;
  private final int outputs;
  private final double factor;
  private final InnerProducts products;
  private final HalfSpaces halfSpaces;

  InfiniteEntries(Samples samples, int outputs, double factor) {
    this.samples = samples;
    this.outputs = outputs;
    this.factor = factor;
    this.products = new InnerProducts(samples);
    this.halfSpaces = new HalfSpaces(samples);
  }

  @Override
  public int samples() {
    return samples.count();
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public Tile.Worker worker() {
    return new Worker();
  }

  /** Row blocks: n^2 (2 d + c) flops and n^2 arc cosines, nothing stored. */
  @Override
  public void multiply(double[] vector, double[] image, Team team) {
    int n = samples();
    Worker[] workers = new Worker[team.workers()];
    Arrays.setAll(workers, i -> new Worker());
    team.run(
        Tile.count(n),
        (column, index) -> {
          Worker worker = workers[index];
          worker.column(column);
          int to = column * Tile.SIZE;
          int columns = Tile.size(column, n);
          for (int o = 0; o < outputs; o++) {
            Arrays.fill(image, o * n + to, o * n + to + columns, 0.0);
          }
          for (int row = 0; row < Tile.count(n); row++) {
            worker.compute(row);
            int from = row * Tile.SIZE;
            for (int o = 0; o < outputs; o++) {
              for (int i = 0; i < Tile.size(row, n); i++) {
                double weight = vector[o * n + from + i];
                for (int j = 0; j < columns; j++) {
                  image[o * n + to + j] =
                      Math.fma(weight, worker.values[i * Tile.STRIDE + j], image[o * n + to + j]);
                }
              }
            }
          }
        });
  }

  private final class Worker implements Tile.Worker {
    private final InnerProducts.Worker inner = products.worker();
    private final double[] values = new double[Tile.LENGTH];
    private final double[] none = new double[outputs > 1 ? Tile.LENGTH : 0];
    private int column;

    @Override
    public void column(int next) {
      column = next;
      inner.column(next);
    }

    @Override
    public void row(int row, Tile.Sink sink) {
      compute(row);
      for (int o = 0; o < outputs; o++) {
        for (int p = o; p < outputs; p++) {
          sink.accept(o, p, row, column, p == o ? values : none);
        }
      }
    }

    void compute(int row) {
      inner.row(row, values, 0);
      int columns = Tile.size(column, samples());
      for (int i = 0; i < Tile.size(row, samples()); i++) {
        for (int j = 0; j < columns; j++) {
          double product = values[i * Tile.STRIDE + j];
          double probability =
              halfSpaces.probability(row * Tile.SIZE + i, column * Tile.SIZE + j, product);
          values[i * Tile.STRIDE + j] = factor * product * probability;
        }
      }
    }
  }
}
