package dev.shallot.reproduce;

import dev.shallot.data.PreparedData;
import dev.shallot.engine.NetworkView;
import dev.shallot.engine.dense.Forward;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.run.ClassScore;
import dev.shallot.sweep.CellProbe;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many answers are right at the end, {@code trainAccuracy} and {@code testAccuracy}: with one
 * output those whose sign is the target's, with several those whose largest entry is.
 */
final class AccuracyProbe implements CellProbe {
  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Watch watch(TrainingPlan plan, PreparedData data, Network initial) {
    Map<String, double[]> measured = new LinkedHashMap<>();
    return new Watch() {
      @Override
      public void standing(long round, Optional<MaskSet> masks, NetworkView network) {
        if (masks.isPresent()) {
          return;
        }
        Network end = network.network();
        measured.put("trainAccuracy", new double[] {accuracy(end, data.train())});
        data.heldOut()
            .ifPresent(rows -> measured.put("testAccuracy", new double[] {accuracy(end, rows)}));
      }

      @Override
      public Map<String, double[]> measured() {
        return measured;
      }
    };
  }

  private static double accuracy(Network network, TrainingData rows) {
    double[] answers = Forward.outputs(network, rows.x(), rows.samples(), 1);
    int right = 0;
    for (int i = 0; i < rows.samples(); i++) {
      right += label(answers, i, rows.outputs()) == label(rows.y(), i, rows.outputs()) ? 1 : 0;
    }
    return (double) right / rows.samples();
  }

  private static int label(double[] outputs, int row, int count) {
    if (count == 1) {
      return outputs[row] >= 0 ? 1 : 0;
    }
    return ClassScore.largest(outputs, row * count, count);
  }
}
