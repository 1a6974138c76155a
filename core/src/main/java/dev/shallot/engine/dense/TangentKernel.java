package dev.shallot.engine.dense;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Team;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/**
 * The masked tangent kernel of a subnet at the initial weights, as a product K V that never forms
 * K. To first order one local step multiplies the residual by I - K, where
 *
 * <pre>
 *   K = b s^2 ( eta   sum_r a_ro a_ro' phi'(z_ri) phi'(z_rj) &lt;x_i, x_j&gt;
 *             + eta_a sum_r 1{o = o'} phi(z_ri) phi(z_rj) ),          r over the held neurons,
 * </pre>
 *
 * s is the subnet scale and b = n/B. (Of the squared loss; with sample weights D it is D^1/2 K
 * D^1/2, and under cross-entropy the largest eigenvalue is at most half of K's.) With one +-1
 * output, full batches and eta = 1 it is m o H of the paper. A product costs 6 d + 4 c flops a
 * neuron and sample.
 *
 * @param <A> array type
 */
public final class TangentKernel<A> {
  private static final int MOST_ITERATIONS = 60;
  private static final double TOLERANCE = 3e-4;

  private final EngineSetup setup;
  private final Kernels<A> kernels;
  private final Batch<A> batch;
  private final Neurons<A> held;
  private final int heldCount;
  private final int outputs;
  private final double hiddenWeight;
  private final double outputWeight;
  private final A partial;
  private final A block0;
  private final A block1;
  private final A gradient;
  private final A packedVector;
  private final A outputGradient;
  private final int[] everyOutput;
  private final boolean smooth;
  private final SmoothRows<A> activation;
  private final A values;
  private final double[] roots;

  private TangentKernel(
      EngineSetup setup,
      Kernels<A> kernels,
      int[] neurons,
      int[] samples,
      double hiddenWeight,
      double outputWeight,
      int workers) {
    this.setup = setup;
    this.kernels = kernels;
    this.outputs = setup.data().outputs();
    this.hiddenWeight = hiddenWeight;
    this.outputWeight = outputWeight;
    int features = setup.data().features();
    this.batch = new Batch<>(kernels, features, outputs, samples.length);
    batch.fill(Samples.of(kernels, setup.data()), samples);
    this.heldCount = neurons.length;
    this.held = Neurons.room(kernels, Math.max(1, heldCount), features, outputs);
    double[] hidden = new double[features];
    double[] output = new double[outputs];
    for (int i = 0; i < heldCount; i++) {
      setup.start().copyRows(neurons[i], 1, hidden, output);
      kernels.load(hidden, 0, held.hidden(), i * held.stride(), features);
      kernels.load(output, 0, held.output(), i * outputs, outputs);
    }
    int stride = batch.stride();
    int size = outputs * stride;
    this.partial = kernels.allocate(Math.multiplyExact(Blocks.count(heldCount) + 1, 2 * size));
    this.block0 = kernels.allocate(Math.multiplyExact(workers * Blocks.SIZE, stride));
    this.block1 = kernels.allocate(Math.multiplyExact(workers * Blocks.SIZE, stride));
    this.gradient = kernels.allocate(workers * Blocks.SIZE * held.stride());
    this.packedVector = kernels.allocate(kernels.packedLength(stride, outputs));
    this.outputGradient = kernels.allocate(workers * Blocks.SIZE * kernels.pad(outputs));
    this.everyOutput = new int[outputs];
    for (int o = 0; o < outputs; o++) {
      everyOutput[o] = o;
    }
    this.smooth = setup.plan().activation().smooth();
    this.activation = new SmoothRows<>(kernels, setup.plan().activation(), smooth ? workers : 0);
    this.roots = new double[setup.data().weighted() ? samples.length : 0];
    for (int i = 0; i < roots.length; i++) {
      roots[i] = Math.sqrt(setup.data().weight(samples[i]));
    }
    this.values = kernels.allocate(smooth ? Math.multiplyExact(workers * Blocks.SIZE, stride) : 0);
  }

  /**
   * The largest eigenvalue of K, by power iteration in float64 from a fixed random start. It is
   * approached from below; iteration ends when it grows by less than 3e-4 of itself, or after 60
   * products; the safety factor of the step size covers what is left.
   *
   * @param setup plan, network and data
   * @param neurons which neurons the subnet holds
   * @param samples which samples the step sees
   * @param hiddenWeight eta in K, 0 to leave the hidden layer out
   * @param outputWeight eta_a in K, 0 to leave the output layer out
   * @param team who helps
   */
  public static double largestEigenvalue(
      EngineSetup setup,
      int[] neurons,
      int[] samples,
      double hiddenWeight,
      double outputWeight,
      Team team) {
    if (neurons.length == 0) {
      return 0.0;
    }
    return new TangentKernel<>(
            setup, Simd.float64(), neurons, samples, hiddenWeight, outputWeight, team.workers())
        .largestEigenvalue(team);
  }

