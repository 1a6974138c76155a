package dev.shallot.spark;

import java.io.Serializable;

/**
 * Rows on their way from a part to a subnet or back.
 *
 * @param from the part, or the subnet, that they come from
 * @param rows the rows, an array of the run's number type
 * @param stepErrors what the subnet says of its local steps; in one of its packets, else empty
 * @param subnetErrors the same
 */
record Packet(int from, Object rows, double[] stepErrors, double[] subnetErrors)
    implements Serializable {
  private static final double[] NONE = {};

  Packet(int from, Object rows) {
    this(from, rows, NONE, NONE);
  }
}
