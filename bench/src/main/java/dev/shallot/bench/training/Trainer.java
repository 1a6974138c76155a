package dev.shallot.bench.training;

import dev.shallot.mask.MaskSet;

/** Something that trains: takes rounds of Algorithm 1 from the same start. */
interface Trainer extends AutoCloseable {

  /** Every subnet takes its local steps, then the rows are combined; the network moves on. */
  void round(long round, MaskSet masks);

  /** The hidden weights as they stand, m x d row-major. */
  double[] hiddenWeights();

  /** What computes, in a line. */
  String description();

  @Override
  void close();
}
