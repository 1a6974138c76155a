package dev.shallot.numeric;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;

/**
 * The only class besides the vector kernels that names the Vector API; loaded only if it is there.
 */
final class VectorProvider {
  private VectorProvider() {}

  static Kernels<float[]> float32(String choice) {
    return new FloatVectorKernels(
        choice.equals("auto")
            ? FloatVector.SPECIES_PREFERRED
            : jdk.incubator.vector.VectorSpecies.of(float.class, shape(choice)));
  }

  static Kernels<double[]> float64(String choice) {
    return new DoubleVectorKernels(
        choice.equals("auto")
            ? DoubleVector.SPECIES_PREFERRED
            : jdk.incubator.vector.VectorSpecies.of(double.class, shape(choice)));
  }

  private static VectorShape shape(String bits) {
    return VectorShape.forBitSize(Integer.parseInt(bits));
  }
}
