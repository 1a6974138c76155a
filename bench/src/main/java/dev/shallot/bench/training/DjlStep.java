package dev.shallot.bench.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;

/** One local step on DJL arrays; w (rows x d) changes in place, temporaries are freed at once. */
enum DjlStep {
  /**
   * The gradient written out, activations as samples x rows. Everything that is scalar is folded
   * into the small residual, and the mask (where there is one) into a, so that the large matrices
   * see three products, one ReLU and one gate.
   */
  BY_HAND {
    @Override
    void take(Sets sets, NDArray w, NDArray a) {
      try (NDArray wt = w.transpose();
          NDArray z = sets.x.matMul(wt);
          NDArray activation = z.getNDArrayInternal().relu();
          NDArray error = activation.matMul(a);
          NDArray at = a.transpose()) {
        error.muli(sets.scale).subi(sets.y).muli(sets.stepSize * sets.scale);
        // The sign of a ReLU's output is the gate, in floats and in place: half the time of a
        // comparison and a product with booleans.
        NDArray gate = activation.signi();
        try (NDArray backward = error.matMul(at).muli(gate);
            NDArray backwardT = backward.transpose();
            NDArray gradient = backwardT.matMul(sets.x)) {
          w.subi(gradient);
        }
      }
    }
  },
  /** The same with activations as rows x samples, so that no product sees a transposed matrix. */
  BY_HAND_ROWS {
    @Override
    void take(Sets sets, NDArray w, NDArray a) {
      try (NDArray z = w.matMul(sets.xt);
          NDArray activation = z.getNDArrayInternal().relu();
          NDArray at = a.transpose();
          NDArray error = at.matMul(activation)) {
        error.muli(sets.scale).subi(sets.yt).muli(sets.stepSize * sets.scale);
        NDArray gate = activation.signi();
        try (NDArray backward = a.matMul(error).muli(gate);
            NDArray gradient = backward.matMul(sets.x)) {
          w.subi(gradient);
        }
      }
    }
  },
  /** The forward half only; libtorch finds the gradient. */
  AUTOGRAD {
    @Override
    void take(Sets sets, NDArray w, NDArray a) {
      w.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray output = sets.x.matMul(w.transpose()).getNDArrayInternal().relu().matMul(a);
        NDArray loss = output.mul(sets.scale).sub(sets.y).square().sum().mul(0.5);
        collector.backward(loss);
      }
      descend(w, sets.stepSize);
    }
  };

  /** What all steps share. */
  record Sets(NDArray x, NDArray xt, NDArray y, NDArray yt, float scale, float stepSize) {}

  /** Moves w against the gradient that libtorch found. */
  static void descend(NDArray w, float stepSize) {
    try (NDArray gradient = w.getGradient()) {
      w.setRequiresGradient(false);
      w.subi(gradient.mul(stepSize));
      // libtorch adds to what is there.
      gradient.subi(gradient);
    }
  }

  /** Takes the step; a is rows x c. */
  abstract void take(Sets sets, NDArray w, NDArray a);
}
