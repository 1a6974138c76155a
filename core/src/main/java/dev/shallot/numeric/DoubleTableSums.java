package dev.shallot.numeric;

/** float64 sums of chosen numbers, one table entry after the other. */
final class DoubleTableSums implements ChosenSums<double[]> {
  @Override
  public void tabulate(int groups, double[] values, double[] tables) {
    for (int group = 0; group < groups; group++) {
      double v0 = values[4 * group];
      double v1 = values[4 * group + 1];
      double v2 = values[4 * group + 2];
      double v3 = values[4 * group + 3];
      for (int high = 0; high < 4; high++) {
        double upper = ((high & 1) != 0 ? v2 : 0) + ((high & 2) != 0 ? v3 : 0);
        int row = group * ENTRIES + 4 * high;
        tables[row] = upper;
        tables[row + 1] = v0 + upper;
        tables[row + 2] = v1 + upper;
        tables[row + 3] = (v0 + v1) + upper;
      }
    }
  }

  @Override
  public void chosenSums(
      int words, double[] tables, int[] bits, int[] rows, int count, double[] sums) {
    for (int k = 0; k < count; k++) {
      double sum = 0;
      for (int group = 0; group < words * TABLES_A_WORD; group++) {
        int entry = (bits[rows[k] + (group >>> 3)] >>> (4 * group)) & (ENTRIES - 1);
        sum += tables[group * ENTRIES + entry];
      }
      sums[k] = sum;
    }
  }
}
