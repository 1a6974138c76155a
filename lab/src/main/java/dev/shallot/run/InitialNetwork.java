package dev.shallot.run;

import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.network.DrawnNetwork;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The network that a run starts from: drawn by the plan's law, or read from a file. */
final class InitialNetwork {
  private InitialNetwork() {}

  static Network of(PlanDocument document, TrainingPlan plan, TrainingData data) {
    Optional<Path> file = document.initialWeights();
    Network weights =
        file.isPresent()
            ? read(file.get(), data)
            : plan.initialization()
                .draw(plan.initScale(), plan.width(), data.features(), data.outputs(), plan.seed());
    return weights.withActivation(plan.activation());
  }

  /** The same, not drawn if the engine draws it elsewhere. */
  static NetworkRows rows(PlanDocument document, TrainingPlan plan, TrainingData data) {
    if (plan.engine() != EngineKind.SPARK || document.initialWeights().isPresent()) {
      return of(document, plan, data);
    }
    return new DrawnNetwork(
        plan.initialization(),
        plan.initScale(),
        plan.width(),
        data.features(),
        data.outputs(),
        plan.seed(),
        plan.activation());
  }

  /** The plan with the width of the file of initial weights, unless a width was chosen. */
  static PlanDocument withWidthOfFile(PlanDocument document) {
    Optional<Path> file = document.initialWeights();
    if (file.isEmpty() || !document.isDefault(PlanKey.WIDTH)) {
      return document;
    }
    NpyArray w = matrix(Npz.read(file.get()), "W", file.get());
    return document.withDefault(PlanKey.WIDTH, (long) w.shape()[0], file.get().toString());
  }

  private static Network read(Path file, TrainingData data) {
    Map<String, NpyArray> arrays = Npz.read(file);
    NpyArray w = matrix(arrays, "W", file);
    NpyArray a = matrix(arrays, "a", file);
    int width = w.shape()[0];
    if (w.shape()[1] != data.features()) {
      throw new RunException(
          "array W in %s is %d x %d, but the data has %d features."
              .formatted(file, width, w.shape()[1], data.features()));
    }
    if (a.shape()[0] != width || a.shape()[1] != data.outputs()) {
      throw new RunException(
          "array a in %s is %d x %d, but width %d and %d outputs need %d x %d."
              .formatted(
                  file, a.shape()[0], a.shape()[1], width, data.outputs(), width, data.outputs()));
    }
    NpyArray scale = arrays.get("scale");
    return new Network(
        width,
        data.features(),
        data.outputs(),
        w.toDoubles().clone(),
        a.toDoubles().clone(),
        scale != null && scale.size() == 1 ? scale.toDoubles()[0] : 1.0 / StrictMath.sqrt(width));
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
}
