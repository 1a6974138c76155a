package dev.shallot.numeric;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reflections in vectors. A tile of four vectors of columns goes down all rows: the tile's pieces
 * of v, w and the image stay in registers, and an entry is loaded once and stored once.
 */
final class VectorReflection implements ReflectionKernels {
  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorProvider.shape());
  private static final int LANES = SPECIES.length();
  private static final int TILE = 4 * LANES;

  @Override
  public void reflect(
      int first,
      int rows,
      int from,
      double[] a,
      int stride,
      double[] v,
      double[] w,
      double[] next,
      double[] image) {
    for (int j = from; j < stride; j += TILE) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, v, j);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, v, j + LANES);
      DoubleVector v2 = DoubleVector.fromArray(SPECIES, v, j + 2 * LANES);
      DoubleVector v3 = DoubleVector.fromArray(SPECIES, v, j + 3 * LANES);
      DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, j);
      DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, j + LANES);
      DoubleVector w2 = DoubleVector.fromArray(SPECIES, w, j + 2 * LANES);
      DoubleVector w3 = DoubleVector.fromArray(SPECIES, w, j + 3 * LANES);
      DoubleVector s0 = DoubleVector.zero(SPECIES);
      DoubleVector s1 = s0;
      DoubleVector s2 = s0;
      DoubleVector s3 = s0;
      for (int i = first; i < rows; i++) {
        int at = i * stride + j;
        DoubleVector vi = DoubleVector.broadcast(SPECIES, -v[i]);
        DoubleVector wi = DoubleVector.broadcast(SPECIES, -w[i]);
        DoubleVector ni = DoubleVector.broadcast(SPECIES, next[i]);
        DoubleVector a0 = wi.fma(v0, vi.fma(w0, DoubleVector.fromArray(SPECIES, a, at)));
        a0.intoArray(a, at);
        s0 = ni.fma(a0, s0);
        DoubleVector a1 = wi.fma(v1, vi.fma(w1, DoubleVector.fromArray(SPECIES, a, at + LANES)));
        a1.intoArray(a, at + LANES);
        s1 = ni.fma(a1, s1);
        DoubleVector a2 =
            wi.fma(v2, vi.fma(w2, DoubleVector.fromArray(SPECIES, a, at + 2 * LANES)));
        a2.intoArray(a, at + 2 * LANES);
        s2 = ni.fma(a2, s2);
        DoubleVector a3 =
            wi.fma(v3, vi.fma(w3, DoubleVector.fromArray(SPECIES, a, at + 3 * LANES)));
        a3.intoArray(a, at + 3 * LANES);
        s3 = ni.fma(a3, s3);
      }
      s0.intoArray(image, j);
      s1.intoArray(image, j + LANES);
      s2.intoArray(image, j + 2 * LANES);
      s3.intoArray(image, j + 3 * LANES);
    }
  }
}
