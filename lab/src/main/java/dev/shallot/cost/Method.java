package dev.shallot.cost;

import dev.shallot.run.RunException;

/**
 * Ways to train one network with p workers. In each of them a worker sees the same number of
 * samples a round, {@code tau b}: they differ in how much of the network a worker holds, and how
 * often what was learned is exchanged. Where nothing else is said, a worker holds the whole network
 * and there is one exchange a round.
 *
 * <p>In an exchange a worker gets the rows that it holds and sends them back: {@code 2 h row}
 * bytes, as {@link dev.shallot.training.ByteLedger} counts them.
 */
public sealed interface Method {
  /** How it is called. */
  String word();

  /** h: neurons that a worker trains. */
  default double held(Work work, double workers) {
    return work.width();
  }

  /** How often all workers exchange a round long. */
  default double exchanges(Work work) {
    return 1;
  }

  /** Independent subnet training: p equal parts, every neuron at one worker. */
  record IndependentSubnets() implements Method {
    @Override
    public String word() {
      return "ist";
    }

    @Override
    public double held(Work work, double workers) {
      return work.width() / workers;
    }
  }

  /**
   * Bernoulli masks: a worker holds a neuron with probability xi.
   *
   * @param keep xi
   */
  record Bernoulli(double keep) implements Method {
    public Bernoulli {
      if (!(keep > 0 && keep <= 1)) {
        throw new RunException("the keep probability is above 0 and at most 1, not " + keep + ".");
      }
    }

    @Override
    public String word() {
      return "bernoulli";
    }

    @Override
    public double held(Work work, double workers) {
      return keep * work.width();
    }
  }

  /** Local SGD: everybody trains the whole network, and the copies are averaged once a round. */
  record LocalSgd() implements Method {
    @Override
    public String word() {
      return "local-sgd";
    }
  }

  /** Data-parallel SGD: as local SGD, with an exchange of gradients after every step. */
  record DataParallel() implements Method {
    @Override
    public String word() {
      return "data-parallel";
    }

    @Override
    public double exchanges(Work work) {
      return work.localSteps();
    }
  }
}
