package dev.shallot.bench.machine;

/** Somebody's matrix product, set up for one product: what is called again and again is timed. */
interface Multiplier {

  /** C = A B, or C += A B. */
  void multiply();

  /** An entry of A B as it stands after one call. */
  double entry(int row, int column);
}
