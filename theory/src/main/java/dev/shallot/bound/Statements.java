package dev.shallot.bound;

import java.util.List;

/** All statements, in the order in which they are shown. */
public final class Statements {
  private Statements() {}

  /** Those that need no more than a {@link Setting}. */
  public static List<Statement> all() {
    return List.of(
        new Theorem1(),
        new Theorem2(),
        new Hypothesis1(),
        new Theorem3(),
        new Corollary(Corollary.Kind.DROPOUT),
        new Corollary(Corollary.Kind.MULTI_SAMPLE_DROPOUT),
        new Corollary(Corollary.Kind.MULTI_WORKER),
        new Theorem4(),
        new Theorem5(),
        new LazyLimit(),
        new BothLayers());
  }
}
