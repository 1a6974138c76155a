package dev.shallot.numeric;

import dev.shallot.TrainingException;
import java.util.Locale;

/**
 * Chooses the provider of {@link Kernels}, once a JVM: the widest vectors of this machine when the
 * module {@code jdk.incubator.vector} is there, the scalar code otherwise. The system property
 * {@code shallot.simd} forces it: {@code auto}, {@code 512}, {@code 256}, {@code 128} or {@code
 * off}. All choices give the same bits, but for {@link FloatTables}, which needs 512.
 */
public final class Simd {
  /** The system property that forces a choice. */
  public static final String PROPERTY = "shallot.simd";

  static final String AUTO = "auto";

  private Simd() {}

  /** The float32 kernels in force. */
  public static Kernels<float[]> float32() {
    return usesVectors() ? VectorProvider.float32() : scalarFloat32();
  }

  /** The float64 kernels in force. */
  public static Kernels<double[]> float64() {
    return usesVectors() ? VectorProvider.float64() : scalarFloat64();
  }

  /** The float32 sample-space kernels in force. */
  public static LaneKernels<float[]> lanes32() {
    return usesVectors() ? VectorProvider.lanes32() : new FloatScalarLanes();
  }

  /** The float64 sample-space kernels in force. */
  public static LaneKernels<double[]> lanes64() {
    return usesVectors() ? VectorProvider.lanes64() : new DoubleScalarLanes();
  }

  /** The float32 kernels of counted rounds in force. */
  public static CountedKernels<float[]> counted32() {
    return usesVectors() ? VectorProvider.counted32() : new FloatScalarCounted();
  }

  /** The float64 kernels of counted rounds in force. */
  public static CountedKernels<double[]> counted64() {
    return usesVectors() ? VectorProvider.counted64() : new DoubleScalarCounted();
  }

  /** The kernels of Householder's reduction in force. */
  public static ReflectionKernels reflections() {
    return usesVectors() ? VectorProvider.reflections() : new ScalarReflection();
  }

  /** The kernels of counted rounds' linear model in force. */
  public static LinearKernels linear() {
    return usesVectors() ? VectorProvider.linear() : new ScalarLinear();
  }

  /** The float32 sums of chosen numbers in force. */
  public static ChosenSums<float[]> chosen32() {
    return hasTables() ? VectorProvider.chosen32() : new FloatTableSums();
  }

  /** The float64 sums of chosen numbers. */
  public static ChosenSums<double[]> chosen64() {
    return new DoubleTableSums();
  }

  /** The scalar float64 sample-space kernels, whatever is in force. */
  public static LaneKernels<double[]> scalarLanes64() {
    return new DoubleScalarLanes();
  }

  /** The counts of common bits in force. */
  public static BitCounts bitCounts() {
    return usesVectors() ? VectorProvider.bitCounts() : scalarBitCounts();
  }

  /** The smooth functions in force. */
  public static SmoothFunctions smooth() {
    return usesVectors() ? VectorProvider.smooth() : scalarSmooth();
  }

  /** The scalar smooth functions, whatever is in force. */
  public static SmoothFunctions scalarSmooth() {
    return new ScalarSmooth();
  }

  /** The scalar counts of common bits, whatever is in force. */
  public static BitCounts scalarBitCounts() {
    return new ScalarBitCounts();
  }

  /** Whether {@link FloatTables} runs fast here: with vectors of 512 bits. */
  public static boolean hasTables() {
    return usesVectors() && VectorProvider.bits() == 512;
  }

  /** The scalar float32 kernels, whatever is in force. */
  public static Kernels<float[]> scalarFloat32() {
    return new FloatScalarKernels();
  }

  /** The scalar float64 kernels, whatever is in force. */
  public static Kernels<double[]> scalarFloat64() {
    return new DoubleScalarKernels();
  }

  /** Whether the Vector API is there: it is when the JVM got --add-modules jdk.incubator.vector. */
  public static boolean vectorModulePresent() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /** One line for people about what is in force and why. */
  public static String description() {
    if (usesVectors()) {
      return float32().description();
    }
    return vectorModulePresent()
        ? "scalar (asked for by -D" + PROPERTY + "=off)"
        : "scalar (the JVM was started without --add-modules jdk.incubator.vector)";
  }

  private static boolean usesVectors() {
    return !choice().equals("off") && vectorModulePresent();
  }

  static String choice() {
    String choice = System.getProperty(PROPERTY, AUTO).toLowerCase(Locale.ROOT);
    return switch (choice) {
      case "off", AUTO, "512", "256", "128" -> choice;
      default ->
          throw new TrainingException(
              "-D" + PROPERTY + " must be auto, 512, 256, 128 or off, but is \"" + choice + "\"");
    };
  }
}
