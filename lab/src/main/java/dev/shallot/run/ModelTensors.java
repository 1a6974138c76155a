package dev.shallot.run;

import dev.shallot.TrainingException;
import dev.shallot.data.DataException;
import dev.shallot.data.InputColumn;
import dev.shallot.data.MissingPolicy;
import dev.shallot.data.NpyArray;
import dev.shallot.data.Preprocessing;
import dev.shallot.data.Safetensors;
import dev.shallot.data.Scaling;
import dev.shallot.data.TargetColumn;
import dev.shallot.network.Activation;
import dev.shallot.network.Network;
import dev.shallot.plan.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * Models as safetensors files: arrays {@code W} (m x d), {@code a} (m x c), {@code W0} and {@code
 * a0} (the initial ones), and texts: {@code format} ("shallot-model"), {@code activation}, {@code
 * scale}, {@code initialScale}, {@code factor}, and in JSON {@code preprocessing}, {@code plan},
 * {@code provenance}. Written in float64, it is the model to the last bit.
 */
public final class ModelTensors {
  private static final String FORMAT = "shallot-model";

  private ModelTensors() {}

  /**
   * Writes a new file, whole or not at all.
   *
   * @param precision number type of the arrays
   */
  public static void write(Path file, Model model, Precision precision) {
    Network network = model.network();
    int m = network.width();
    SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("W", NpyArray.matrix(m, network.features(), network.hiddenWeights()));
    arrays.put("a", NpyArray.matrix(m, network.outputs(), network.outputWeights()));
    arrays.put("W0", NpyArray.matrix(m, network.features(), model.initial().hiddenWeights()));
    arrays.put("a0", NpyArray.matrix(m, network.outputs(), model.initial().outputWeights()));
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("format", FORMAT);
    texts.put("version", ProgramVersion.text());
    texts.put("activation", ModelFile.word(network.activation()));
    texts.put("scale", Double.toString(network.scale()));
    texts.put("initialScale", Double.toString(model.initial().scale()));
    texts.put("factor", Double.toString(model.factor()));
    texts.put("preprocessing", Json.writeCompact(Json.toTree(model.preprocessing())));
    texts.put("plan", Json.writeCompact(model.plan()));
    texts.put("provenance", Json.writeCompact(model.provenance()));
    Safetensors.write(file, arrays, texts, precision == Precision.FLOAT32);
  }

