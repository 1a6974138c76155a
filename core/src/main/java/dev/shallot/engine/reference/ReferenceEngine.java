package dev.shallot.engine.reference;

import dev.shallot.engine.BatchSchedule;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.StateExchange;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.io.IOException;
import java.util.Optional;

/**
 * The executable specification: Algorithm 1 in float64, in plain loops, in the paper's order. Never
 * optimise it; the other engines are compared with it.
 *
 * <p>With s the subnet scale, e = uhat - Y on the step's samples and b = n/B, one local step is
 *
 * <pre>
 *   uhat_{i,o} = s sum_r m_r a_{r,o} phi(&lt;w_r, x_i&gt;)
 *   w_r   -= eta   b s m_r sum_i (sum_o a_{r,o} e_{i,o}) phi'(&lt;w_r, x_i&gt;) x_i
 *   a_{r,o} -= eta_a b s m_r sum_i e_{i,o} phi(&lt;w_r, x_i&gt;)
 * </pre>
 *
 * with phi = relu and phi'(z) = 1{z &gt;= 0} in the papers, which is the gradient of {@code b/2 ||Y
 * - uhat||^2}.
 */
public final class ReferenceEngine implements TrainingEngine {
  private final EngineSetup setup;
  private final TrainingPlan plan;
  private final TrainingData data;
  private final int m;
  private final int d;
  private final int c;
  private final double[] hidden;
  private final double[] output;
  private final BatchSchedule batches;
  private final int[] everySample;

  /** Takes copies of the initial weights. */
  public ReferenceEngine(EngineSetup setup) {
    this.setup = setup;
    this.plan = setup.plan();
    this.data = setup.data();
    this.m = plan.width();
    this.d = data.features();
    this.c = data.outputs();
    this.hidden = setup.initial().hiddenWeights().clone();
    this.output = setup.initial().outputWeights().clone();
    this.batches =
        new BatchSchedule(
            plan.seed(),
            data.samples(),
            setup.samplesPerStep(),
            plan.localSteps(),
            plan.masks().subnets());
    this.everySample = new int[data.samples()];
    for (int i = 0; i < everySample.length; i++) {
      everySample[i] = i;
    }
  }

  @Override
  public String description() {
    return "reference, float64, 1 thread";
  }

  @Override
  public RoundReport round(RoundTask task) {
    MaskSet masks = task.masks();
    int p = masks.subnets();
    int tau = plan.localSteps();
    double[] stepErrors = new double[p * tau];
    double[] subnetErrors = new double[task.subnetErrors() ? p * (tau + 1) : 0];
    double[][] hiddenOf = new double[p][];
    double[][] outputOf = new double[p][];
    int[] samples = new int[setup.samplesPerStep()];
    for (int l = 0; l < p; l++) {
      hiddenOf[l] = hidden.clone();
      outputOf[l] = output.clone();
      for (int t = 0; t < tau; t++) {
        if (task.subnetErrors()) {
          subnetErrors[l * (tau + 1) + t] = subnetError(masks, l, hiddenOf[l], outputOf[l]);
        }
        if (plan.batch().isPresent()) {
          batches.fill(task.round(), l, t, samples);
        } else {
          samples = everySample;
        }
        stepErrors[l * tau + t] = localStep(masks, l, hiddenOf[l], outputOf[l], samples);
      }
      if (task.subnetErrors()) {
        subnetErrors[l * (tau + 1) + tau] = subnetError(masks, l, hiddenOf[l], outputOf[l]);
      }
    }
    if (plan.trained().hidden()) {
      aggregate(masks, hiddenOf, hidden, d);
    }
    if (plan.trained().output()) {
      aggregate(masks, outputOf, output, c);
    }
    if (plan.aggregation() == Aggregation.ZERO_UNCOVERED) {
      zeroUncovered(masks);
    }
    return new RoundReport(
        p,
        tau,
        stepErrors,
        subnetErrors,
        task.measure() ? Optional.of(measure()) : Optional.empty());
  }

  /** One gradient step of one subnet; returns b ||Y - uhat||^2 from before it. */
  private double localStep(MaskSet masks, int l, double[] w, double[] a, int[] samples) {
    double[] residual = residual(masks, l, w, a, samples);
    double weight = setup.batchWeight();
    double factor = weight * setup.subnetScale();
    for (int r = 0; r < m; r++) {
      if (!masks.holds(l, r)) {
        continue;
      }
      double[] hiddenGradient = new double[d];
      double[] outputGradient = new double[c];
      for (int i = 0; i < samples.length; i++) {
        double z = preActivation(w, r, samples[i]);
        double backward = 0.0;
        for (int o = 0; o < c; o++) {
          backward += a[r * c + o] * residual[i * c + o];
          outputGradient[o] += residual[i * c + o] * phi(z);
        }
        double slope = slope(z);
        if (slope != 0.0) {
          for (int j = 0; j < d; j++) {
            hiddenGradient[j] += backward * slope * data.x()[samples[i] * d + j];
          }
        }
      }
      if (plan.trained().hidden()) {
        for (int j = 0; j < d; j++) {
          w[r * d + j] -= setup.steps().hidden() * factor * hiddenGradient[j];
        }
      }
      if (plan.trained().output()) {
        for (int o = 0; o < c; o++) {
          a[r * c + o] -= setup.steps().output() * factor * outputGradient[o];
        }
      }
    }
    return weight * squaredNorm(residual);
  }

