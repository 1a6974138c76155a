package dev.shallot.trial;

import dev.shallot.bound.DataProfile;
import dev.shallot.bound.InitialLayers;
import dev.shallot.bound.Judgement;
import dev.shallot.bound.Setting;
import dev.shallot.bound.Statement;
import dev.shallot.bound.Statements;
import dev.shallot.data.PreparedData;
import dev.shallot.engine.Team;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import dev.shallot.run.RunException;
import dev.shallot.training.StepSizeRule;
import java.util.List;
import java.util.Optional;

/**
 * What the theorems say of data and a plan, and of training by it.
 *
 * @param plan the plan
 * @param prepared its data
 * @param setting both in the papers' symbols
 * @param steps the step sizes in force
 * @param trial what training showed; empty where nothing was trained
 */
public record Theory(
    PlanDocument plan,
    PreparedData prepared,
    Setting setting,
    StepSizes steps,
    Optional<Trial.Outcome> trial) {

  /**
   * Looks at the data.
   *
   * @param given step sizes that a run used; empty: by the plan
   */
  public static Theory of(
      PlanDocument plan, PreparedData prepared, Optional<StepSizes> given, Team team) {
    TrainingPlan training = plan.trainingPlan();
    Network initial = Run.initialNetwork(plan, prepared.train());
    StepSizes steps =
        given.orElseGet(() -> StepSizeRule.resolve(training, initial, prepared.train()));
    boolean drawn = plan.initialWeights().isEmpty();
    double kappa =
        drawn && training.initialization() == Initialization.NTK
            ? training.initScale()
            : rootMeanSquare(initial.hiddenWeights());
    Setting setting =
        Setting.of(DataProfile.of(prepared.train(), team), training, drawn, kappa, steps.hidden());
    if (training.trained() == TrainedLayers.BOTH) {
      setting =
          setting.with(InitialLayers.of(prepared.train(), training, drawn, initial, steps, team));
    }
    return new Theory(plan, prepared, setting, steps, Optional.empty());
  }

  private static double rootMeanSquare(double[] values) {
    double sum = 0.0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  /** The same with other numbers that nobody can look up; empty ones stay. */
  public Theory with(
      java.util.OptionalDouble labelBound,
      java.util.OptionalDouble delta,
      java.util.OptionalDouble gamma) {
    Setting next =
        setting.with(
            labelBound.orElse(setting.labelBound()),
            delta.orElse(setting.delta()),
            gamma.orElse(setting.gamma()));
    return new Theory(plan, prepared, next, steps, trial);
  }

  /**
   * What the theorems do not speak of: a loss, momentum, a schedule, sample weights; empty if they
   * speak of this training.
   */
  public static Optional<String> outside(PlanDocument plan, PreparedData prepared) {
    return plan.trainingPlan()
        .otherThanPlain(prepared.train())
        .map(
            what ->
                "the theorems speak of plain gradient steps of one size on the squared loss of"
                    + " samples that count the same, and here is "
                    + what);
  }

  /**
   * Trains, for some seeds.
   *
   * @throws RunException if the theorems do not speak of it, see {@link #outside}
   */
  public Theory trained(int seeds, long rounds, Team team, Trial.Progress progress) {
    outside(plan, prepared)
        .ifPresent(
            why -> {
              throw new RunException(
                  why
                      + ": whether training does what they conclude is no question. Leave --seeds"
                      + " out.");
            });
    Trial trial = new Trial(plan, prepared.train(), setting, steps, team);
    return new Theory(
        plan, prepared, setting, steps, Optional.of(trial.run(seeds, rounds, progress)));
  }

  /** All statements, judged. */
  public List<Judgement> judgements() {
    return Statements.all().stream().map(this::judge).toList();
  }

  private Judgement judge(Statement statement) {
    return statement.judge(setting, trial.map(Trial.Outcome::evidence));
  }
}
