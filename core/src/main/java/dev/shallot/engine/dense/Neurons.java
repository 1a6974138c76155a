package dev.shallot.engine.dense;

import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import dev.shallot.numeric.Kernels;

/**
 * Rows of hidden and output weights in an engine's number type: a whole network, or the part of it
 * that a subnet holds. With momentum each weight has a velocity, which goes wherever the weight
 * goes.
 *
 * @param hidden capacity x stride, padding zero
 * @param stride padded number of features
 * @param output capacity x outputs
 * @param outputs c
 * @param moving whether there are velocities
 * @param hiddenVelocity as hidden, or empty
 * @param outputVelocity as output, or empty
 * @param <A> array type
 */
record Neurons<A>(
    A hidden,
    int stride,
    A output,
    int outputs,
    boolean moving,
    A hiddenVelocity,
    A outputVelocity) {

  /** Room for so many neurons without velocities. */
  static <A> Neurons<A> room(Kernels<A> kernels, int capacity, int features, int outputs) {
    return room(kernels, capacity, features, outputs, false);
  }

  /** Room for so many neurons, rounded up to whole groups of rows; velocities are zero. */
  static <A> Neurons<A> room(
      Kernels<A> kernels, int capacity, int features, int outputs, boolean moving) {
    int rows = (capacity + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS;
    int stride = kernels.pad(features);
    return new Neurons<>(
        kernels.allocate(Math.multiplyExact(rows, stride)),
        stride,
        kernels.allocate(Math.multiplyExact(rows, outputs)),
        outputs,
        moving,
        kernels.allocate(moving ? rows * stride : 0),
        kernels.allocate(moving ? rows * outputs : 0));
  }

  /** The neurons of a network, without velocities. */
  static <A> Neurons<A> of(Kernels<A> kernels, Network network) {
    return of(kernels, network, false);
  }

  /** The neurons of a network, at rest. */
  static <A> Neurons<A> of(Kernels<A> kernels, Network network, boolean moving) {
    Neurons<A> neurons =
        room(kernels, network.width(), network.features(), network.outputs(), moving);
    for (int r = 0; r < network.width(); r++) {
      kernels.load(
          network.hiddenWeights(),
          r * network.features(),
          neurons.hidden,
          r * neurons.stride,
          network.features());
    }
    kernels.load(
        network.outputWeights(), 0, neurons.output, 0, network.width() * network.outputs());
    return neurons;
  }

  /** Neurons first .. first+count-1 of a network that need not be in memory as a whole. */
  static <A> Neurons<A> of(Kernels<A> kernels, NetworkRows network, int first, int count) {
    if (network instanceof Network whole && count == network.width()) {
      return of(kernels, whole);
    }
    int d = network.features();
    double[] hidden = new double[Math.multiplyExact(count, d)];
    double[] output = new double[Math.multiplyExact(count, network.outputs())];
    network.copyRows(first, count, hidden, output);
    Neurons<A> neurons = room(kernels, count, d, network.outputs());
    for (int r = 0; r < count; r++) {
      kernels.load(hidden, r * d, neurons.hidden, r * neurons.stride, d);
    }
    kernels.load(output, 0, neurons.output, 0, output.length);
    return neurons;
  }

  /** Copies one neuron. */
  void copy(int from, Neurons<A> to, int toRow) {
    System.arraycopy(hidden, from * stride, to.hidden, toRow * stride, stride);
    System.arraycopy(output, from * outputs, to.output, toRow * outputs, outputs);
    if (moving) {
      System.arraycopy(hiddenVelocity, from * stride, to.hiddenVelocity, toRow * stride, stride);
      System.arraycopy(outputVelocity, from * outputs, to.outputVelocity, toRow * outputs, outputs);
    }
  }

  /** Makes the rows from .. to-1 zero, output weights and velocities too. */
  void clear(Kernels<A> kernels, int from, int to) {
    kernels.clear(hidden, from * stride, (to - from) * stride);
    kernels.clear(output, from * outputs, (to - from) * outputs);
    if (moving) {
      kernels.clear(hiddenVelocity, from * stride, (to - from) * stride);
      kernels.clear(outputVelocity, from * outputs, (to - from) * outputs);
    }
  }
}
