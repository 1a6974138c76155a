package dev.shallot.engine.dense;

import dev.shallot.TrainingException;
import dev.shallot.engine.Team;
import dev.shallot.engine.WorkerPool;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import dev.shallot.plan.TrainingData;

/**
 * A network's answers to new samples, in float64, some hundred samples at a time; and as many
 * neurons at a time as its owner has in memory. Sums over neurons are the same either way: block by
 * block, in order.
 */
public final class Forward {
  private static final int CHUNK = 256;
  private static final int NUMBERS = 1 << 21;

  private final NetworkRows network;
  private final int count;
  private final Kernels<double[]> kernels = Simd.float64();
  private final Neurons<double[]> neurons;

  private Forward(NetworkRows network, int first, int count) {
    this.network = network;
    this.count = count;
    this.neurons = Neurons.of(kernels, network, first, count);
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
  public static double[] outputs(NetworkRows network, double[] x, int samples, int threads) {
    if (x.length != (long) samples * network.features()) {
      throw new TrainingException(
          "the network takes %d features, so %d samples are %d numbers, but got %d"
              .formatted(
                  network.features(), samples, (long) samples * network.features(), x.length));
    }
    double[] answers = new double[samples * network.outputs()];
    int chunks = (samples + CHUNK - 1) / CHUNK;
    int together = network instanceof Network ? network.width() : neurons(network);
    try (WorkerPool pool = new WorkerPool(Math.max(1, Math.min(threads, chunks)))) {
      for (int first = 0; first < network.width(); first += together) {
        int count = Math.min(together, network.width() - first);
        Forward forward = new Forward(network, first, count);
        Team.Task job = (chunk, worker) -> forward.answer(x, samples, chunk, answers);
        pool.run(chunks, job);
      }
    }
    for (int i = 0; i < answers.length; i++) {
      answers[i] *= network.scale();
    }
    return answers;
  }

  /** Neurons at a time of a network that is elsewhere: whole blocks of some megabytes. */
  private static int neurons(NetworkRows network) {
    int blocks = NUMBERS / (Blocks.SIZE * (network.features() + network.outputs()));
    return Blocks.SIZE * Math.max(1, blocks);
  }

  /** Adds what these neurons answer, without the network's scale. */
  private void answer(double[] x, int samples, int chunk, double[] answers) {
    int from = chunk * CHUNK;
    int size = Math.min(CHUNK, samples - from);
    int d = network.features();
    int c = network.outputs();
    double[] rows = java.util.Arrays.copyOfRange(x, from * d, (from + size) * d);
    TrainingData some = new TrainingData(size, d, c, rows, new double[size * c]);
    Batch<double[]> batch = Batch.all(kernels, some, Samples.of(kernels, some));
    int stride = batch.stride();
    int length = c * stride;
    double[] z = new double[Blocks.SIZE * stride];
    double[] part = new double[length];
    double[] sums = new double[length];
    for (int i = 0; i < size; i++) {
      for (int o = 0; o < c; o++) {
        sums[o * stride + i] = answers[(from + i) * c + o];
      }
    }
    boolean smooth = network.activation().smooth();
    double[] values = new double[smooth ? z.length : 0];
    SmoothRows<double[]> activation =
        new SmoothRows<>(kernels, network.activation(), smooth ? 1 : 0);
    for (int block = 0; block < Blocks.count(count); block++) {
      int firstNeuron = block * Blocks.SIZE;
      int neuronRows = Blocks.rows(block, count);
      kernels.multiply(
          neuronRows,
          d,
          size,
          neurons.hidden(),
          firstNeuron * neurons.stride(),
          neurons.stride(),
          batch.forward(),
          z,
          0,
          stride);
      if (smooth) {
        int held = Math.min(Blocks.SIZE, count - firstNeuron);
        activation.bend(held, neuronRows, size, stride, z, 0, values, 0, 0);
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
      kernels.add(length, part, 0, sums, 0);
    }
    for (int i = 0; i < size; i++) {
      for (int o = 0; o < c; o++) {
        answers[(from + i) * c + o] = sums[o * stride + i];
      }
    }
  }
}
