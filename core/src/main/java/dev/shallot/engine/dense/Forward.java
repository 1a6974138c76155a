package dev.shallot.engine.dense;

import dev.shallot.TrainingException;
import dev.shallot.engine.Team;
import dev.shallot.engine.WorkerPool;
import dev.shallot.network.Network;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import dev.shallot.plan.TrainingData;

/** A network's answers to new samples, in float64, some hundred samples at a time. */
public final class Forward {
  private static final int CHUNK = 256;

  private final Network network;
  private final Kernels<double[]> kernels = Simd.float64();
  private final Neurons<double[]> neurons;

  private Forward(Network network) {
    this.network = network;
    this.neurons = Neurons.of(kernels, network);
  }

  /**
   * f(x) of each sample. Costs 2 m (d + c) flops a sample; the result depends neither on the number
   * of threads nor on which samples come together.
   *
   * @param network the network
   * @param x samples x features, row-major
   * @param samples number of samples, 0 or more
   * @param threads worker threads
   * @return samples x outputs, row-major
   */
  public static double[] outputs(Network network, double[] x, int samples, int threads) {
    if (x.length != (long) samples * network.features()) {
      throw new TrainingException(
          "the network takes %d features, so %d samples are %d numbers, but got %d"
              .formatted(
                  network.features(), samples, (long) samples * network.features(), x.length));
    }
    double[] answers = new double[samples * network.outputs()];
    int chunks = (samples + CHUNK - 1) / CHUNK;
    Forward forward = new Forward(network);
    try (WorkerPool pool = new WorkerPool(Math.max(1, Math.min(threads, chunks)))) {
      Team.Task job = (chunk, worker) -> forward.answer(x, samples, chunk, answers);
      pool.run(chunks, job);
    }
    return answers;
  }

  private void answer(double[] x, int samples, int chunk, double[] answers) {
    int first = chunk * CHUNK;
    int count = Math.min(CHUNK, samples - first);
    int d = network.features();
    int c = network.outputs();
    double[] rows = java.util.Arrays.copyOfRange(x, first * d, (first + count) * d);
    TrainingData some = new TrainingData(count, d, c, rows, new double[count * c]);
    Batch<double[]> batch = Batch.all(kernels, some, Samples.of(kernels, some));
    int stride = batch.stride();
    int size = c * stride;
    double[] z = new double[Blocks.SIZE * stride];
    double[] part = new double[size];
    double[] sums = new double[size];
    boolean smooth = network.activation().smooth();
    double[] values = new double[smooth ? z.length : 0];
    SmoothRows<double[]> activation =
        new SmoothRows<>(kernels, network.activation(), smooth ? 1 : 0);
    for (int block = 0; block < Blocks.count(network.width()); block++) {
      int firstNeuron = block * Blocks.SIZE;
      int neuronRows = Blocks.rows(block, network.width());
      kernels.multiply(
          neuronRows,
          d,
          count,
          neurons.hidden(),
          firstNeuron * neurons.stride(),
          neurons.stride(),
          batch.forward(),
          z,
          0,
          stride);
      if (smooth) {
        int held = Math.min(Blocks.SIZE, network.width() - firstNeuron);
        activation.bend(held, neuronRows, count, stride, z, 0, values, 0, 0);
      }
      kernels.sumOverRows(
          neuronRows,
          stride,
          c,
          smooth ? values : z,
          0,
          neurons.output(),
          firstNeuron * c,
          part,
          0,
          !smooth);
      kernels.add(size, part, 0, sums, 0);
    }
    for (int i = 0; i < count; i++) {
      for (int o = 0; o < c; o++) {
        answers[(first + i) * c + o] = network.scale() * sums[o * stride + i];
      }
    }
  }
}
