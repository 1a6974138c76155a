package dev.shallot.run;

import dev.shallot.TrainingException;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Table;
import dev.shallot.file.WholeFile;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingData;
import dev.shallot.training.TrainingListener;
import java.nio.file.Path;
import java.util.List;

/** From prepared data to a run folder. */
public final class Run {
  private Run() {}

  /** Reads a file and prepares it as a plan says. */
  public static PreparedData prepare(PlanDocument plan, Path file) {
    return PreparedData.prepare(Table.read(file, plan.tableFormat()), plan.dataPlan());
  }

  /** The plan with what its file of initial weights decides: the width, unless one was chosen. */
  public static PlanDocument complete(PlanDocument plan) {
    return InitialNetwork.withWidthOfFile(plan);
  }

  /** The network that a plan starts from: drawn by its law, or read from its file. */
  public static Network initialNetwork(PlanDocument plan, TrainingData data) {
    return InitialNetwork.of(plan, plan.trainingPlan(), data);
  }

  /**
   * Trains, and writes the run's folder. A run that diverges is a result, not an exception: its
   * folder holds plan, events and outcome, but no model. So is one that a listener interrupts: its
   * folder holds a checkpoint beside the model of what was learned so far, and {@link Resume} goes
   * on with it.
   *
   * @throws RunException if the folder exists or cannot be written
   * @throws TrainingException if the plan does not fit the data; nothing is left behind then
   */
  public static RunResult execute(RunRequest request) {
    return execute(request, WholeFile.Probe.NONE);
  }

  /** As {@link #execute(RunRequest)}, with somebody looking at checkpoints being written. */
  static RunResult execute(RunRequest request, WholeFile.Probe probe) {
    RunFolder.refuseExisting(request.folder());
    RunPlace place = RunPlace.fresh(request.folder());
    return new RunSession(RunHead.of(request), request.plan(), request.data(), place, probe)
        .execute(request.listeners())
        .in(RunFolder.open(request.folder()));
  }

  /**
   * Trains, and writes nothing: a run without a folder, of the same bits. A run that is interrupted
   * leaves the model of what was learned so far, and cannot go on.
   *
   * @param plan the merged plan
   * @param data the prepared data
   * @param command who asks, for the model's provenance
   * @param listeners told of everything, after the run's own
   * @throws TrainingException if the plan does not fit the data
   */
  public static Trained train(
      PlanDocument plan,
      PreparedData data,
      String command,
      List<? extends TrainingListener> listeners) {
    RunHead head = RunHead.of(plan, data, command);
    return new RunSession(head, plan, data, RunPlace.nowhere(), WholeFile.Probe.NONE)
        .execute(listeners);
  }
}
