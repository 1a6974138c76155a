package dev.shallot.data;

/** Built-in data, as a pure function of a seed. */
public final class Synthetic {
  private Synthetic() {}

  /** Makes a table with columns x1 .. xd and y (or y1 .. yc), which are its declared targets. */
  public static Table generate(
      SyntheticSet set, SyntheticLabels labels, int rows, int features, int outputs, long seed) {
    return Pending.value();
  }
}