  /**
   * Reads a model. A file of another program holds weights alone; its model takes tables of d
   * columns, or d features and c targets in this order, as they are, and answers what the network
   * does.
   *
   * @param activation of such a file, if it does not say
   * @param scale in front of the sum over its neurons, if it does not say
   * @throws RunException if the file holds no network of one hidden layer, does not say its
   *     activation or scale, or says others than those given
   * @throws DataException if it is malformed, with the byte and the cause
   */
  public static Model read(Path file, Optional<Activation> activation, OptionalDouble scale) {
    Safetensors tensors = Safetensors.open(file);
    try {
      return FORMAT.equals(tensors.metadata().get("format"))
          ? own(file, tensors, activation, scale)
          : foreign(file, activation, scale);
    } catch (TrainingException e) {
      throw new RunException("%s holds no network: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /** What a file says of its network, which a flag may repeat but not contradict. */
  private static <T> T agreed(Path file, String what, T said, Optional<T> given) {
    if (given.isPresent() && !given.get().equals(said)) {
      throw new RunException(
          "%s says that its %s is %s, not %s: leave --%s out."
              .formatted(
                  file,
                  what,
                  said instanceof Activation phi ? ModelFile.word(phi) : said,
                  given.get() instanceof Activation phi ? ModelFile.word(phi) : given.get(),
                  what));
    }
    return said;
  }

  private static Optional<Double> boxed(OptionalDouble number) {
    return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
  }

  private static Model own(
      Path file, Safetensors tensors, Optional<Activation> activation, OptionalDouble scale) {
    Map<String, String> texts = tensors.metadata();
    Activation phi =
        agreed(
            file,
            "activation",
            GivenWeights.activation(text(file, texts, "activation"), file.toString()),
            activation);
    double factor = agreed(file, "scale", number(file, texts, "scale"), boxed(scale));
    try {
      return new Model(
          network(tensors, "W", "a", factor, phi),
          network(tensors, "W0", "a0", number(file, texts, "initialScale"), phi),
          number(file, texts, "factor"),
          Json.fromTree(tree(file, texts, "preprocessing"), Preprocessing.class),
          tree(file, texts, "plan"),
          tree(file, texts, "provenance"));
    } catch (tools.jackson.core.JacksonException e) {
      throw new RunException(
          "the preprocessing in the metadata of %s does not fit: %s."
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }

  private static Network network(
      Safetensors tensors, String hidden, String output, double scale, Activation phi) {
    NpyArray w = tensors.array(hidden);
    NpyArray a = tensors.array(output);
    if (w.shape().length != 2 || a.shape().length != 2) {
      throw new TrainingException(
          "the arrays %s and %s must have 2 axes, but have %d and %d"
              .formatted(hidden, output, w.shape().length, a.shape().length));
    }
    return new Network(
        w.shape()[0], w.shape()[1], a.shape()[1], w.toDoubles(), a.toDoubles(), scale, phi);
  }

  private static String text(Path file, Map<String, String> texts, String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new RunException("the metadata of %s has no \"%s\".".formatted(file, key));
    }
    return text;
  }

  private static double number(Path file, Map<String, String> texts, String key) {
    String text = text(file, texts, key);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new RunException(
          "\"%s\" in the metadata of %s must be a number, but is \"%s\"."
              .formatted(key, file, text),
          e);
    }
  }

  private static Map<String, Object> tree(Path file, Map<String, String> texts, String key) {
    return Json.readObject(
        text(file, texts, key), "\"%s\" in the metadata of %s".formatted(key, file));
  }

  private static Model foreign(Path file, Optional<Activation> activation, OptionalDouble scale) {
    GivenWeights given = GivenWeights.read(file);
    Activation phi =
        given
            .activation()
            .map(said -> agreed(file, "activation", said, activation))
            .or(() -> activation)
            .orElseThrow(
                () ->
                    new RunException(
                        "%s does not say what its activation is: \"shallot import %s --activation relu --out FILE.shallot\" makes a model of it."
                            .formatted(file, file)));
    double factor =
        boxed(given.scale())
            .map(said -> agreed(file, "scale", said, boxed(scale)))
            .or(() -> boxed(scale))
            .orElseThrow(
                () ->
                    new RunException(
                        "%s does not say its scale, what the sum over its neurons is multiplied with: \"shallot import %s --scale 1 --activation %s --out FILE.shallot\" makes a model of it (1 for plain layers, 1/sqrt(width) = %s in the papers' scaling)."
                            .formatted(
                                file,
                                file,
                                ModelFile.word(phi),
                                1.0 / StrictMath.sqrt(given.width()))));
    Network network = given.network(phi, factor);
    Map<String, Object> plan =
        PlanDocument.practitioner()
            .withEntries(
                Map.of(
                    "width",
                    (long) given.width(),
                    "activation",
                    ModelFile.word(phi),
                    "scale",
                    "none",
                    "unit-rows",
                    "off",
                    "label-scale",
                    "none",
                    "bias",
                    given.hiddenBias().length > 0 ? "on" : "off"),
                file.toString())
            .toMap();
    return new Model(
        network, network, 1.0, preprocessing(given), plan, Map.of("source", file.toString()));
  }

  /** Columns by position, as they are; an output bias is the offset of the labels. */
  private static Preprocessing preprocessing(GivenWeights given) {
    List<InputColumn> inputs = new ArrayList<>();
    for (int j = 1; j <= given.features(); j++) {
      inputs.add(new InputColumn("x" + j, j, List.of(), new double[0]));
    }
    List<TargetColumn> targets = new ArrayList<>();
    for (int o = 1; o <= given.outputs(); o++) {
      targets.add(new TargetColumn("y" + o, given.features() + o));
    }
    double[] ones = new double[given.outputs()];
    Arrays.fill(ones, 1.0);
    double[] offsets =
        given.outputBias().length > 0 ? given.outputBias() : new double[given.outputs()];
    return new Preprocessing(
        inputs,
        MissingPolicy.FAIL,
        Scaling.identity(given.features()),
        given.hiddenBias().length > 0,
        false,
        targets,
        new Scaling(offsets, ones),
        given.features() + given.outputs(),
        false);
  }
}
