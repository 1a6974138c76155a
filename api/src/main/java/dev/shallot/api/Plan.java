package dev.shallot.api;

import dev.shallot.network.Activation;
import dev.shallot.plan.Precision;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

/**
 * How to train. Immutable: each method returns a plan with one more choice, the last one for a key
 * wins.
 *
 * <pre>{@code
 * Plan plan = Plan.defaults().width(2048).bernoulliMasks(4, 0.5).rounds(600).heldOut(0.2).seed(7);
 * }</pre>
 *
 * <p>The methods are the choices that most people make; {@link #with} takes every key that a plan
 * file or a flag of {@code shallot train} has. Values are checked when they are set, and together
 * when training begins.
 */
public final class Plan {
  private final PlanDocument document;

  private Plan(PlanDocument document) {
    this.document = document;
  }

  /**
   * The defaults for a table and a column to predict: 1,024 neurons, scaled features and labels.
   */
  public static Plan defaults() {
    return new Plan(PlanDocument.practitioner());
  }

  /** The papers' setting: unit rows, labels untouched, float64, full batches, NTK weights. */
  public static Plan paper() {
    return new Plan(PlanDocument.paper());
  }

  /**
   * The defaults with the keys of a JSON file, or the plan of a {@code run.json}.
   *
   * @throws ShallotException if the file is absent, no JSON, or has an entry that does not fit
   */
  public static Plan read(Path file) {
    return ShallotException.guarded(() -> new Plan(PlanDocument.practitioner().withFile(file)));
  }

  /**
   * With the value of a key.
   *
   * @param key as in a plan file: {@code width}, {@code step-size}, {@code missing}, ...; {@code
   *     shallot help train} lists them
   * @param value a number, a text or a boolean
   * @throws ShallotException if there is no such key, or the value does not fit; the message says
   *     what does
   */
  public Plan with(String key, Object value) {
    return ShallotException.guarded(
        () -> new Plan(document.withEntries(Map.of(key, value), "the plan")));
  }

  private Plan with(PlanKey key, Object value) {
    return with(key.key(), value);
  }

  /**
   * Tells classes apart: the target is a text or a whole number, what is lowered is the
   * cross-entropy, and the model answers with {@link TrainedModel#classify}.
   */
  public Plan classification() {
    return with(PlanKey.LOSS, "cross-entropy");
  }

  /** mu: the momentum of local steps, at least 0 and below 1. */
  public Plan momentum(double momentum) {
    return with(PlanKey.MOMENTUM, momentum);
  }

  /** m: how many hidden neurons. */
  public Plan width(int neurons) {
    return with(PlanKey.WIDTH, neurons);
  }

  /** phi: what a hidden neuron makes of its input. */
  public Plan activation(Activation activation) {
    return with(PlanKey.ACTIVATION, activation.name());
  }

  /**
   * Each subnet of a round holds each neuron with some probability; subnets may overlap.
   *
   * @param subnets p
   * @param keep xi, above 0 and at most 1
   */
  public Plan bernoulliMasks(int subnets, double keep) {
    return with(PlanKey.MASK, "bernoulli").with(PlanKey.SUBNETS, subnets).with(PlanKey.KEEP, keep);
  }

  /**
   * The neurons are cut into equal parts at random, one a subnet, anew in each round.
   *
   * @param subnets p; divides the width
   */
  public Plan partition(int subnets) {
    return with(PlanKey.MASK, "partition").with(PlanKey.SUBNETS, subnets);
  }

  /** No masks: one network that holds everything. */
  public Plan unmasked() {
    return with(PlanKey.MASK, "full").with(PlanKey.SUBNETS, 1);
  }

  /** K: how many rounds. */
  public Plan rounds(long rounds) {
    return with(PlanKey.ROUNDS, rounds);
  }

  /** tau: how many gradient steps each subnet takes in a round. */
  public Plan localSteps(int steps) {
    return with(PlanKey.LOCAL_STEPS, steps);
  }

  /** eta: the step size; without one it follows from the tangent kernel's largest eigenvalue. */
  public Plan stepSize(double size) {
    return with(PlanKey.STEP_SIZE, size);
  }

  /** B: how many samples a local step sees. */
  public Plan batch(int samples) {
    return with(PlanKey.BATCH, samples);
  }

  /** Each local step sees all samples. */
  public Plan fullBatch() {
    return with(PlanKey.BATCH, "full");
  }

  /** Holds a share of the rows out of the training, to score the model on. */
  public Plan heldOut(double share) {
    return with(PlanKey.SPLIT, share);
  }

  /** The number type that the training computes in. */
  public Plan precision(Precision precision) {
    return with(PlanKey.PRECISION, precision.name());
  }

  /** The seed of all randomness: same plan, same data, same model, for any number of threads. */
  public Plan seed(long seed) {
    return with(PlanKey.SEED, seed);
  }

  /** Worker threads; they change no result. */
  public Plan threads(int threads) {
    return with(PlanKey.THREADS, threads);
  }

  /** Every key with the value in force. */
  public Map<String, Object> toMap() {
    return Collections.unmodifiableMap(ShallotException.guarded(document::toMap));
  }

  PlanDocument document() {
    return document;
  }

  @Override
  public String toString() {
    return "Plan" + toMap();
  }
}
