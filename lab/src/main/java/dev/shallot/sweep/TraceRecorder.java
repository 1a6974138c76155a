package dev.shallot.sweep;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;
import java.util.Arrays;

/** Remembers the errors of a run, and what else a finished cell tells about it. */
final class TraceRecorder implements TrainingListener {
  private boolean fullBatch;
  private boolean steps;
  private int localSteps;
  private int points;
  private long[] rounds = new long[64];
  private double[] errors = new double[64];
  private double[] sampled = new double[64];
  private double[] local = new double[0];
  private double initialError = Double.NaN;
  private StepSizes stepSizes = new StepSizes(Double.NaN, Double.NaN, "never chosen");
  private String engine = "";
  private long roundsTaken;

  @Override
  public void started(TrainingPlan plan, StepSizes used, String description, Measurement initial) {
    fullBatch = plan.batch().isEmpty();
    steps = plan.observation().detail() == dev.shallot.plan.Observation.Detail.STEPS;
    localSteps = plan.localSteps();
    stepSizes = used;
    engine = description;
    initialError = initial.error();
    add(0, initial.error());
  }

  @Override
  public void event(TrainingEvent event) {
    if (event instanceof TrainingEvent.Aggregated aggregated) {
      add(aggregated.round() + 1, aggregated.whole().error());
    }
  }

  private void add(long done, double error) {
    if (points == rounds.length) {
      rounds = Arrays.copyOf(rounds, 2 * points);
      errors = Arrays.copyOf(errors, 2 * points);
      sampled = Arrays.copyOf(sampled, 2 * points);
    }
    if (steps && (points + 1) * localSteps > local.length) {
      local = Arrays.copyOf(local, 2 * (points + 32) * localSteps);
    }
    rounds[points] = done;
    errors[points] = error;
    sampled[points] = Double.NaN;
    if (steps) {
      Arrays.fill(local, points * localSteps, (points + 1) * localSteps, Double.NaN);
    }
    points++;
  }

  @Override
  public void roundDone(long round, RoundReport report) {
    roundsTaken = round + 1;
    int last = points - 1;
    if (report.whole().isEmpty() || rounds[last] != round + 1) {
      return;
    }
    if (report.subnetErrors().length > 0) {
      int perSubnet = localSteps + 1;
      sampled[last] = mean(report.subnetErrors(), 0, perSubnet, report.subnets());
      for (int t = 1; t <= localSteps; t++) {
        local[last * localSteps + t - 1] =
            mean(report.subnetErrors(), t, perSubnet, report.subnets());
      }
    } else if (fullBatch) {
      // With full batches the error that the first local step starts from is the one after
      // sampling.
      sampled[last] = mean(report.stepErrors(), 0, localSteps, report.subnets());
    }
  }

  /** The mean over subnets at one step. */
  private static double mean(double[] errors, int step, int perSubnet, int subnets) {
    double sum = 0.0;
    for (int l = 0; l < subnets; l++) {
      sum += errors[l * perSubnet + step];
    }
    return sum / subnets;
  }

  Trace trace() {
    return new Trace(
        Arrays.copyOf(rounds, points),
        Arrays.copyOf(errors, points),
        fullBatch || steps ? Arrays.copyOf(sampled, points) : new double[0],
        Arrays.copyOf(local, steps ? points * localSteps : 0));
  }

  double initialError() {
    return initialError;
  }

  /** The last error that was measured. */
  double lastError() {
    return points == 0 ? Double.NaN : errors[points - 1];
  }

  StepSizes stepSizes() {
    return stepSizes;
  }

  String engine() {
    return engine;
  }

  long roundsTaken() {
    return roundsTaken;
  }
}
