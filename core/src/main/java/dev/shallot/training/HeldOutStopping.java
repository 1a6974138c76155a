package dev.shallot.training;

import dev.shallot.TrainingException;
import dev.shallot.engine.NetworkView;
import dev.shallot.engine.StateExchange;
import dev.shallot.engine.dense.Forward;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.DrawnNetwork;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import dev.shallot.network.RowFile;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Early stopping: measures the whole network's loss on rows that are not trained on, before
 * training and after each observed round, keeps the network at which it was smallest, and ends the
 * run when it was not smaller than before so many times in a row. The loss is the plan's reported
 * error on these rows, a row: divided by the sum of their weights.
 *
 * <p>A measurement costs 2 m (d + c) flops a row and a copy of the network, in a file where the
 * engine never has it as a whole; it changes nothing of the iterates.
 */
public final class HeldOutStopping implements TrainingListener {

  /** Told of every measurement. */
  @FunctionalInterface
  public interface Sink {
    /**
     * A measurement.
     *
     * @param round k, after which it was; -1 before the first
     * @param loss on the held-out rows, a row
     */
    void measured(long round, double loss);
  }

  private final TrainingPlan plan;
  private final TrainingData rows;
  private final int patience;
  private final Sink sink;
  private Optional<NetworkRows> best = Optional.empty();
  private double bestLoss = Double.POSITIVE_INFINITY;
  private long bestRound = -1;
  private long failures;
  private Optional<StopReason> reason = Optional.empty();

  /**
   * For one run.
   *
   * @param plan of the run
   * @param rows that are not trained on, prepared as those are
   * @param patience how many measurements in a row may bring nothing, at least 1
   * @param sink told of each
   */
  public HeldOutStopping(TrainingPlan plan, TrainingData rows, int patience, Sink sink) {
    if (patience < 1) {
      throw new TrainingException("the patience must be at least 1, but is " + patience);
    }
    this.plan = plan;
    this.rows = rows;
    this.patience = patience;
    this.sink = sink;
  }

  @Override
  public void standing(long round, Optional<MaskSet> masks, NetworkView network) {
    if (round == 0 && bestLoss == Double.POSITIVE_INFINITY) {
      look(-1, network.rows());
    }
  }

  @Override
  public void trained(long round, NetworkView network) {
    if (plan.observation().observes(round, plan.rounds())) {
      look(round, network.rows());
    }
  }

  private void look(long round, NetworkRows network) {
    double[] answers = Forward.outputs(network, rows.x(), rows.samples(), plan.threads());
    for (int i = 0; i < answers.length; i++) {
      answers[i] *= plan.wholeFactor();
    }
    double loss = plan.loss().error(rows, answers) / rows.totalWeight();
    sink.measured(round, loss);
    if (loss < bestLoss) {
      bestLoss = loss;
      bestRound = round;
      failures = 0;
      best.ifPresent(NetworkRows::release);
      best = Optional.of(network);
      return;
    }
    network.release();
    if (++failures >= patience && reason.isEmpty()) {
      reason =
          Optional.of(
              new StopReason(
                  StopReason.Kind.HELD_OUT,
                  String.format(
                      Locale.ROOT,
                      "round %d: the loss on the rows for early stopping, %.4g a row, was not below"
                          + " the best, %.4g %s, for %d measurements",
                      round,
                      loss,
                      bestLoss,
                      bestRound < 0 ? "before training" : "after round " + bestRound,
                      failures)));
    }
  }

  /** The network with the smallest loss on the held-out rows; empty before the first look. */
  public Optional<NetworkRows> best() {
    return best;
  }

  /** The smallest loss, a row; infinite before the first look. */
  public double bestLoss() {
    return bestLoss;
  }

  /** The round after which it was smallest; -1: before training. */
  public long bestRound() {
    return bestRound;
  }

  @Override
  public void exchange(StateExchange state) throws IOException {
    boolean elsewhere = plan.engine() == EngineKind.SPARK;
    Optional<NetworkRows> exchanged = elsewhere ? exchangeFile(state) : exchangeWhole(state);
    if (state.purpose() == StateExchange.Purpose.RESTORE) {
      best = exchanged;
    }
    bestLoss = state.number("bL", bestLoss);
    bestRound = state.whole("bk", bestRound);
    failures = state.whole("bf", failures);
  }

  private Optional<NetworkRows> exchangeWhole(StateExchange state) throws IOException {
    boolean restoring = state.purpose() == StateExchange.Purpose.RESTORE;
    Optional<Network> kept = restoring ? Optional.empty() : best.map(NetworkRows::whole);
    double[] hidden =
        kept.map(Network::hiddenWeights)
            .orElseGet(() -> new double[Math.multiplyExact(plan.width(), rows.features())]);
    double[] output =
        kept.map(Network::outputWeights)
            .orElseGet(() -> new double[Math.multiplyExact(plan.width(), rows.outputs())]);
    state.doubles("bW", hidden, plan.width(), rows.features(), rows.features());
    state.doubles("ba", output, plan.width(), rows.outputs(), rows.outputs());
    double scale = state.number("bs", kept.map(Network::scale).orElse(0.0));
    return restoring && scale > 0.0
        ? Optional.of(
            new Network(
                plan.width(),
                rows.features(),
                rows.outputs(),
                hidden,
                output,
                scale,
                plan.activation()))
        : Optional.empty();
  }

  /** The same, some neurons at a time: nobody has it as a whole, and its shape is its law's. */
  private Optional<NetworkRows> exchangeFile(StateExchange state) throws IOException {
    StateExchange.Purpose purpose = state.purpose();
    DrawnNetwork law =
        new DrawnNetwork(
            plan.initialization(),
            plan.initScale(),
            plan.width(),
            rows.features(),
            rows.outputs(),
            plan.seed(),
            plan.activation());
    Optional<RowFile> file =
        purpose == StateExchange.Purpose.RESTORE ? Optional.of(new RowFile(law)) : Optional.empty();
    int chunk = RowFile.chunk(law);
    double[] hidden = new double[chunk * rows.features()];
    double[] output = new double[chunk * rows.outputs()];
    for (int first = 0; first < plan.width(); first += chunk) {
      int count = Math.min(chunk, plan.width() - first);
      if (purpose == StateExchange.Purpose.SAVE && best.isPresent()) {
        best.get().copyRows(first, count, hidden, output);
      }
      state.doubles("bW", hidden, count, rows.features(), rows.features());
      state.doubles("ba", output, count, rows.outputs(), rows.outputs());
      if (file.isPresent()) {
        file.get().put(first, count, hidden, output);
      }
    }
    double scale = state.number("bs", best.map(NetworkRows::scale).orElse(0.0));
    return scale > 0.0 ? file.map(restored -> restored) : Optional.empty();
  }

  @Override
  public Optional<StopReason> stop() {
    return reason;
  }
}
