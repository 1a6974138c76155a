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
    Optional<Path> file = document.initialWeights();
    return file.isPresent()
        ? read(file.get(), plan, data)
        : plan.initialization()
            .draw(plan.initScale(), plan.width(), data.features(), data.outputs(), plan.seed())
            .withActivation(plan.activation());
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
    long width = GivenWeights.read(file.get()).width();
    return document.withDefault(PlanKey.WIDTH, width, file.get().toString());
  }

  private static Network read(Path file, TrainingPlan plan, TrainingData data) {
    GivenWeights given = GivenWeights.read(file);
    if (given.networkFeatures() != data.features()) {
      throw new RunException(
          "the hidden weights in %s are %d x %d, but the data has %d features."
              .formatted(file, given.width(), given.networkFeatures(), data.features()));
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
    return given.network(plan.activation());
  }
}
