package dev.shallot.cost;

import dev.shallot.run.RunException;

/**
 * What is trained.
 *
 * @param width m
 * @param features d
 * @param outputs c
 * @param samples that one worker sees in one local step
 * @param localSteps tau, local steps a round
 * @param trainsOutput whether output weights are trained, and travel with their neuron
 * @param bytesPerNumber 4 or 8
 */
public record Work(
    double width,
    double features,
    double outputs,
    double samples,
    double localSteps,
    boolean trainsOutput,
    int bytesPerNumber) {

  public Work {
    if (!(width >= 1 && features >= 1 && outputs >= 1 && samples >= 1 && localSteps >= 1)) {
      throw new RunException(
          "width, features, outputs, samples and local steps must be at least 1, but are %s, %s, %s, %s and %s."
              .formatted(width, features, outputs, samples, localSteps));
    }
  }

  /**
   * Bytes of the row of a neuron that travels: its d hidden weights, and its c outputs' if trained.
   */
  public double rowBytes() {
    return (features + (trainsOutput ? outputs : 0)) * bytesPerNumber;
  }

  /** Bytes of the whole network's trained weights. */
  public double modelBytes() {
    return width * rowBytes();
  }

  /**
   * Floating-point operations of one local step on h held neurons and b samples: {@code h b (4 d +
   * 4 c)}, forward and backward, and {@code 2 h b c} more if the output layer is trained.
   */
  public double stepFlops(double held, double perStep) {
    return held * perStep * (4 * features + (trainsOutput ? 6 : 4) * outputs);
  }
}
