package dev.shallot.bench.training;

/** What kind of rounds are measured. */
enum Load {
  /** Plain dropout: one mask, one step. */
  STEP("one step: p = 1, tau = 1"),
  /** A round in which what is around the steps is shared by twenty of them. */
  ROUND("a step within a round: p = 4, tau = 5"),
  /** Multi-sample dropout: four masks, one step, the losses averaged. */
  MULTI("multi-sample dropout: p = 4, tau = 1, losses averaged"),
  /** Two hundred rounds, engine opened and weights taken too. */
  RUN("a whole run: p = 4, tau = 5, 200 rounds, opening included");

  final String label;

  Load(String label) {
    this.label = label;
  }

  Case of(Case shape) {
    return switch (this) {
      case STEP -> shape.rounds(1, 1);
      case ROUND, RUN -> shape.rounds(4, 5);
      case MULTI -> shape.multiSample(4);
    };
  }

  /** Rounds of one measured call, from the first round on. */
  int rounds(Case shape, Who who) {
    if (who.slow()) {
      return 1;
    }
    boolean large = shape.denseFlops() > 5e8;
    return switch (this) {
      case STEP -> large ? 20 : 100;
      case ROUND -> large ? 3 : 20;
      case MULTI -> large ? 5 : 50;
      case RUN -> 200;
    };
  }
}