  private double subnetError(MaskSet masks, int l, double[] w, double[] a) {
    return squaredNorm(residual(masks, l, w, a, everySample));
  }

  /** uhat - Y on some samples, |samples| x c. */
  private double[] residual(MaskSet masks, int l, double[] w, double[] a, int[] samples) {
    double[] residual = new double[samples.length * c];
    for (int i = 0; i < samples.length; i++) {
      for (int r = 0; r < m; r++) {
        if (masks.holds(l, r)) {
          double activation = phi(preActivation(w, r, samples[i]));
          for (int o = 0; o < c; o++) {
            residual[i * c + o] += a[r * c + o] * activation;
          }
        }
      }
      for (int o = 0; o < c; o++) {
        residual[i * c + o] =
            setup.subnetScale() * residual[i * c + o] - data.y()[samples[i] * c + o];
      }
    }
    return residual;
  }

  private void aggregate(MaskSet masks, double[][] of, double[] whole, int columns) {
    int p = masks.subnets();
    for (int r = 0; r < m; r++) {
      int coverage = masks.coverage(r);
      if (coverage == 0) {
        continue;
      }
      int divisor = plan.aggregation() == Aggregation.SUBNET_MEAN ? p : coverage;
      for (int j = r * columns; j < (r + 1) * columns; j++) {
        double sum = 0.0;
        for (int l = 0; l < p; l++) {
          sum += masks.holds(l, r) ? of[l][j] : 0.0;
        }
        // w + (1/divisor) sum of (w^l - w), written so that one owner's row is copied exactly.
        whole[j] =
            divisor == coverage ? sum / coverage : whole[j] + (sum - coverage * whole[j]) / divisor;
      }
    }
  }

  private void zeroUncovered(MaskSet masks) {
    for (int r = 0; r < m; r++) {
      if (masks.coverage(r) == 0) {
        java.util.Arrays.fill(hidden, r * d, (r + 1) * d, 0.0);
      }
    }
  }

  @Override
  public Measurement measure() {
    double[] initial = setup.initial().hiddenWeights();
    double[] outputs = new double[data.samples() * c];
    double displacement = 0.0;
    long flips = 0;
    int dead = 0;
    for (int r = 0; r < m; r++) {
      boolean alive = false;
      for (int i = 0; i < data.samples(); i++) {
        double z = preActivation(hidden, r, i);
        alive |= active(z);
        flips += active(z) == active(preActivation(initial, r, i)) ? 0 : 1;
        for (int o = 0; o < c; o++) {
          outputs[i * c + o] += output[r * c + o] * phi(z);
        }
      }
      dead += alive || plan.activation().smooth() ? 0 : 1;
      double moved = 0.0;
      for (int j = r * d; j < (r + 1) * d; j++) {
        moved += (hidden[j] - initial[j]) * (hidden[j] - initial[j]);
      }
      displacement = Math.max(displacement, Math.sqrt(moved));
    }
    double error = 0.0;
    for (int i = 0; i < outputs.length; i++) {
      double e = setup.wholeScale() * outputs[i] - data.y()[i];
      error += e * e;
    }
    return new Measurement(error, displacement, flips, dead);
  }

  /** <w_r, x_i>. */
  private double preActivation(double[] w, int r, int i) {
    double sum = 0.0;
    for (int j = 0; j < d; j++) {
      sum += w[r * d + j] * data.x()[i * d + j];
    }
    return sum;
  }

  private boolean active(double z) {
    return plan.aggregation().activeAtZero() ? z >= 0.0 : z > 0.0;
  }

  private double phi(double z) {
    return plan.activation().value(z);
  }

  private double slope(double z) {
    return plan.activation().smooth() ? plan.activation().slope(z) : active(z) ? 1.0 : 0.0;
  }

  private static double squaredNorm(double[] vector) {
    double sum = 0.0;
    for (double value : vector) {
      sum += value * value;
    }
    return sum;
  }

  @Override
  public Network network() {
    return new Network(
        m, d, c, hidden.clone(), output.clone(), setup.initial().scale(), plan.activation());
  }

  @Override
  public void exchange(StateExchange state) throws IOException {
    state.doubles("W", hidden, m, d, d);
    state.doubles("a", output, m, c, c);
  }

  @Override
  public void close() {
    // Holds nothing but memory.
  }
}
