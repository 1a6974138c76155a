package dev.shallot.network;

import dev.shallot.TrainingException;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/**
 * The network that a law draws, not drawn yet: any of its neurons can be drawn alone, anywhere, to
 * the same bits; see {@link Initialization} for the counters.
 *
 * @param law of the initial weights
 * @param initScale s, a factor on the standard deviation of the hidden weights; for {@link
 *     Initialization#NTK} it is kappa itself; at least 0
 * @param width m
 * @param features d
 * @param outputs c
 * @param seed the run's seed
 * @param activation phi
 */
public record DrawnNetwork(
    Initialization law,
    double initScale,
    int width,
    int features,
    int outputs,
    long seed,
    Activation activation)
    implements NetworkRows {

  public DrawnNetwork {
    if (!(initScale >= 0.0 && Double.isFinite(initScale))) {
      throw new TrainingException("the init scale must be at least 0, but is " + initScale);
    }
    if (width < 1 || features < 1 || outputs < 1) {
      throw new TrainingException(
          "a network needs a width, features and outputs of at least 1, but has width %d, %d features, %d outputs"
              .formatted(width, features, outputs));
    }
  }

  @Override
  public double scale() {
    return law.scale(width);
  }

  @Override
  public void copyRows(int first, int count, double[] hidden, double[] output) {
    double deviation = initScale * law.hiddenDeviation(width, features);
    CounterRandom random = new CounterRandom(seed, RandomStream.HIDDEN_WEIGHTS);
    long from = (long) first * features;
    for (int i = 0; i < count * features; i++) {
      hidden[i] = deviation * random.gaussian(from + i);
    }
    copyOutputs(first, count, output, 0);
  }

  /** Copies the output weights alone of neurons first .. first+count-1, to an offset. */
  public void copyOutputs(int first, int count, double[] output, int offset) {
    CounterRandom random = new CounterRandom(seed, RandomStream.OUTPUT_WEIGHTS);
    double deviation = law.outputDeviation(width, outputs);
    long from = (long) first * outputs;
    for (int i = 0; i < count * outputs; i++) {
      output[offset + i] =
          law == Initialization.NTK ? random.sign(from + i) : deviation * random.gaussian(from + i);
    }
  }
}
