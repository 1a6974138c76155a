package dev.shallot.training;

import dev.shallot.engine.StateExchange;
import dev.shallot.engine.Stateful;
import java.io.IOException;
import java.util.Arrays;

/**
 * The whole network's errors after the rounds that were observed so far: all that a stopping rule
 * may depend on.
 */
public final class ErrorTrace implements Stateful {
  private long[] rounds = new long[64];
  private double[] errors = new double[64];
  private int size;

  void add(long round, double error) {
    if (size == errors.length) {
      rounds = Arrays.copyOf(rounds, 2 * size);
      errors = Arrays.copyOf(errors, 2 * size);
    }
    rounds[size] = round;
    errors[size++] = error;
  }

  /** How many rounds were observed. */
  public int size() {
    return size;
  }

  /** k of an observed round, counted from 0. */
  public long round(int index) {
    return rounds[index];
  }

  /** ||Y - u||^2 after that round. */
  public double error(int index) {
    return errors[index];
  }

  @Override
  public void exchange(StateExchange state) throws IOException {
    size = Math.toIntExact(state.whole("seen", size));
    if (size > errors.length) {
      rounds = new long[2 * size];
      errors = new double[2 * size];
    }
    state.longs("k", rounds, size);
    state.doubles("G", errors, 1, size, size);
  }
}
