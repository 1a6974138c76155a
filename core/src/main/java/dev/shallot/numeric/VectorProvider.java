package dev.shallot.numeric;

import jdk.incubator.vector.VectorShape;

/** The vector kernels and their width; loaded only if the Vector API is there. */
final class VectorProvider {
  private VectorProvider() {}

  static Kernels<float[]> float32() {
    return new FloatVectorKernels();
  }

  static Kernels<double[]> float64() {
    return new DoubleVectorKernels();
  }

  static LaneKernels<float[]> lanes32() {
    return new FloatVectorLanes();
  }

  static LaneKernels<double[]> lanes64() {
    return new DoubleVectorLanes();
  }

  static CountedKernels<float[]> counted32() {
    return new FloatVectorCounted();
  }

  static CountedKernels<double[]> counted64() {
    return new DoubleVectorCounted();
  }

  static ReflectionKernels reflections() {
    return new VectorReflection();
  }

  static LinearKernels linear() {
    return new VectorLinear();
  }

  static BitCounts bitCounts() {
    return new VectorBitCounts();
  }

  static SmoothFunctions smooth() {
    return new VectorSmooth();
  }

  static ChosenSums<float[]> chosen32() {
    return new FloatPermutedSums();
  }

  static int bits() {
    return shape().vectorBitSize();
  }

  /** The width that {@link Simd#PROPERTY} asks for; the machine's own when it asks for none. */
  static VectorShape shape() {
    String choice = Simd.choice();
    return choice.equals(Simd.AUTO)
        ? VectorShape.preferredShape()
        : VectorShape.forBitSize(Integer.parseInt(choice));
  }
}
