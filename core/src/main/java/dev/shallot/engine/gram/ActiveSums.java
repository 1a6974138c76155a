package dev.shallot.engine.gram;

import dev.shallot.numeric.ChosenSums;
import dev.shallot.numeric.Kernels;

/**
 * Sums over the active samples of some neurons, {@code sum_j A_rj K_ij S_j}: what S moves the
 * pre-activations of sample i by, but for a factor.
 *
 * @param <A> array type
 */
final class ActiveSums<A> {
  private final Kernels<A> kernels;
  private final ChosenSums<A> chosen;
  private final int n;
  private final int stride;
  private final int words;
  private final int groups;
  private final double[] k;
  private final int[] patterns;
  private final double[] weighted;
  private final A weightedRow;
  private final A tables;
  private final int[] rows;
  private final A sums;
  private final double[] sums64;

  /**
   * Room for all neurons.
   *
   * @param patterns the activations, by neuron; looked at when sums are made
   */
  ActiveSums(RoundView<A> round, int[] patterns) {
    SampleSpace<A> space = round.space();
    this.kernels = space.kernels();
    this.chosen = space.chosen();
    this.n = space.setup().data().samples();
    this.words = round.sampleWords();
    this.stride = 32 * words;
    this.groups = ChosenSums.TABLES_A_WORD * words;
    this.k = round.k();
    this.patterns = patterns;
    this.weighted = new double[stride];
    this.weightedRow = kernels.allocate(stride);
    this.tables = kernels.allocate(groups * ChosenSums.ENTRIES);
    this.rows = new int[ChosenSums.padRows(round.stride())];
    this.sums = kernels.allocate(rows.length);
    this.sums64 = new double[rows.length];
  }

  /**
   * The sums of the neurons of some list entries; valid until the next call.
   *
   * @param i sample
   * @param s S, n numbers
   * @param neurons of the list
   * @param entries which entries, {@code count} numbers
   */
  double[] of(int i, double[] s, int[] neurons, int[] entries, int count) {
    for (int c = 0; c < count; c++) {
      rows[c] = neurons[entries[c]] * words;
    }
    return look(i, s, count);
  }

  /** The sums of the neurons at {@code first}, {@code first + 1}, ... of a list. */
  double[] of(int i, double[] s, int[] neurons, int first, int count) {
    for (int c = 0; c < count; c++) {
      rows[c] = neurons[first + c] * words;
    }
    return look(i, s, count);
  }

  private double[] look(int i, double[] s, int count) {
    for (int c = count; c < ChosenSums.padRows(count); c++) {
      rows[c] = 0;
    }
    int row = i * stride;
    for (int j = 0; j < n; j++) {
      weighted[j] = k[row + j] * s[j];
    }
    kernels.load(weighted, 0, weightedRow, 0, n);
    chosen.tabulate(groups, weightedRow, tables);
    chosen.chosenSums(words, tables, patterns, rows, count, sums);
    kernels.store(sums, 0, sums64, 0, count);
    return sums64;
  }
}
