package dev.shallot.run;

import dev.shallot.data.NpyArray;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Activation;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A run as arrays that somebody can check without this program: the data as trained on, initial and
 * final weights, masks regenerated from the plan, and the factors that Algorithm 1 needs. With
 * {@code run.json} and {@code events.jsonl} beside it nothing else is needed.
 *
 * <pre>
 * X (n,d)  Y (n,c)  W0 W (m,d)  a0 a (m,c)     float64; Y of classes is 1 for the class, else 0
 * weights (n)                                  float64, where samples have weights
 * masks (rounds,p,m)                           uint8
 * first_round, seed                            int64: the round of masks[0]; the seed
 * activation                                   int64: 0 relu, 1 softplus, 2 gelu, 3 tanh
 * scale                                        1/sqrt(m), or 1: f = scale * phi(X W') a
 * subnet_factor, whole_factor                  a subnet answers subnet_factor * f_m, the whole network whole_factor * f
 * step_size, output_step_size                  eta of the hidden and of the output layer
 * </pre>
 */
public final class Export {
  private final RunFolder folder;
  private final Map<String, Object> run;
  private final Model model;
  private final PlanDocument document;

  private Export(RunFolder folder) {
    this.folder = folder;
    this.run = folder.read();
    this.model = ModelSource.open(folder.path());
    this.document = PlanDocument.of(folder.section(run, "plan"), folder.runFile().toString());
  }

  /** The export of a finished run. */
  public static Export of(RunFolder folder) {
    return new Export(folder);
  }

  /**
   * The arrays.
   *
   * @param data where the data is now; empty: where the run found it
   * @param rounds the rounds whose masks are wanted: N for the first N, or FROM:TO, counted from 0
   *     and both included; empty: all
   * @throws RunException if the data changed since, or the run has no such rounds
   */
  public SequencedMap<String, NpyArray> arrays(Optional<Path> data, Optional<String> rounds) {
    TrainingPlan plan = document.trainingPlan();
    long taken = number(folder.section(run, "outcome"), "rounds").longValue();
    RoundRange range = RoundRange.of(rounds, taken);
    TrainingData samples = RunData.of(folder, data).train();
    SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
    int m = model.network().width();
    int d = model.network().features();
    int c = model.network().outputs();
    arrays.put("X", NpyArray.matrix(samples.samples(), d, samples.x()));
    arrays.put("Y", NpyArray.matrix(samples.samples(), c, samples.y()));
    if (samples.weighted()) {
      arrays.put("weights", new NpyArray(new int[] {samples.samples()}, samples.weights()));
    }
    arrays.put("W0", NpyArray.matrix(m, d, model.initial().hiddenWeights()));
    arrays.put("W", NpyArray.matrix(m, d, model.network().hiddenWeights()));
    arrays.put("a0", NpyArray.matrix(m, c, model.initial().outputWeights()));
    arrays.put("a", NpyArray.matrix(m, c, model.network().outputWeights()));
    arrays.put("masks", masks(plan, range));
    arrays.put("first_round", new NpyArray(new int[0], new long[] {range.from()}));
    arrays.put(
        "activation", new NpyArray(new int[0], new long[] {number(model.network().activation())}));
    arrays.put("seed", new NpyArray(new int[0], new long[] {plan.seed()}));
    arrays.put("scale", single(model.network().scale()));
    arrays.put("subnet_factor", single(plan.subnetFactor()));
    arrays.put("whole_factor", single(plan.wholeFactor()));
    Map<String, Object> outcome = folder.section(run, "outcome");
    arrays.put("step_size", single(number(outcome, "stepSize").doubleValue()));
    arrays.put("output_step_size", single(number(outcome, "outputStepSize").doubleValue()));
    return arrays;
  }

  private static NpyArray masks(TrainingPlan plan, RoundRange range) {
    int p = plan.masks().subnets();
    int m = plan.width();
    long size = range.count() * p * m;
    if (size > Integer.MAX_VALUE - 64) {
      throw new RunException(
          "the masks of rounds %d to %d are %d bytes, more than an array holds: choose fewer with --rounds FROM:TO."
              .formatted(range.from(), range.to(), size));
    }
    byte[] bits = new byte[(int) size];
    int at = 0;
    for (long round = range.from(); round <= range.to(); round++) {
      MaskSet masks = plan.masks().draw(plan.seed(), round, m);
      for (int l = 0; l < p; l++) {
        for (int r = 0; r < m; r++) {
          bits[at++] = (byte) (masks.holds(l, r) ? 1 : 0);
        }
      }
    }
    return new NpyArray(new int[] {(int) range.count(), p, m}, bits);
  }

  /** NPZ has no words. */
  private static long number(Activation activation) {
    return switch (activation) {
      case RELU -> 0;
      case SOFTPLUS -> 1;
      case GELU -> 2;
      case TANH -> 3;
    };
  }

  private static NpyArray single(double value) {
    return new NpyArray(new int[0], new double[] {value});
  }

  private Number number(Map<String, Object> section, String name) {
    if (section.get(name) instanceof Number number) {
      return number;
    }
    throw new RunException("%s has no number \"%s\".".formatted(folder.runFile(), name));
  }
}
