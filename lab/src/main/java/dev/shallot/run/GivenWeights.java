package dev.shallot.run;

import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.data.Safetensors;
import dev.shallot.network.Activation;
import dev.shallot.network.Network;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * The weights of a network in somebody's file: NPZ or safetensors with arrays {@code W} (m x d),
 * {@code a} (m x c) and perhaps {@code scale}; or safetensors with the {@link LinearLayers} of a
 * PyTorch module. A bias of the hidden layer is the weight of a constant feature 1.
 *
 * @param file where they are from, for messages
 * @param width m
 * @param features d, without the constant feature
 * @param outputs c
 * @param hidden W, m x d row-major
 * @param output a, m x c row-major
 * @param hiddenBias m numbers, or none
 * @param outputBias c numbers, or none
 * @param scale in front of the sum; empty: the file does not say
 * @param activation phi; empty: the file does not say
 */
record GivenWeights(
    Path file,
    int width,
    int features,
    int outputs,
    double[] hidden,
    double[] output,
    double[] hiddenBias,
    double[] outputBias,
    OptionalDouble scale,
    Optional<Activation> activation) {

  /** Whether a name is that of a file of weights. */
  static boolean isFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".npz") || isSafetensors(lower);
  }

  static boolean isSafetensors(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".safetensors");
  }

  /**
   * Reads a file.
   *
   * @throws RunException if its arrays make no network of one hidden layer
   * @throws dev.shallot.data.DataException if it is damaged
   */
  static GivenWeights read(Path file) {
    if (!isSafetensors(file.toString())) {
      return plain(file, Npz.read(file), Map.of());
    }
    Safetensors tensors = Safetensors.open(file);
    if (tensors.names().contains("W") && tensors.names().contains("a")) {
      refuseOthers(file, tensors, Set.of("W", "a", "scale", "W0", "a0"));
      Map<String, NpyArray> arrays = new TreeMap<>();
      for (String name : List.of("W", "a", "scale")) {
        if (tensors.names().contains(name)) {
          arrays.put(name, tensors.array(name));
        }
      }
      return plain(file, arrays, tensors.metadata());
    }
    return LinearLayers.find(file, tensors).read(activation(tensors.metadata(), file));
  }

  /** A network that does more than these arrays say would be another one without them. */
  static void refuseOthers(Path file, Safetensors tensors, Set<String> known) {
    List<String> others =
        tensors.names().stream().filter(name -> !known.contains(name)).sorted().toList();
    if (!others.isEmpty()) {
      throw new RunException(
          "%s holds more than a network of one hidden layer, and without it the answers would be others: %s. Fold it into the weights, or save the two layers alone."
              .formatted(file, described(tensors, others)));
    }
  }

  /** Names with shapes. */
  static String described(Safetensors tensors, Collection<String> names) {
    return String.join(", ", names.stream().map(name -> name + " " + tensors.shape(name)).toList());
  }

  private static GivenWeights plain(
      Path file, Map<String, NpyArray> arrays, Map<String, String> metadata) {
    NpyArray w = matrix(arrays, "W", file);
    NpyArray a = matrix(arrays, "a", file);
    if (a.shape()[0] != w.shape()[0]) {
      throw new RunException(
          "array a in %s is %d x %d, but W has %d rows, one a neuron, and a must have as many."
              .formatted(file, a.shape()[0], a.shape()[1], w.shape()[0]));
    }
    NpyArray single = arrays.get("scale");
    if (single != null && single.size() != 1) {
      throw new RunException(
          "array scale in %s has %d numbers, but must have 1.".formatted(file, single.size()));
    }
    OptionalDouble scale =
        single != null ? OptionalDouble.of(single.toDoubles()[0]) : number(metadata, "scale", file);
    return new GivenWeights(
        file,
        w.shape()[0],
        w.shape()[1],
        a.shape()[1],
        w.toDoubles().clone(),
        a.toDoubles().clone(),
        new double[0],
        new double[0],
        scale,
        activation(metadata, file));
  }

  private static NpyArray matrix(Map<String, NpyArray> arrays, String name, Path file) {
    NpyArray array = arrays.get(name);
    if (array == null) {
      throw new RunException(
          "%s has no array %s; initial weights need W (width x features) and a (width x outputs), it has %s."
              .formatted(file, name, String.join(", ", arrays.keySet())));
    }
    if (array.shape().length != 2) {
      throw new RunException(
          "array %s in %s has %d axes, but must have 2."
              .formatted(name, file, array.shape().length));
    }
    return array;
  }

  private static OptionalDouble number(Map<String, String> metadata, String key, Path file) {
    String text = metadata.get(key);
    if (text == null) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new RunException(
          "%s in the metadata of %s must be a number, but is \"%s\".".formatted(key, file, text));
    }
  }

  private static Optional<Activation> activation(Map<String, String> metadata, Path file) {
    String word = metadata.get("activation");
    return word == null ? Optional.empty() : Optional.of(activation(word, file.toString()));
  }

  /** The activation of a name. */
  static Activation activation(String word, String origin) {
    return ModelFile.activation(word)
        .orElseThrow(
            () ->
                new RunException(
                    "the activation in %s must be relu, softplus, gelu or tanh, but is \"%s\"."
                        .formatted(origin, word)));
  }

  /** d as the network has it: with a constant feature where the hidden layer has a bias. */
  int networkFeatures() {
    return features + (hiddenBias.length > 0 ? 1 : 0);
  }

  /**
   * The network; an output bias is not part of it.
   *
   * @param factor in front of the sum: the file's, or what holds where it names none
   */
  Network network(Activation phi, double factor) {
    int d = networkFeatures();
    double[] w = hidden;
    if (d > features) {
      w = new double[width * d];
      for (int r = 0; r < width; r++) {
        System.arraycopy(hidden, r * features, w, r * d, features);
        w[r * d + features] = hiddenBias[r];
      }
    }
    return new Network(width, d, outputs, w, output, factor, phi);
  }

  /** Whether there is an output bias other than 0. */
  boolean hasOutputBias() {
    return Arrays.stream(outputBias).anyMatch(b -> b != 0.0);
  }
}
