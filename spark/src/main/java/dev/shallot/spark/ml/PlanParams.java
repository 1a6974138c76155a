package dev.shallot.spark.ml;

import dev.shallot.run.PlanKey;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * Keys of a plan as params. What is not set has the plan's default.
 *
 * @param <S> the stage itself
 */
public interface PlanParams<S> extends Params {

  /** m, the number of hidden neurons. */
  default IntParam width() {
    return whole(PlanKey.WIDTH);
  }

  /** Sets {@link #width}. */
  default S setWidth(int value) {
    return with(width(), value);
  }

  /** phi: relu, softplus, gelu or tanh. */
  default Param<String> activation() {
    return text(PlanKey.ACTIVATION);
  }

  /** Sets {@link #activation}. */
  default S setActivation(String value) {
    return with(activation(), value);
  }

  /** Which subnet holds which neuron: full, bernoulli, categorical or partition. */
  default Param<String> mask() {
    return text(PlanKey.MASK);
  }

  /** Sets {@link #mask}. */
  default S setMask(String value) {
    return with(mask(), value);
  }

  /** xi, the probability that a Bernoulli mask keeps a neuron. */
  default DoubleParam keep() {
    return real(PlanKey.KEEP);
  }

  /** Sets {@link #keep}. */
  default S setKeep(double value) {
    return with(keep(), value);
  }

  /** p, the subnets of a round. */
  default IntParam subnets() {
    return whole(PlanKey.SUBNETS);
  }

  /** Sets {@link #subnets}. */
  default S setSubnets(int value) {
    return with(subnets(), value);
  }

  /** K, the number of rounds. */
  default IntParam rounds() {
    return whole(PlanKey.ROUNDS);
  }

  /** Sets {@link #rounds}. */
  default S setRounds(int value) {
    return with(rounds(), value);
  }

  /** tau, the gradient steps of each subnet in a round. */
  default IntParam localSteps() {
    return whole(PlanKey.LOCAL_STEPS);
  }

  /** Sets {@link #localSteps}. */
  default S setLocalSteps(int value) {
    return with(localSteps(), value);
  }

  /** eta, the step size. Unset: from the tangent kernel's largest eigenvalue. */
  default DoubleParam stepSize() {
    return real(PlanKey.STEP_SIZE);
  }

  /** Sets {@link #stepSize}. */
  default S setStepSize(double value) {
    return with(stepSize(), value);
  }

  /** mu, the momentum of local steps. */
  default DoubleParam momentum() {
    return real(PlanKey.MOMENTUM);
  }

  /** Sets {@link #momentum}. */
  default S setMomentum(double value) {
    return with(momentum(), value);
  }

  /** B, the samples of a local step. For all samples, put batch=full into {@link #plan}. */
  default IntParam batchSize() {
    return whole(PlanKey.BATCH);
  }

  /** Sets {@link #batchSize}. */
  default S setBatchSize(int value) {
    return with(batchSize(), value);
  }

  /** The seed of all randomness. */
  default LongParam seed() {
    return new LongParam(this, ParamNames.of(PlanKey.SEED), ParamNames.description(PlanKey.SEED));
  }

  /** Sets {@link #seed}. */
  default S setSeed(long value) {
    return with(seed(), value);
  }

  /** Further keys of the plan, each as KEY=VALUE, such as {@code missing=mean}. */
  default StringArrayParam plan() {
    return new StringArrayParam(this, "plan", "further keys of the plan, each KEY=VALUE");
  }

  /** Sets {@link #plan}. */
  default S setPlan(String... keysAndValues) {
    return with(plan(), keysAndValues);
  }

  private IntParam whole(PlanKey key) {
    return new IntParam(this, ParamNames.of(key), ParamNames.description(key));
  }

  private DoubleParam real(PlanKey key) {
    return new DoubleParam(this, ParamNames.of(key), ParamNames.description(key));
  }

  private Param<String> text(PlanKey key) {
    return new Param<>(this, ParamNames.of(key), ParamNames.description(key));
  }

  @SuppressWarnings("unchecked")
  private S with(Param<?> param, Object value) {
    set((Param<Object>) param, value);
    return (S) this;
  }
}
