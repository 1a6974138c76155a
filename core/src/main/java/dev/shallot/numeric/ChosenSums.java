package dev.shallot.numeric;

/**
 * Sums of chosen numbers by table look-up: for four numbers there are only sixteen possible sums,
 * and the four bits that choose are the index into their table.
 *
 * <p>All providers give the same bits.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public sealed interface ChosenSums<A> permits FloatPermutedSums, FloatTableSums, DoubleTableSums {

  /** Entries of a table: all choices of four. */
  int ENTRIES = 16;

  /** Tables for the 32 bits of a word. */
  int TABLES_A_WORD = 8;

  /**
   * Tabulates sums of neighbours: entry {@code bits} of table g is {@code (v_0 + v_1) + (v_2 +
   * v_3)} with v_b the number {@code values[4 g + b]} if bit b is set and 0 if not.
   *
   * @param groups how many tables of {@value #ENTRIES} entries
   */
  void tabulate(int groups, A values, A tables);

  /**
   * Sums of chosen numbers, by table: {@code sums[k] = sum over the bits j of row k of values[j]},
   * added up table by table, upwards.
   *
   * @param words how many words a row has
   * @param tables what {@link #tabulate} made of the values, {@value #TABLES_A_WORD} a word: past
   *     the last value they are of zeros
   * @param bits 32 a word
   * @param rows where each row's first word is; at least {@link #padRows} numbers, of which those
   *     past the last row must be some row's too
   * @param count how many rows
   * @param sums receives {@link #padRows} numbers
   */
  void chosenSums(int words, A tables, int[] bits, int[] rows, int count, A sums);

  /** Room for so many rows in {@link #chosenSums}. */
  static int padRows(int count) {
    return (count + 15) / 16 * 16;
  }
}
