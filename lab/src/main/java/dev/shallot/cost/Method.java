package dev.shallot.cost;

import dev.shallot.run.RunException;

/**
 * Ways to train one network with p workers. In each of them a worker sees the same number of
 * samples a round, {@code tau b}: they differ in how much of the network a worker holds, and how
 * often what was learned is exchanged.
 */
public sealed interface Method {
  /** How it is called. */
  String word();

  /** Neurons that a worker trains. */
  double held(Work work, double workers);

  /** How often all workers exchange a round long. */
  double exchanges(Work work);

  /**
   * Bytes that a worker sends in one exchange; it receives as many at the same time. The network
   * lives in p parts on the p workers. Rows of held neurons come from there and go back, and one in
   * p is at home already: {@code 2 h (1 - 1/p) row}. An all-reduce over a ring sends as much of the
   * whole network: {@code 2 m (1 - 1/p) row} (Patarasuk and Yuan 2009), which no all-reduce beats.
   */
  default double exchangeBytes(Work work, double workers) {
    return 2 * held(work, workers) * (1 - 1 / workers) * work.rowBytes();
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

    @Override
    public double exchanges(Work work) {
      return 1;
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

    @Override
    public double exchanges(Work work) {
      return 1;
    }
  }

  /** Local SGD: everybody trains the whole network, and the copies are averaged once a round. */
  record LocalSgd() implements Method {
    @Override
    public String word() {
      return "local-sgd";
    }

    @Override
    public double held(Work work, double workers) {
      return work.width();
    }

    @Override
    public double exchanges(Work work) {
      return 1;
    }
  }

  /** Data-parallel SGD: as local SGD, with an exchange of gradients after every step. */
  record DataParallel() implements Method {
    @Override
    public String word() {
      return "data-parallel";
    }

    @Override
    public double held(Work work, double workers) {
      return work.width();
    }

    @Override
    public double exchanges(Work work) {
      return work.localSteps();
    }
  }
}
