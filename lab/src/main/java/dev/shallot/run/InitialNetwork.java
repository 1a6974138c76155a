package dev.shallot.run;

import dev.shallot.network.DrawnNetwork;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.nio.file.Path;
import java.util.Optional;

/** The network that a run starts from: drawn by the plan's law, or read from a file. */
final class InitialNetwork {
  private InitialNetwork() {}

  static Network of(PlanDocument document, TrainingPlan plan, TrainingData data) {
    return rows(document, plan, data).whole();
  }

  /** The same, not drawn if the engine draws it elsewhere. */
  static NetworkRows rows(PlanDocument document, TrainingPlan plan, TrainingData data) {
    Optional<Path> file = document.initialWeights();
    if (file.isPresent()) {
      return read(file.get(), document, plan, data);
    }
    DrawnNetwork drawn =
        new DrawnNetwork(
            plan.initialization(),
            plan.initScale(),
            plan.width(),
            data.features(),
            data.outputs(),
            plan.seed(),
            plan.activation());
    return plan.engine() == EngineKind.SPARK ? drawn : drawn.whole();
  }

  /** The plan with the width of the file of initial weights, unless a width was chosen. */
  static PlanDocument withWidthOfFile(PlanDocument document) {
    Optional<Path> file = document.initialWeights();
    if (file.isEmpty() || !document.isDefault(PlanKey.WIDTH)) {
      return document;
    }
    long width = GivenWeights.read(file.get()).width();
    return document.withDefault(PlanKey.WIDTH, width, file.get().toString());
  }

  private static Network read(
      Path file, PlanDocument document, TrainingPlan plan, TrainingData data) {
    GivenWeights given = GivenWeights.read(file);
    if (given.networkFeatures() != data.features()) {
      throw new RunException(
          "the hidden weights in %s are %d x %d, but the data has %d features."
              .formatted(file, given.width(), given.networkFeatures(), data.features()));
    }
    if (given.hiddenBias().length > 0 && document.text(PlanKey.BIAS).equals("off")) {
      throw new RunException(
          "the hidden layer in %s has a bias, which is the weight of the constant feature, and the data has none (bias off): its %d features are columns, of which the file expects %d."
              .formatted(file, data.features(), given.features()));
    }
    if (given.outputs() != data.outputs()) {
      throw new RunException(
          "the output weights in %s are %d x %d, but the data has %d outputs."
              .formatted(file, given.width(), given.outputs(), data.outputs()));
    }
    if (given.hasOutputBias()) {
      throw new RunException(
          "the output layer in %s has a bias, and a network here has none (labels are centred instead): set it to 0, or leave it out."
              .formatted(file));
    }
    given
        .activation()
        .filter(phi -> phi != plan.activation())
        .ifPresent(
            phi -> {
              throw new RunException(
                  "%s says that its activation is %s, but the plan's is %s: choose one with --activation."
                      .formatted(file, ModelFile.word(phi), ModelFile.word(plan.activation())));
            });
    // The papers' factor where the file names none: such arrays are drawn as the law ntk draws.
    double scale = given.scale().orElse(1.0 / StrictMath.sqrt(given.width()));
    return given.network(plan.activation(), scale);
  }
}
