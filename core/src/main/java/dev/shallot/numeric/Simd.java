package dev.shallot.numeric;

import dev.shallot.TrainingException;
import java.util.Locale;

/**
 * Chooses the provider of {@link Kernels} once: the widest vectors of this machine when the module
 * {@code jdk.incubator.vector} is there, the scalar code otherwise. The system property {@code
 * shallot.simd} forces it: {@code auto}, {@code 512}, {@code 256}, {@code 128} or {@code off}.
 */
public final class Simd {
  /** The system property that forces a choice. */
  public static final String PROPERTY = "shallot.simd";

  private Simd() {}

  /** The float32 kernels. */
  public static Kernels<float[]> float32() {
    return float32(choice());
  }

  /** The float64 kernels. */
  public static Kernels<double[]> float64() {
    return float64(choice());
  }

  /** The float32 kernels of a choice, as the property names it. */
  public static Kernels<float[]> float32(String choice) {
    return useVectors(choice) ? VectorProvider.float32(choice) : new FloatScalarKernels();
  }

  /** The float64 kernels of a choice, as the property names it. */
  public static Kernels<double[]> float64(String choice) {
    return useVectors(choice) ? VectorProvider.float64(choice) : new DoubleScalarKernels();
  }

  /** Whether the Vector API is there: it is when the JVM got --add-modules jdk.incubator.vector. */
  public static boolean vectorModulePresent() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /** One line for people about what is in force and why. */
  public static String description() {
    return useVectors(choice())
        ? float32().description()
        : vectorModulePresent()
            ? "scalar (asked for by -D" + PROPERTY + "=off)"
            : "scalar (the JVM was started without --add-modules jdk.incubator.vector)";
  }

  private static boolean useVectors(String choice) {
    return switch (choice) {
      case "off" -> false;
      case "auto", "512", "256", "128" -> vectorModulePresent();
      default ->
          throw new TrainingException(
              "-D" + PROPERTY + " must be auto, 512, 256, 128 or off, but is \"" + choice + "\"");
    };
  }

  private static String choice() {
    return System.getProperty(PROPERTY, "auto").toLowerCase(Locale.ROOT);
  }
}
