package dev.shallot.run;

import dev.shallot.engine.Measurement;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.StepSizes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Where a run goes on, besides the state of its engine and listeners, see {@link CheckpointFile}.
 *
 * @param rounds that were taken
 * @param steps the step sizes in force
 * @param initial the whole network at the start
 * @param engine one line about the engine that computed so far
 * @param events how far the event log was
 * @param seconds since the run began, the time that it lay still left out
 * @param trainingSeconds of rounds alone
 * @param plan of the run
 * @param dataSha256 of the data file
 * @param initialCrc of the initial weights, see {@link #crc}
 * @param version of the program that wrote it
 */
record Checkpoint(
    long rounds,
    StepSizes steps,
    Measurement initial,
    String engine,
    EventLog.Mark events,
    double seconds,
    double trainingSeconds,
    Map<String, Object> plan,
    String dataSha256,
    int initialCrc,
    String version) {

  /**
   * CRC32C of W_0 and a_0 in float64: the run must go on from what it began with. Of a network that
   * is drawn elsewhere, that of the first neurons: its law tells the rest.
   */
  static int crc(NetworkRows initial) {
    int count = initial instanceof Network ? initial.width() : Math.min(64, initial.width());
    double[] hidden = new double[Math.multiplyExact(count, initial.features())];
    double[] output = new double[Math.multiplyExact(count, initial.outputs())];
    initial.copyRows(0, count, hidden, output);
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] weights : new double[][] {hidden, output}) {
      for (double weight : weights) {
        crc.update(buffer.clear().putDouble(weight).flip());
      }
    }
    return (int) crc.getValue();
  }
}
