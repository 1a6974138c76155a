package dev.shallot.numeric;

import static dev.shallot.numeric.SmoothConstants.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SmoothFunctions} in vectors: {@link ScalarSmooth}, operation by operation.
 *
 * <p>Two passes over arrays that stay in the first cache, the exponentials and what follows from
 * them, each one method: a vector must not cross a call.
 */
final class VectorSmooth implements SmoothFunctions {
  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorProvider.shape());
  private static final int WIDTH = SPECIES.length();

  private static void exponentials(
      int count, double factor, boolean squared, double[] z, double[] less, double[] power) {
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector size = DoubleVector.fromArray(SPECIES, z, i).abs();
      DoubleVector x = size.mul(factor);
      if (squared) {
        x = x.mul(size);
      }
      x = x.blend(LEAST, x.compare(VectorOperators.LT, LEAST));
      DoubleVector t = x.fma(LOG2_E, MAGIC);
      DoubleVector minusK = t.sub(MAGIC).neg();
      DoubleVector r =
          minusK.fma(
              DoubleVector.broadcast(SPECIES, LN2_LOW),
              minusK.fma(DoubleVector.broadcast(SPECIES, LN2_HIGH), x));
      DoubleVector q = DoubleVector.broadcast(SPECIES, EXP[EXP.length - 1]);
      for (int j = EXP.length - 2; j >= 0; j--) {
        q = q.fma(r, DoubleVector.broadcast(SPECIES, EXP[j]));
      }
      DoubleVector p = r.mul(r).fma(q, r);
      LongVector bits = t.reinterpretAsLongs().add(BIAS);
      DoubleVector s = bits.lanewise(VectorOperators.LSHL, MANTISSA).reinterpretAsDoubles();
      s.fma(p, s.sub(1.0)).intoArray(less, i);
      s.fma(p, s).intoArray(power, i);
    }
  }

  @Override
  public void exponential(int count, double[] z, double[] less, double[] power) {
    exponentials(count, -1.0, false, z, less, power);
  }

  @Override
  public void tanh(int count, double[] z, double[] value, double[] slope) {
    exponentials(count, -2.0, false, z, value, slope);
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector e = DoubleVector.fromArray(SPECIES, slope, i);
      DoubleVector inverse = one.div(e.add(1.0));
      DoubleVector size = DoubleVector.fromArray(SPECIES, value, i).neg().mul(inverse);
      var negative = DoubleVector.fromArray(SPECIES, z, i).compare(VectorOperators.LT, 0.0);
      size.blend(size.neg(), negative).intoArray(value, i);
      e.mul(4.0).mul(inverse).mul(inverse).intoArray(slope, i);
    }
  }

  @Override
  public void softplus(int count, double[] z, double[] value, double[] slope) {
    exponentials(count, -1.0, false, z, value, slope);
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector e = DoubleVector.fromArray(SPECIES, slope, i);
      DoubleVector u = e.div(e.add(2.0));
      DoubleVector square = u.mul(u);
      DoubleVector series = DoubleVector.broadcast(SPECIES, ATANH[ATANH.length - 1]);
      for (int j = ATANH.length - 2; j >= 0; j--) {
        series = series.fma(square, DoubleVector.broadcast(SPECIES, ATANH[j]));
      }
      DoubleVector argument = DoubleVector.fromArray(SPECIES, z, i);
      var negative = argument.compare(VectorOperators.LT, 0.0);
      u.add(u).fma(series, argument.blend(0.0, negative)).intoArray(value, i);
      one.blend(e, negative).div(e.add(1.0)).intoArray(slope, i);
    }
  }

  @Override
  public void gelu(int count, double[] z, double[] value, double[] slope) {
    exponentials(count, -0.5, true, z, value, slope);
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2.0);
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector e = DoubleVector.fromArray(SPECIES, slope, i);
      DoubleVector argument = DoubleVector.fromArray(SPECIES, z, i);
      DoubleVector x = argument.abs().mul(ROOT_HALF);
      x = x.blend(FARTHEST, x.compare(VectorOperators.GT, FARTHEST));
      DoubleVector t = x.sub(ERFC_CENTRE).div(x.add(ERFC_CENTRE));
      DoubleVector series = DoubleVector.broadcast(SPECIES, ERFC[ERFC.length - 1]);
      for (int j = ERFC.length - 2; j >= 0; j--) {
        series = series.fma(t, DoubleVector.broadcast(SPECIES, ERFC[j]));
      }
      DoubleVector tail = e.mul(0.5).mul(series).div(two.fma(x, one));
      DoubleVector below = one.sub(tail).blend(tail, argument.compare(VectorOperators.LT, 0.0));
      argument.mul(below).intoArray(value, i);
      argument.fma(e.mul(ROOT_TWO_PI_INVERSE), below).intoArray(slope, i);
    }
  }
}
