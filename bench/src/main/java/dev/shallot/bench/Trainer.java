package dev.shallot.bench;

import dev.shallot.mask.MaskSet;

/** Something that trains: takes rounds of Algorithm 1 from the same start. */
interface Trainer extends AutoCloseable {

  /** Every subnet takes its local steps, then the rows are combined; the network moves on. */
  void round(long round, MaskSet masks);

  /** The hidden weights as they stand, m x d row-major. */
  double[] hiddenWeights();

  @Override
  void close();
}
