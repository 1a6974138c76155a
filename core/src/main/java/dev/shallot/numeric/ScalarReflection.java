package dev.shallot.numeric;

import java.util.Arrays;

/** Reflections in plain Java. */
final class ScalarReflection implements ReflectionKernels {

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
    Arrays.fill(image, from, stride, 0.0);
    for (int i = first; i < rows; i++) {
      int row = i * stride;
      for (int j = from; j < stride; j++) {
        double entry = Math.fma(-w[i], v[j], Math.fma(-v[i], w[j], a[row + j]));
        a[row + j] = entry;
        image[j] = Math.fma(next[i], entry, image[j]);
      }
    }
  }
}
