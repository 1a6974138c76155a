package dev.shallot.spark;

import java.util.Optional;

/**
 * Rows on their way from a part to a subnet or back; see {@link PacketSerializer}.
 *
 * @param from the part, or the subnet, that they come from
 * @param rows an array of the run's number type
 * @param errors in one of a subnet's packets
 */
record Packet(int from, Object rows, Optional<SubnetErrors> errors) {

  Packet(int from, Object rows) {
    this(from, rows, Optional.empty());
  }
}
