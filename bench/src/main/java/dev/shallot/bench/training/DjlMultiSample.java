package dev.shallot.bench.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import dev.shallot.mask.MaskSet;
import dev.shallot.plan.Aggregation;

/**
 * Multi-sample dropout as its users write it: one forward product for all p masks, the p losses
 * averaged, one backward product. It is Algorithm 1 with one local step and the mean over all
 * subnets.
 *
 * <p>By hand the p masks are folded into the output weights, side by side (m x pc), so that the
 * large matrices see three products however many masks there are; with autograd each mask
 * multiplies the activations, as the published code does.
 */
final class DjlMultiSample implements Trainer {
  private final boolean autograd;
  private final Libtorch torch;
  private final int subnets;

  DjlMultiSample(Problem problem, boolean autograd, int threads) {
    Case sizes = problem.sizes();
    if (sizes.localSteps() != 1 || sizes.aggregation() != Aggregation.SUBNET_MEAN) {
      throw new IllegalArgumentException(
          "multi-sample dropout takes one local step and averages over all subnets: " + sizes);
    }
    this.autograd = autograd;
    this.subnets = sizes.subnets();
    this.torch = new Libtorch(problem, threads);
  }

  @Override
  public void round(long round, MaskSet masks) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      if (autograd) {
        byAutograd(masks);
      } else {
        byHand(masks);
      }
    }
  }

  private void byHand(MaskSet masks) {
    DjlStep.Sets sets = torch.sets;
    NDList maskedOutputs = new NDList();
    NDList targets = new NDList();
    for (int l = 0; l < subnets; l++) {
      maskedOutputs.add(torch.outputs.mul(torch.mask(masks, l)));
      targets.add(sets.yt());
    }
    NDArray a = NDArrays.concat(maskedOutputs, 1);
    NDArray yt = NDArrays.concat(targets, 0);
    try (NDArray z = torch.whole.matMul(sets.xt());
        NDArray activation = z.getNDArrayInternal().relu();
        NDArray at = a.transpose();
        NDArray error = at.matMul(activation)) {
      error.muli(sets.scale()).subi(yt).muli(sets.stepSize() * sets.scale() / subnets);
      NDArray gate = activation.signi();
      try (NDArray backward = a.matMul(error).muli(gate);
          NDArray gradient = backward.matMul(sets.x())) {
        torch.whole.subi(gradient);
      }
    }
  }

  private void byAutograd(MaskSet masks) {
    DjlStep.Sets sets = torch.sets;
    NDArray w = torch.whole;
    w.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray hidden = sets.x().matMul(w.transpose()).getNDArrayInternal().relu();
      NDArray loss = torch.manager.create(0f);
      for (int l = 0; l < subnets; l++) {
        NDArray output = hidden.mul(torch.mask(masks, l).transpose()).matMul(torch.outputs);
        loss = loss.add(output.mul(sets.scale()).sub(sets.y()).square().sum());
      }
      collector.backward(loss.mul(0.5 / subnets));
    }
    DjlStep.descend(w, sets.stepSize());
  }

  @Override
  public double[] hiddenWeights() {
    return torch.hiddenWeights();
  }

  @Override
  public String description() {
    return Libtorch.description();
  }

  @Override
  public void close() {
    torch.close();
  }
}
