package dev.shallot.run;

import dev.shallot.data.NpyArray;
import dev.shallot.data.Safetensors;
import dev.shallot.network.Activation;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The two linear layers of a PyTorch module in a safetensors file: {@code NAME.weight} (m x d) and
 * {@code NAME.weight} (c x m), with or without {@code NAME.bias}, whatever the names, and nothing
 * else. Shapes say which comes first; where d = c, so that both orders fit, the numbers in the
 * names do, and names that differ in more than a number are refused.
 *
 * @param file for messages
 * @param tensors of the file
 * @param first name of the hidden layer's weight
 * @param second name of the output layer's weight
 */
record LinearLayers(Path file, Safetensors tensors, String first, String second) {
  private static final String WEIGHT = "weight";

  /**
   * Finds the layers.
   *
   * @throws RunException if there are not two, they do not fit each other, their order cannot be
   *     told, or there is more in the file
   */
  static LinearLayers find(Path file, Safetensors tensors) {
    List<String> matrices =
        tensors.names().stream()
            .filter(name -> name.endsWith("." + WEIGHT) && tensors.shape(name).size() == 2)
            .sorted()
            .toList();
    if (matrices.size() != 2) {
      throw unknown(file, tensors);
    }
    LinearLayers found = new LinearLayers(file, tensors, matrices.get(0), matrices.get(1));
    if (found.fit() && found.turned().fit()) {
      found = found.byNumber();
    } else if (!found.fit()) {
      found = found.turned();
    }
    if (!found.fit()) {
      throw unknown(file, tensors);
    }
    Set<String> known = new LinkedHashSet<>(matrices);
    matrices.forEach(name -> known.add(bias(name)));
    GivenWeights.refuseOthers(file, tensors, known);
    return found;
  }

  private LinearLayers turned() {
    return new LinearLayers(file, tensors, /* first= */ second, /* second= */ first);
  }

  private boolean fit() {
    return tensors.shape(first).get(0).equals(tensors.shape(second).get(1));
  }

  /** Of names that differ in one number alone the smaller is first: 8.weight before 10.weight. */
  private LinearLayers byNumber() {
    String parts = "(?<=[0-9])(?=[^0-9])|(?<=[^0-9])(?=[0-9])";
    String[] one = first.split(parts, -1);
    String[] other = second.split(parts, -1);
    int differing = -1;
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      if (!one[i].equals(other[i])) {
        boolean numbers = one[i].matches("[0-9]+") && other[i].matches("[0-9]+");
        if (!numbers || differing >= 0) {
          throw ambiguous();
        }
        differing = i;
      }
    }
    if (one.length != other.length || differing < 0) {
      throw ambiguous();
    }
    int order = new BigInteger(one[differing]).compareTo(new BigInteger(other[differing]));
    if (order == 0) {
      throw ambiguous();
    }
    return order < 0 ? this : turned();
  }

  private RunException ambiguous() {
    return new RunException(
        "the layers %s %s and %s %s in %s fit each other in both orders, and their names do not tell which comes first: number them (0.weight, 1.weight)."
            .formatted(first, tensors.shape(first), second, tensors.shape(second), file));
  }

  private static RunException unknown(Path file, Safetensors tensors) {
    return new RunException(
        "%s holds no network of one hidden layer: expected arrays W (width x features) and a (width x outputs), or the weights of two linear layers, NAME.weight [width, features] and NAME.weight [outputs, width], but found %s."
            .formatted(file, GivenWeights.described(tensors, tensors.names())));
  }

  private static String bias(String weight) {
    return weight.substring(0, weight.length() - WEIGHT.length()) + "bias";
  }

  /** The weights; linear layers have nothing in front of their sum, a scale of 1. */
  GivenWeights read(Optional<Activation> activation) {
    NpyArray w = tensors.array(first);
    NpyArray transposed = tensors.array(second);
    int width = w.shape()[0];
    int outputs = transposed.shape()[0];
    double[] a = new double[width * outputs];
    double[] rows = transposed.toDoubles();
    for (int o = 0; o < outputs; o++) {
      for (int r = 0; r < width; r++) {
        a[r * outputs + o] = rows[o * width + r];
      }
    }
    return new GivenWeights(
        file,
        width,
        w.shape()[1],
        outputs,
        w.toDoubles().clone(),
        a,
        biases(first, width),
        biases(second, outputs),
        OptionalDouble.of(1.0),
        activation);
  }

  private double[] biases(String weight, int size) {
    String name = bias(weight);
    if (!tensors.names().contains(name)) {
      return new double[0];
    }
    double[] bias = tensors.array(name).toDoubles().clone();
    if (bias.length != size) {
      throw new RunException(
          "array %s in %s has %d numbers, but its layer has %d neurons."
              .formatted(name, file, bias.length, size));
    }
    return bias;
  }
}
