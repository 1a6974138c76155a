package dev.shallot.engine.dense;

import dev.shallot.numeric.Kernels;

/**
 * How neurons lie in a part, on their way, and for the kernels; and from one to the other.
 *
 * @param kernels of the run's number type
 * @param features d
 * @param outputs c
 * @param moving whether weights have velocities
 * @param <A> array type
 */
record RowLayout<A>(Kernels<A> kernels, int features, int outputs, boolean moving) {

  /** Numbers of a row, with or without the output weights, and with velocities if there are any. */
  int row(boolean withOutputs) {
    int numbers = withOutputs ? features + outputs : features;
    return moving ? 2 * numbers : numbers;
  }

  /** Writes a neuron as a row: w_r, a_r, and the velocities of both, as far as they travel. */
  void take(Neurons<A> from, int neuron, A rows, int at, boolean withOutputs) {
    int next = at;
    System.arraycopy(from.hidden(), neuron * from.stride(), rows, next, features);
    next += features;
    if (withOutputs) {
      System.arraycopy(from.output(), neuron * outputs, rows, next, outputs);
      next += outputs;
    }
    if (moving) {
      System.arraycopy(from.hiddenVelocity(), neuron * from.stride(), rows, next, features);
      next += features;
      if (withOutputs) {
        System.arraycopy(from.outputVelocity(), neuron * outputs, rows, next, outputs);
      }
    }
  }

  /** Reads a row, see {@link #take}; what did not travel stays as it is. */
  void put(A rows, int at, Neurons<A> to, int neuron, boolean withOutputs) {
    int next = at;
    System.arraycopy(rows, next, to.hidden(), neuron * to.stride(), features);
    next += features;
    if (withOutputs) {
      System.arraycopy(rows, next, to.output(), neuron * outputs, outputs);
      next += outputs;
    }
    if (moving) {
      System.arraycopy(rows, next, to.hiddenVelocity(), neuron * to.stride(), features);
      next += features;
      if (withOutputs) {
        System.arraycopy(rows, next, to.outputVelocity(), neuron * outputs, outputs);
      }
    }
  }

  /** A part as neurons without padding; no copy. */
  Neurons<A> neurons(NetworkPart<A> part) {
    return new Neurons<>(
        part.hidden(),
        features,
        part.output(),
        outputs,
        moving,
        part.hiddenVelocity(),
        part.outputVelocity());
  }

  NetworkPart<A> unpadded(int first, int count, Neurons<A> neurons) {
    Neurons<A> rows =
        new Neurons<>(
            kernels.allocate(count * features),
            features,
            kernels.allocate(count * outputs),
            outputs,
            moving,
            kernels.allocate(moving ? count * features : 0),
            kernels.allocate(moving ? count * outputs : 0));
    copy(neurons, rows, count);
    return new NetworkPart<>(
        first, count, rows.hidden(), rows.output(), rows.hiddenVelocity(), rows.outputVelocity());
  }

  /** Copies neurons from one layout to another. */
  private void copy(Neurons<A> from, Neurons<A> to, int count) {
    for (int r = 0; r < count; r++) {
      int source = r * from.stride();
      int target = r * to.stride();
      System.arraycopy(from.hidden(), source, to.hidden(), target, features);
      if (moving) {
        System.arraycopy(from.hiddenVelocity(), source, to.hiddenVelocity(), target, features);
      }
    }
    System.arraycopy(from.output(), 0, to.output(), 0, count * outputs);
    if (moving) {
      System.arraycopy(from.outputVelocity(), 0, to.outputVelocity(), 0, count * outputs);
    }
  }

  /** A copy of a part, laid out for the kernels. */
  Neurons<A> padded(NetworkPart<A> part) {
    Neurons<A> neurons = Neurons.room(kernels, part.count(), features, outputs, moving);
    copy(neurons(part), neurons, part.count());
    return neurons;
  }
}
