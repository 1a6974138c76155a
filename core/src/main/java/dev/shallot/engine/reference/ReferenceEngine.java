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
import java.util.function.Function;

/**
 * The executable specification: Algorithm 1 in float64, in plain loops, in the paper's order. Never
 * optimise it; the other engines are compared with it.
 *
 * <p>With s the subnet scale, e the residual of the loss on the step's samples (uhat - Y of the
 * squared loss, see {@link dev.shallot.plan.Loss}) and b = n/B, one local step is
 *
 * <pre>
 *   uhat_{i,o} = s sum_r m_r a_{r,o} phi(&lt;w_r, x_i&gt;)
 *   w_r   -= eta   b s m_r sum_i (sum_o a_{r,o} e_{i,o}) phi'(&lt;w_r, x_i&gt;) x_i
 *   a_{r,o} -= eta_a b s m_r sum_i e_{i,o} phi(&lt;w_r, x_i&gt;)
 * </pre>
 *
 * with phi = relu and phi'(z) = 1{z &gt;= 0} in the papers, which is the gradient of b times the
 * training loss, {@code b/2 ||Y - uhat||^2}. Both step sizes are multiplied by the schedule's
 * factor of the round.
 *
 * <p>With momentum mu each weight has a velocity, 0 at the start: with g what eta is multiplied
 * with above, {@code v = mu v - g} and then {@code w += eta v}. A subnet takes the velocities of
 * its neurons along with their weights, and they are aggregated by the same rule.
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
  private final double[] hiddenVelocity;
  private final double[] outputVelocity;
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
    boolean moving = plan.momentum() > 0.0;
    this.hiddenVelocity = new double[moving ? hidden.length : 0];
    this.outputVelocity = new double[moving ? output.length : 0];
    this.batches = setup.batches(plan.localSteps());
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
    Subnet[] subnets = new Subnet[p];
    int[] samples = new int[setup.samplesPerStep()];
    for (int l = 0; l < p; l++) {
      Subnet subnet =
          new Subnet(
              l, hidden.clone(), output.clone(), hiddenVelocity.clone(), outputVelocity.clone());
      subnets[l] = subnet;
      for (int t = 0; t < tau; t++) {
        if (task.subnetErrors()) {
          subnetErrors[l * (tau + 1) + t] = subnetError(masks, subnet);
        }
        if (setup.someSamples()) {
          batches.fill(task.round(), l, t, samples);
        } else {
          samples = everySample;
        }
        stepErrors[l * tau + t] = localStep(task, subnet, samples);
      }
      if (task.subnetErrors()) {
        subnetErrors[l * (tau + 1) + tau] = subnetError(masks, subnet);
      }
    }
    if (plan.trained().hidden()) {
      aggregate(masks, subnets, Subnet::w, hidden, d);
    }
    if (plan.trained().output()) {
      aggregate(masks, subnets, Subnet::a, output, c);
    }
    if (plan.momentum() > 0.0) {
      aggregate(masks, subnets, Subnet::wVelocity, hiddenVelocity, d);
      aggregate(masks, subnets, Subnet::aVelocity, outputVelocity, c);
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

  /** A subnet's own copy of everything; it moves the rows that its mask holds. */
  private record Subnet(int l, double[] w, double[] a, double[] wVelocity, double[] aVelocity) {}

  /** One gradient step of one subnet; returns b times the error from before it. */
  private double localStep(RoundTask task, Subnet subnet, int[] samples) {
    double[] residual = new double[samples.length * c];
    double error = residual(task.masks(), subnet, samples, residual);
    double weight = setup.batchWeight();
    double factor = weight * setup.subnetScale();
    double rate = plan.schedule().factor(task.round(), plan.rounds());
    double[] w = subnet.w();
    double[] a = subnet.a();
    for (int r = 0; r < m; r++) {
      if (!task.masks().holds(subnet.l(), r)) {
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
        double eta = rate * setup.steps().hidden();
        move(w, subnet.wVelocity(), r * d, hiddenGradient, eta, factor);
      }
      if (plan.trained().output()) {
        double eta = rate * setup.steps().output();
        move(a, subnet.aVelocity(), r * c, outputGradient, eta, factor);
      }
    }
    return weight * error;
  }

  private void move(
      double[] weights, double[] velocity, int row, double[] gradient, double eta, double factor) {
    for (int j = 0; j < gradient.length; j++) {
      if (plan.momentum() > 0.0) {
        velocity[row + j] = plan.momentum() * velocity[row + j] - factor * gradient[j];
        weights[row + j] += eta * velocity[row + j];
      } else {
        weights[row + j] -= eta * factor * gradient[j];
      }
    }
  }

  private double subnetError(MaskSet masks, Subnet subnet) {
    return residual(masks, subnet, everySample, new double[everySample.length * c]);
  }

  /** The residuals of some samples, |samples| x c; returns their error. */
  private double residual(MaskSet masks, Subnet subnet, int[] samples, double[] residual) {
    double error = 0.0;
    for (int i = 0; i < samples.length; i++) {
      for (int r = 0; r < m; r++) {
        if (masks.holds(subnet.l(), r)) {
          double activation = phi(preActivation(subnet.w(), r, samples[i]));
          for (int o = 0; o < c; o++) {
            residual[i * c + o] += subnet.a()[r * c + o] * activation;
          }
        }
      }
      for (int o = 0; o < c; o++) {
        residual[i * c + o] *= setup.subnetScale();
      }
      double weight = data.weight(samples[i]);
      error = plan.loss().residual(c, weight, residual, i * c, data.y(), samples[i] * c, error);
    }
    return error;
  }

  private void aggregate(
      MaskSet masks,
      Subnet[] subnets,
      Function<Subnet, double[]> part,
      double[] whole,
      int columns) {
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
          sum += masks.holds(l, r) ? part.apply(subnets[l])[j] : 0.0;
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
        if (plan.momentum() > 0.0) {
          // Or the neuron would come back to life by what it had before.
          java.util.Arrays.fill(hiddenVelocity, r * d, (r + 1) * d, 0.0);
        }
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
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] *= setup.wholeScale();
    }
    return new Measurement(plan.loss().error(data, outputs), displacement, flips, dead);
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

  @Override
  public Network network() {
    return new Network(
        m, d, c, hidden.clone(), output.clone(), setup.initial().scale(), plan.activation());
  }

  @Override
  public void exchange(StateExchange state) throws IOException {
    state.doubles("W", hidden, m, d, d);
    state.doubles("a", output, m, c, c);
    if (plan.momentum() > 0.0) {
      state.doubles("vW", hiddenVelocity, m, d, d);
      state.doubles("va", outputVelocity, m, c, c);
    }
  }

  @Override
  public void close() {
    // Holds nothing but memory.
  }
}
