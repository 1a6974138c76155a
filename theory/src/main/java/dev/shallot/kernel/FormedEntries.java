package dev.shallot.kernel;

import dev.shallot.engine.Team;

/** A kernel that stands in memory already, the same for each output and 0 between outputs. */
record FormedEntries(double[] matrix, int samples, int outputs) implements Entries {

  @Override
  public void multiply(double[] vector, double[] image, Team team) {
    team.run(
        samples,
        (i, worker) -> {
          for (int o = 0; o < outputs; o++) {
            double sum = 0.0;
            for (int j = 0; j < samples; j++) {
              sum = Math.fma(matrix[i * samples + j], vector[o * samples + j], sum);
            }
            image[o * samples + i] = sum;
          }
        });
  }

  @Override
  public Tile.Worker worker() {
    double[] values = new double[Tile.LENGTH];
    double[] none = new double[outputs > 1 ? Tile.LENGTH : 0];
    return new Tile.Worker() {
      private int column;

      @Override
      public void column(int next) {
        column = next;
      }

      @Override
      public void row(int row, Tile.Sink sink) {
        int columns = Tile.size(column, samples);
        for (int u = 0; u < Tile.size(row, samples); u++) {
          int from = (row * Tile.SIZE + u) * samples + column * Tile.SIZE;
          System.arraycopy(matrix, from, values, u * Tile.STRIDE, columns);
        }
        for (int o = 0; o < outputs; o++) {
          for (int p = o; p < outputs; p++) {
            sink.accept(o, p, row, column, p == o ? values : none);
          }
        }
      }
    };
  }
}
