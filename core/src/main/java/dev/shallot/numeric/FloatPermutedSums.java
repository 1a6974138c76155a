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

  // The eight tables of a word are written out, for two reasons. No vector but the sum is carried
  // around the loop. And the method is too large to be inlined: inlined into large callers it was
  // once in a while compiled with its vectors as objects, fifty times slower, and stayed so.
  @Override
  public void chosenSums(
      int words, float[] tables, int[] bits, int[] rows, int count, float[] sums) {
    for (int k = 0; k < count; k += ENTRIES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int w = 0; w < words; w++) {
        IntVector word = IntVector.fromArray(INDICES, bits, w, rows, k);
        int table = w * TABLES_A_WORD * ENTRIES;
        IntVector t0 = FloatVector.fromArray(SPECIES, tables, table).reinterpretAsInts();
        sum = sum.add(word.selectFrom(t0).reinterpretAsFloats());
        IntVector t1 = FloatVector.fromArray(SPECIES, tables, table + 16).reinterpretAsInts();
        IntVector i1 = word.lanewise(VectorOperators.LSHR, 4);
        sum = sum.add(i1.selectFrom(t1).reinterpretAsFloats());
        IntVector t2 = FloatVector.fromArray(SPECIES, tables, table + 32).reinterpretAsInts();
        IntVector i2 = word.lanewise(VectorOperators.LSHR, 8);
        sum = sum.add(i2.selectFrom(t2).reinterpretAsFloats());
        IntVector t3 = FloatVector.fromArray(SPECIES, tables, table + 48).reinterpretAsInts();
        IntVector i3 = word.lanewise(VectorOperators.LSHR, 12);
        sum = sum.add(i3.selectFrom(t3).reinterpretAsFloats());
        IntVector t4 = FloatVector.fromArray(SPECIES, tables, table + 64).reinterpretAsInts();
        IntVector i4 = word.lanewise(VectorOperators.LSHR, 16);
        sum = sum.add(i4.selectFrom(t4).reinterpretAsFloats());
        IntVector t5 = FloatVector.fromArray(SPECIES, tables, table + 80).reinterpretAsInts();
        IntVector i5 = word.lanewise(VectorOperators.LSHR, 20);
        sum = sum.add(i5.selectFrom(t5).reinterpretAsFloats());
        IntVector t6 = FloatVector.fromArray(SPECIES, tables, table + 96).reinterpretAsInts();
        IntVector i6 = word.lanewise(VectorOperators.LSHR, 24);
        sum = sum.add(i6.selectFrom(t6).reinterpretAsFloats());
        IntVector t7 = FloatVector.fromArray(SPECIES, tables, table + 112).reinterpretAsInts();
        IntVector i7 = word.lanewise(VectorOperators.LSHR, 28);
        sum = sum.add(i7.selectFrom(t7).reinterpretAsFloats());
      }
      sum.intoArray(sums, k);
    }
  }
}
