package dev.shallot.reproduce;

import dev.shallot.data.PreparedData;
import dev.shallot.engine.NetworkView;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.Team;
import dev.shallot.kernel.HiddenLayer;
import dev.shallot.kernel.Samples;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.sweep.CellProbe;
import dev.shallot.training.TrainingEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Both moments of the three phases of every round, and what the identities say about them.
 *
 * <ul>
 *   <li>{@code before} G_k; {@code after} A_k; one a round
 *   <li>{@code mean}, {@code square}: over subnets, of the error and of its square, after sampling
 *       and each local step; tau + 1 a round
 *   <li>{@code expectedJump}: L-2 at W_k, xi (1 - xi) s^2 sum_{r,i} ||a_r||^2 phi(&lt;w_r, x_i>)^2,
 *       in the units of a subnet's output; one a round
 *   <li>{@code jumpGap}, {@code dropGap}: where every neuron has one owner, how far the jump and
 *       the drop are from both sides of L-16, relative to S_k and L_{k,tau}; one a round
 * </ul>
 */
final class PhaseProbe implements CellProbe {
  @Override
  public String name() {
    return "phases";
  }

  @Override
  public Watch watch(TrainingPlan plan, PreparedData data, Network initial) {
    return new Phases(plan, data);
  }

  private static final class Phases implements Watch {
    private final TrainingPlan plan;
    private final Samples samples;
    private final int outputs;
    private final boolean owned;
    private final List<Double> before = new ArrayList<>();
    private final List<Double> mean = new ArrayList<>();
    private final List<Double> square = new ArrayList<>();
    private final List<Double> after = new ArrayList<>();
    private final List<Double> expectedJump = new ArrayList<>();
    private final List<Double> jumpSide = new ArrayList<>();
    private final List<Double> dropSide = new ArrayList<>();
    private Optional<MaskSet> last = Optional.empty();
    private double error;

    Phases(TrainingPlan plan, PreparedData data) {
      this.plan = plan;
      this.samples = Samples.of(data.train());
      this.outputs = data.train().outputs();
      this.owned =
          plan.masks() instanceof MaskLaw.Categorical
              || plan.masks() instanceof MaskLaw.EqualPartition;
    }

    @Override
    public void started(
        TrainingPlan given,
        dev.shallot.plan.StepSizes steps,
        String engine,
        dev.shallot.engine.Measurement initial) {
      error = initial.error();
    }

    @Override
    public void standing(long round, Optional<MaskSet> masks, NetworkView network) {
      Network weights = network.network();
      HiddenLayer layer =
          HiddenLayer.of(samples, weights, plan.aggregation().activeAtZero(), Team.ALONE);
      if (masks.isPresent()) {
        expectedJump.add(expectedJump(layer));
      }
      if (owned) {
        last.ifPresent(m -> dropSide.add(spread(layer, m)));
        masks.ifPresent(m -> jumpSide.add(spread(layer, m)));
        last = masks;
      }
    }

    private double expectedJump(HiddenLayer layer) {
      int m = layer.width();
      double factor = plan.subnetFactor() * layer.scale();
      double sum = 0.0;
      for (int r = 0; r < m; r++) {
        double weight = 0.0;
        for (int o = 0; o < outputs; o++) {
          double a = layer.weights()[r * outputs + o];
          weight += a * a;
        }
        for (int i = 0; i < layer.samples(); i++) {
          double value = layer.values()[i * m + r];
          sum += weight * value * value;
        }
      }
      double xi = plan.keepProbability();
      return xi * (1 - xi) * factor * factor * sum;
    }

    /** (1/p) sum over l of ||uhat^l - their mean||^2, uhat^l the output of the neurons of l. */
    private double spread(HiddenLayer layer, MaskSet masks) {
      int p = masks.subnets();
      int m = layer.width();
      int[] owner = new int[m];
      for (int l = 0; l < p; l++) {
        for (int r = 0; r < m; r++) {
          owner[r] = masks.holds(l, r) ? l : owner[r];
        }
      }
      double factor = plan.subnetFactor() * layer.scale();
      double sum = 0.0;
      double[] answers = new double[p];
      for (int i = 0; i < layer.samples(); i++) {
        for (int o = 0; o < outputs; o++) {
          java.util.Arrays.fill(answers, 0.0);
          for (int r = 0; r < m; r++) {
            answers[owner[r]] +=
                factor * layer.weights()[r * outputs + o] * layer.values()[i * m + r];
          }
          double middle = 0.0;
          for (double answer : answers) {
            middle += answer / p;
          }
          for (double answer : answers) {
            sum += (answer - middle) * (answer - middle) / p;
          }
        }
      }
      return sum;
    }

    @Override
    public void event(TrainingEvent event) {
      if (event instanceof TrainingEvent.Aggregated aggregated) {
        before.add(error);
        error = aggregated.whole().error();
        after.add(error);
      }
    }

    @Override
    public void roundDone(long round, RoundReport report) {
      int columns = report.localSteps() + 1;
      for (int t = 0; t < columns; t++) {
        double sum = 0.0;
        double squares = 0.0;
        for (int l = 0; l < report.subnets(); l++) {
          double value = report.subnetErrors()[l * columns + t];
          sum += value;
          squares += value * value;
        }
        mean.add(sum / report.subnets());
        square.add(squares / report.subnets());
      }
    }

    @Override
    public Map<String, double[]> measured() {
      Map<String, double[]> map = new LinkedHashMap<>();
      map.put("before", array(before));
      map.put("mean", array(mean));
      map.put("square", array(square));
      map.put("after", array(after));
      map.put("expectedJump", array(expectedJump));
      if (owned) {
        int columns = plan.localSteps() + 1;
        double[] jumpGap = new double[dropSide.size()];
        double[] dropGap = new double[dropSide.size()];
        for (int k = 0; k < jumpGap.length; k++) {
          double sampled = mean.get(k * columns);
          double trained = mean.get(k * columns + plan.localSteps());
          jumpGap[k] = Math.abs(sampled - before.get(k) - jumpSide.get(k)) / sampled;
          dropGap[k] = Math.abs(trained - after.get(k) - dropSide.get(k)) / trained;
        }
        map.put("jumpGap", jumpGap);
        map.put("dropGap", dropGap);
      }
      return map;
    }

    private static double[] array(List<Double> numbers) {
      return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }
}
