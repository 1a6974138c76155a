package dev.shallot.engine.dense;

import dev.shallot.engine.Measurement;
import dev.shallot.numeric.Kernels;
import java.io.Serializable;
import java.util.Iterator;

/**
 * What some neurons add to a {@link Measurement}.
 *
 * @param sums sum over these neurons of a_r phi(z_r), outputs x padded samples
 * @param flips pairs (neuron, sample) whose activation changed since the start
 * @param dead neurons that are active on no sample
 * @param squaredDisplacement max ||w_r - w_{0,r}||^2
 * @param <A> array type
 */
public record PartMeasurement<A>(A sums, long flips, long dead, double squaredDisplacement)
    implements Serializable {

  /** As the measurement of a whole network with this error. */
  Measurement whole(double error) {
    return new Measurement(error, Math.sqrt(squaredDisplacement), flips, Math.toIntExact(dead));
  }

  /**
   * All parts of a network as one, summed as {@link Blocks#addUpTree} sums blocks.
   *
   * @param parts in order, each of 2^k blocks but the last; their sums are changed
   */
  static <A> PartMeasurement<A> together(
      Kernels<A> kernels, Iterator<PartMeasurement<A>> parts, int size) {
    TreeSum<A> tree = new TreeSum<>(kernels, size);
    long flips = 0;
    long dead = 0;
    double farthest = 0.0;
    while (parts.hasNext()) {
      PartMeasurement<A> part = parts.next();
      tree.add(part.sums);
      flips += part.flips;
      dead += part.dead;
      farthest = Math.max(farthest, part.squaredDisplacement);
    }
    return new PartMeasurement<>(tree.total(), flips, dead, farthest);
  }
}
