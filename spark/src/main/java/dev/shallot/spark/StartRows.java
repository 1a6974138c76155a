package dev.shallot.spark;

import dev.shallot.engine.dense.PartWork;
import dev.shallot.network.Activation;
import dev.shallot.network.NetworkRows;
import dev.shallot.network.RowFile;

/**
 * The network at initialisation as the executors hold it, rounded to their number type: drawn here,
 * some neurons at a time, so that nobody need fetch it.
 *
 * @param work draws
 * @param law what is drawn
 * @param <A> array type
 */
record StartRows<A>(PartWork<A> work, NetworkRows law) implements NetworkRows {

  @Override
  public void copyRows(int first, int count, double[] hidden, double[] output) {
    work.store(work.initial(first, count), 0, count, hidden, output);
    RowFile.requireFinite(law, first, count, hidden, output);
  }

  @Override
  public int width() {
    return law.width();
  }

  @Override
  public int features() {
    return law.features();
  }

  @Override
  public int outputs() {
    return law.outputs();
  }

  @Override
  public double scale() {
    return law.scale();
  }

  @Override
  public Activation activation() {
    return law.activation();
  }
}
