package dev.shallot.trial;

import dev.shallot.TrainingException;
import dev.shallot.bound.RunEvidence;
import dev.shallot.bound.Setting;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Engines;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.Team;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.engine.dense.Forward;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.Run;
import dev.shallot.run.RunException;
import dev.shallot.training.DivergenceGuard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan, trained for some seeds at the same step sizes. The first seed is the plan's own: its
 * local steps, masked kernels and weights are looked at as well. Nothing is written.
 *
 * <p>This is the loop of {@code MaskedTraining} with the network in reach between rounds.
 */
public final class Trial {
  private final PlanDocument document;
  private final TrainingData data;
  private final Setting setting;
  private final StepSizes steps;
  private final Team team;

  /**
   * A trial.
   *
   * @param document the plan
   * @param data X and Y
   * @param setting the same in the papers' symbols
   * @param steps the step sizes in force, whatever the seed
   * @param team who looks at kernels
   */
  public Trial(
      PlanDocument document, TrainingData data, Setting setting, StepSizes steps, Team team) {
    this.document = document;
    this.data = data;
    this.setting = setting;
    this.steps = steps;
    this.team = team;
  }

  /** Told before each seed is trained. */
  @FunctionalInterface
  public interface Progress {
    /**
     * A seed begins.
     *
     * @param index which, from 0
     * @param seeds how many there are
     */
    void seed(int index, int seeds);
  }

  /**
   * What came of it.
   *
   * @param evidence in the papers' units
   * @param ownErrors ||y - u_k||^2 of the plan's own seed, in the plan's units
   * @param ended why a seed ended before its rounds were done; empty if none did
   */
  public record Outcome(RunEvidence evidence, double[] ownErrors, Optional<String> ended) {}

  /**
   * Trains.
   *
   * @param seeds how many, at least 1: the plan's own and those after it
   * @param rounds K
   * @throws RunException if a run is too long to keep its errors
   */
  public Outcome run(int seeds, long rounds, Progress progress) {
    if (rounds > 10_000_000) {
      throw new RunException(
          "%,d rounds are too many to train again and keep; at most 10,000,000 are judged."
              .formatted(rounds));
    }
    List<double[]> errors = new ArrayList<>();
    double[] start = new double[setting.data().modes().map(m -> m.labels().length).orElse(0)];
    Optional<String> ended = Optional.empty();
    Optional<RunEvidence.Contraction> contraction = Optional.empty();
    Optional<RunEvidence.Looks> looks = Optional.empty();
    for (int i = 0; i < seeds; i++) {
      progress.seed(i, seeds);
      PlanDocument seeded =
          document.withFlags(Map.of(PlanKey.SEED.key(), Long.toString(setting.plan().seed() + i)));
      Network initial = Run.initialNetwork(seeded, data);
      addStart(start, initial, seeds);
      One one = new One(seeded.trainingPlan(), initial, i == 0);
      errors.add(one.train((int) rounds));
      if (one.ended.isPresent()) {
        int seed = i;
        ended = one.ended.map(why -> "seed %d: %s".formatted(setting.plan().seed() + seed, why));
      }
      if (i == 0) {
        contraction = one.contraction.result();
        looks = one.looks.result();
      }
    }
    return new Outcome(evidence(errors, start, contraction, looks), errors.getFirst(), ended);
  }

  private void addStart(double[] start, Network initial, int seeds) {
    if (start.length == 0) {
      return;
    }
    double[] residual =
        Forward.outputs(initial, data.x(), data.samples(), setting.plan().threads());
    for (int i = 0; i < residual.length; i++) {
      residual[i] =
          setting.labelFactor() * (setting.plan().wholeFactor() * residual[i] - data.y()[i]);
    }
    double[] squares = setting.data().modes().orElseThrow().squares(residual);
    for (int k = 0; k < start.length; k++) {
      start[k] += squares[k] / seeds;
    }
  }

  private RunEvidence evidence(
      List<double[]> errors,
      double[] start,
      Optional<RunEvidence.Contraction> contraction,
      Optional<RunEvidence.Looks> looks) {
    int seeds = errors.size();
    int length = errors.stream().mapToInt(e -> e.length).min().orElse(0);
    double[] mean = new double[length];
    double[] deviation = new double[length];
    for (int k = 0; k < length; k++) {
      for (double[] one : errors) {
        mean[k] += setting.errorFactor() * one[k] / seeds;
      }
      for (double[] one : errors) {
        double off = setting.errorFactor() * one[k] - mean[k];
        deviation[k] += seeds > 1 ? off * off / (seeds - 1) : 0.0;
      }
      deviation[k] = Math.sqrt(deviation[k]);
    }
    return new RunEvidence(seeds, mean, deviation, start, contraction, looks);
  }

  /** One seed. */
  private final class One {
    private final EngineSetup setup;
    private final boolean own;
    private final Contractions contraction = new Contractions();
    private final KernelLooks looks;
    private Optional<String> ended = Optional.empty();

    One(TrainingPlan plan, Network initial, boolean own) {
      this.setup = new EngineSetup(plan, steps, initial, data);
      this.own = own;
      this.looks = new KernelLooks(setup, setting, team);
    }

    /** Errors before the first round and after each; fewer if it diverged. */
    double[] train(int rounds) {
      double[] errors = new double[rounds + 1];
      DivergenceGuard guard = new DivergenceGuard(setup.plan().loss().ofZero(data));
      int done = 0;
      try (TrainingEngine engine = Engines.open(setup)) {
        Measurement start = engine.measure();
        errors[0] = start.error();
        guard.started(setup.plan(), steps, engine.description(), start);
        while (done < rounds && guard.stop().isEmpty()) {
          round(engine, guard, done, rounds, errors);
          done++;
        }
      } catch (TrainingException e) {
        // Weights that overflowed make no network; what was measured until then counts.
        if (guard.stop().isEmpty()) {
          throw e;
        }
      }
      ended = guard.stop().map(stop -> "diverged in " + stop.message());
      return Arrays.copyOf(errors, ended.isPresent() ? Math.max(1, done) : done + 1);
    }

    private void round(
        TrainingEngine engine, DivergenceGuard guard, int k, int rounds, double[] errors) {
      TrainingPlan plan = setup.plan();
      MaskSet masks = plan.masks().draw(plan.seed(), k, plan.width());
      boolean look = own && looks.wants(k, rounds);
      Optional<Network> before = look ? Optional.of(engine.network()) : Optional.empty();
      RoundReport report = engine.round(new RoundTask(k, masks, own, true));
      Measurement whole = report.whole().orElseThrow();
      errors[k + 1] = whole.error();
      guard.roundDone(k, report);
      if (own && guard.stop().isEmpty()) {
        contraction.add(k, report);
        looks.moved(whole.displacement());
        before.ifPresent(network -> looks.look(k, network, masks, report));
      }
    }
  }
}
