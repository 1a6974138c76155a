package dev.shallot.numeric;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * float32 sums of chosen numbers, sixteen rows at once. A table of sixteen entries is one 512-bit
 * vector; one permute picks an entry of it for each of sixteen rows. The bits of the rows are
 * gathered, 32 at a time, and shifted down four by four.
 */
final class FloatPermutedSums implements ChosenSums<float[]> {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> INDICES = IntVector.SPECIES_512;
  private static final int GROUPS_A_WORD = 8;

  private final FloatVector has0 = has(1);
  private final FloatVector has1 = has(2);
  private final FloatVector has2 = has(4);
  private final FloatVector has3 = has(8);

  private static FloatVector has(int bit) {
    float[] has = new float[ENTRIES];
    for (int entry = 0; entry < ENTRIES; entry++) {
      has[entry] = (entry & bit) != 0 ? 1 : 0;
    }
    return FloatVector.fromArray(SPECIES, has, 0);
  }

  @Override
  public void tabulate(int groups, float[] values, float[] tables) {
    FloatVector b0 = has0;
    FloatVector b1 = has1;
    FloatVector b2 = has2;
    FloatVector b3 = has3;
    for (int group = 0; group < groups; group++) {
      FloatVector low = b0.mul(values[4 * group]).add(b1.mul(values[4 * group + 1]));
      FloatVector high = b2.mul(values[4 * group + 2]).add(b3.mul(values[4 * group + 3]));
      low.add(high).intoArray(tables, group * ENTRIES);
    }
  }

  @Override
  public void chosenSums(
      int groups, float[] tables, int[] bits, int[] rows, int count, float[] sums) {
    for (int k = 0; k < count; k += ENTRIES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int first = 0; first < groups; first += GROUPS_A_WORD) {
        IntVector word = IntVector.fromArray(INDICES, bits, first / GROUPS_A_WORD, rows, k);
        int last = Math.min(groups, first + GROUPS_A_WORD);
        for (int group = first; group < last; group++) {
          IntVector table =
              FloatVector.fromArray(SPECIES, tables, group * ENTRIES).reinterpretAsInts();
          sum = sum.add(word.selectFrom(table).reinterpretAsFloats());
          word = word.lanewise(VectorOperators.LSHR, 4);
        }
      }
      sum.intoArray(sums, k);
    }
  }
}
