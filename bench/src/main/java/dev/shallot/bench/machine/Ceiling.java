package dev.shallot.bench.machine;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops that do one thing as fast as this machine can: independent fused multiply-adds that never
 * leave the registers, reading an array, updating an array in place. Each gives back a number, so
 * that the compiler has to do the work.
 */
final class Ceiling {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;

  /** Chains of fused multiply-adds in flight: more than latency times ports on any machine. */
  private static final int CHAINS = 12;

  private Ceiling() {}

  /** Flops of a call of {@link #multiplyAdd32}. */
  static double flops32(int steps) {
    return 2.0 * steps * CHAINS * F.length();
  }

  /** Flops of a call of {@link #multiplyAdd64}. */
  static double flops64(int steps) {
    return 2.0 * steps * CHAINS * D.length();
  }

  static float multiplyAdd32(int steps) {
    FloatVector x = FloatVector.broadcast(F, 0.999f);
    FloatVector y = FloatVector.broadcast(F, 0.001f);
    FloatVector a = x;
    FloatVector b = x;
    FloatVector c = x;
    FloatVector d = x;
    FloatVector e = x;
    FloatVector f = x;
    FloatVector g = x;
    FloatVector h = x;
    FloatVector i = x;
    FloatVector j = x;
    FloatVector k = x;
    FloatVector l = x;
    for (int step = 0; step < steps; step++) {
      a = a.fma(x, y);
      b = b.fma(x, y);
      c = c.fma(x, y);
      d = d.fma(x, y);
      e = e.fma(x, y);
      f = f.fma(x, y);
      g = g.fma(x, y);
      h = h.fma(x, y);
      i = i.fma(x, y);
      j = j.fma(x, y);
      k = k.fma(x, y);
      l = l.fma(x, y);
    }
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k);
    return sum.add(l).reduceLanes(VectorOperators.ADD);
  }

  static double multiplyAdd64(int steps) {
    DoubleVector x = DoubleVector.broadcast(D, 0.999);
    DoubleVector y = DoubleVector.broadcast(D, 0.001);
    DoubleVector a = x;
    DoubleVector b = x;
    DoubleVector c = x;
    DoubleVector d = x;
    DoubleVector e = x;
    DoubleVector f = x;
    DoubleVector g = x;
    DoubleVector h = x;
    DoubleVector i = x;
    DoubleVector j = x;
    DoubleVector k = x;
    DoubleVector l = x;
    for (int step = 0; step < steps; step++) {
      a = a.fma(x, y);
      b = b.fma(x, y);
      c = c.fma(x, y);
      d = d.fma(x, y);
      e = e.fma(x, y);
      f = f.fma(x, y);
      g = g.fma(x, y);
      h = h.fma(x, y);
      i = i.fma(x, y);
      j = j.fma(x, y);
      k = k.fma(x, y);
      l = l.fma(x, y);
    }
    DoubleVector sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k);
    return sum.add(l).reduceLanes(VectorOperators.ADD);
  }

  /** Sums a piece of an array; its length is a multiple of 4 vectors. */
  static float read(float[] array, int from, int to) {
    FloatVector a = FloatVector.zero(F);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int lanes = F.length();
    for (int i = from; i < to; i += 4 * lanes) {
      a = a.add(FloatVector.fromArray(F, array, i));
      b = b.add(FloatVector.fromArray(F, array, i + lanes));
      c = c.add(FloatVector.fromArray(F, array, i + 2 * lanes));
      d = d.add(FloatVector.fromArray(F, array, i + 3 * lanes));
    }
    return a.add(b).add(c).add(d).reduceLanes(VectorOperators.ADD);
  }

  /** Adds to each number of a piece of an array, in place. */
  static float update(float[] array, int from, int to) {
    FloatVector one = FloatVector.broadcast(F, 1f);
    int lanes = F.length();
    for (int i = from; i < to; i += 2 * lanes) {
      FloatVector.fromArray(F, array, i).add(one).intoArray(array, i);
      FloatVector.fromArray(F, array, i + lanes).add(one).intoArray(array, i + lanes);
    }
    return array[from];
  }
}
