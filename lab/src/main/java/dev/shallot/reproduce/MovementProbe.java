package dev.shallot.reproduce;

import dev.shallot.data.PreparedData;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.NetworkView;
import dev.shallot.kernel.Samples;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.sweep.CellProbe;
import dev.shallot.training.TrainingEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far a run went from its start: {@code weights} ||W - W_0||_F/||W_0||_F, {@code flips} the
 * share of activations that changed, {@code drift} ||K - K_0||_F/||K_0||_F; and of the kernel at
 * the start {@code lambdaMin} and {@code lambdaMax}, in units of the hidden layer's step size.
 */
final class MovementProbe implements CellProbe {
  @Override
  public String name() {
    return "movement";
  }

  @Override
  public Watch watch(TrainingPlan plan, PreparedData data, Network initial) {
    return new Movement(plan, data, initial);
  }

  private static final class Movement implements Watch {
    private final TrainingPlan plan;
    private final Samples samples;
    private final double[] start;
    private final double[] kernel;
    private final double ratio;
    private final Map<String, double[]> measured = new LinkedHashMap<>();

    Movement(TrainingPlan plan, PreparedData data, Network initial) {
      this.plan = plan;
      this.samples = Samples.of(data.train());
      this.start = initial.hiddenWeights().clone();
      this.ratio =
          plan.outputStepSize().isPresent() && plan.stepSize().isPresent()
              ? plan.outputStepSize().getAsDouble() / plan.stepSize().getAsDouble()
              : 1.0;
      this.kernel = TwoRateKernel.of(samples, initial, plan.trained(), ratio);
      put("lambdaMin", TwoRateKernel.smallest(kernel, samples.count()));
      put("lambdaMax", TwoRateKernel.largest(kernel, samples.count()));
    }

    private void put(String name, double value) {
      measured.put(name, new double[] {value});
    }

    @Override
    public void started(TrainingPlan given, StepSizes steps, String engine, Measurement initial) {
      flips(initial);
    }

    @Override
    public void event(TrainingEvent event) {
      if (event instanceof TrainingEvent.Aggregated aggregated) {
        flips(aggregated.whole());
      }
    }

    private void flips(Measurement whole) {
      put("flips", (double) whole.flips() / ((double) plan.width() * samples.count()));
    }

    @Override
    public void standing(long round, Optional<MaskSet> masks, NetworkView network) {
      if (masks.isPresent()) {
        return;
      }
      Network end = network.network();
      put("weights", relativeDistance(end.hiddenWeights(), start));
      put("drift", relativeDistance(TwoRateKernel.of(samples, end, plan.trained(), ratio), kernel));
    }

    private static double relativeDistance(double[] now, double[] then) {
      double moved = 0.0;
      double size = 0.0;
      for (int i = 0; i < now.length; i++) {
        moved += (now[i] - then[i]) * (now[i] - then[i]);
        size += then[i] * then[i];
      }
      return Math.sqrt(moved / size);
    }

    @Override
    public Map<String, double[]> measured() {
      return measured;
    }
  }
}
