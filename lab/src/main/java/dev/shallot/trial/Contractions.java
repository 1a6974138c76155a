package dev.shallot.trial;

import dev.shallot.bound.RunEvidence;
import dev.shallot.engine.RoundReport;
import java.util.Optional;

/** The worst local step of a run: the largest ||y - uhat_{t+1}||^2 / ||y - uhat_t||^2. */
final class Contractions {
  /** Errors this small, of the first one of a subnet, are rounding. */
  private static final double NOTHING = 1e-24;

  private double worst = Double.NEGATIVE_INFINITY;
  private long round;
  private int subnet;
  private int step;
  private long steps;
  private long rises;

  void add(long k, RoundReport report) {
    int columns = report.localSteps() + 1;
    double[] errors = report.subnetErrors();
    for (int l = 0; l < errors.length / columns; l++) {
      for (int t = 0; t + 1 < columns; t++) {
        double before = errors[l * columns + t];
        if (!(before > NOTHING)) {
          continue;
        }
        double ratio = errors[l * columns + t + 1] / before;
        steps++;
        rises += ratio < 1 ? 0 : 1;
        if (ratio > worst) {
          worst = ratio;
          round = k;
          subnet = l;
          step = t;
        }
      }
    }
  }

  Optional<RunEvidence.Contraction> result() {
    return steps == 0
        ? Optional.empty()
        : Optional.of(new RunEvidence.Contraction(worst, round, subnet, step, steps, rises));
  }
}
