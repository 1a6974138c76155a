package dev.shallot.plan;

/** The number type in which an engine holds weights and data. */
public enum Precision {
  FLOAT32(4),
  FLOAT64(8);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }
}