  private double largestEigenvalue(Team team) {
    int size = outputs * batch.stride();
    double[] vector = new double[size];
    CounterRandom random = new CounterRandom(setup.plan().seed(), RandomStream.PROBES);
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < batch.size(); i++) {
        vector[o * batch.stride() + i] = random.gaussian((long) o * batch.size() + i);
      }
    }
    A v = kernels.allocate(size);
    A product = kernels.allocate(2 * size);
    double eigenvalue = 0.0;
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      double norm = norm(vector);
      if (norm == 0.0) {
        return eigenvalue;
      }
      for (int i = 0; i < size; i++) {
        vector[i] /= norm;
      }
      weigh(vector);
      kernels.load(vector, 0, v, 0, size);
      multiply(v, product, team);
      kernels.store(product, 0, vector, 0, size);
      weigh(vector);
      double next = norm(vector);
      if (Math.abs(next - eigenvalue) <= TOLERANCE * next) {
        return next;
      }
      eigenvalue = next;
    }
    return eigenvalue;
  }

  /** With sample weights D the kernel is D^1/2 K D^1/2. */
  private void weigh(double[] vector) {
    for (int o = 0; o < outputs && roots.length > 0; o++) {
      for (int i = 0; i < roots.length; i++) {
        vector[o * batch.stride() + i] *= roots[i];
      }
    }
  }

  private static double norm(double[] vector) {
    double sum = 0.0;
    for (double value : vector) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  /** product = K v; both outputs x stride, the second half of product is scratch. */
  private void multiply(A v, A product, Team team) {
    int stride = batch.stride();
    int size = outputs * stride;
    kernels.packTransposed(v, stride, everyOutput, stride, outputs, packedVector);
    Blocks.forEach(team, heldCount, (block, worker) -> multiplyBlock(block, worker, v));
    Blocks.addUp(kernels, Blocks.count(heldCount), partial, 2 * size, product);
    double factor =
        setup.data().samples() / (double) batch.size() * setup.subnetScale() * setup.subnetScale();
    double[] hidden = new double[size];
    double[] output = new double[size];
    kernels.store(product, 0, hidden, 0, size);
    kernels.store(product, size, output, 0, size);
    for (int i = 0; i < size; i++) {
      hidden[i] = factor * (hiddenWeight * hidden[i] + outputWeight * output[i]);
    }
    kernels.load(hidden, 0, product, 0, size);
  }

  private void multiplyBlock(int block, int worker, A v) {
    int stride = batch.stride();
    int size = outputs * stride;
    int features = setup.data().features();
    int first = block * Blocks.SIZE;
    int rows = Blocks.rows(block, heldCount);
    int scratch = worker * Blocks.SIZE * stride;
    int to = block * 2 * size;
    boolean activeAtZero = setup.plan().aggregation().activeAtZero();
    int weights = first * held.stride();
    forward(held.hidden(), weights, rows, block0, scratch);
    if (smooth) {
      int neurons = Math.min(Blocks.SIZE, heldCount - first);
      activation.bend(
          neurons, rows, batch.size(), stride, block0, scratch, values, scratch, worker);
    }
    if (hiddenWeight != 0.0) {
      if (smooth) {
        // Every gate is open; the slopes come in by multiplication.
        kernels.clear(block1, scratch, rows * stride);
      } else {
        System.arraycopy(block0, scratch, block1, scratch, rows * stride);
      }
      kernels.backward(
          rows,
          stride,
          outputs,
          block1,
          scratch,
          held.output(),
          first * outputs,
          v,
          1.0,
          smooth || activeAtZero);
      if (smooth) {
        kernels.times(rows * stride, block0, scratch, block1, scratch);
      }
      int g = worker * Blocks.SIZE * held.stride();
      kernels.multiply(
          rows,
          batch.size(),
          features,
          block1,
          scratch,
          stride,
          batch.back(),
          gradient,
          g,
          held.stride());
      forward(gradient, g, rows, block1, scratch);
      if (smooth) {
        kernels.times(rows * stride, block0, scratch, block1, scratch);
      } else {
        kernels.gate(rows * stride, block0, scratch, activeAtZero, block1, scratch);
      }
      kernels.sumOverRows(
          rows,
          stride,
          outputs,
          block1,
          scratch,
          held.output(),
          first * outputs,
          partial,
          to,
          false);
    }
    if (outputWeight != 0.0) {
      if (smooth) {
        System.arraycopy(values, scratch, block0, scratch, rows * stride);
      } else {
        kernels.relu(rows * stride, block0, scratch, block0, scratch);
      }
      int padded = kernels.pad(outputs);
      int g = worker * Blocks.SIZE * padded;
      kernels.multiply(
          rows, stride, outputs, block0, scratch, stride, packedVector, outputGradient, g, padded);
      for (int r = 1; r < rows; r++) {
        System.arraycopy(outputGradient, g + r * padded, outputGradient, g + r * outputs, outputs);
      }
      kernels.sumOverRows(
          rows, stride, outputs, block0, scratch, outputGradient, g, partial, to + size, false);
    }
  }

  private void forward(A rowsOf, int offset, int rows, A out, int outOffset) {
    kernels.multiply(
        rows,
        setup.data().features(),
        batch.size(),
        rowsOf,
        offset,
        held.stride(),
        batch.forward(),
        out,
        outOffset,
        batch.stride());
  }
}
