package dev.shallot.bench.training;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/** What a curve varies; everything else stays. */
enum Axis {
  WIDTH("m", "width m"),
  SAMPLES("n", "samples n"),
  KEEP("xi", "keep probability xi"),
  LOCAL_STEPS("tau", "local steps tau"),
  /** The second thread helps as much as there are subnets to share out. */
  SUBNETS("p", "subnets p");

  final String symbol;
  final String label;

  Axis(String symbol, String label) {
    this.symbol = symbol;
    this.label = label;
  }

  List<Case> points(Case shape) {
    boolean small = shape.samples() == Case.A.samples();
    return switch (this) {
      case WIDTH ->
          small
              ? points(m -> shape.width((int) m), 500, 1000, 2000, 4000, 8000, 16000)
              : points(m -> shape.width((int) m), 250, 500, 1000, 2000, 4000, 8000);
      case SAMPLES ->
          small
              ? points(n -> shape.samples((int) n), 25, 50, 100, 200, 400, 800)
              : points(n -> shape.samples((int) n), 50, 100, 200, 400, 800, 1600);
      case KEEP -> points(shape::keep, 0.0625, 0.125, 0.25, 0.5, 0.75, 1);
      case LOCAL_STEPS -> points(tau -> shape.rounds(4, (int) tau), 1, 2, 5, 10, 20, 40);
      case SUBNETS -> points(p -> shape.rounds((int) p, 5), 1, 2, 3, 4, 6, 8);
    };
  }

  private static List<Case> points(DoubleFunction<Case> at, double... values) {
    return DoubleStream.of(values).mapToObj(at).toList();
  }

  double value(Case sizes) {
    return switch (this) {
      case WIDTH -> sizes.width();
      case SAMPLES -> sizes.samples();
      case KEEP -> sizes.keep();
      case LOCAL_STEPS -> sizes.localSteps();
      case SUBNETS -> sizes.subnets();
    };
  }
}
