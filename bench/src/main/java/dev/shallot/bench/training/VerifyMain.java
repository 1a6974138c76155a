package dev.shallot.bench.training;

import java.util.Locale;

/** Checks that all who are measured compute the same: {@code VerifyMain THREADS CASE...}. */
public final class VerifyMain {
  private VerifyMain() {}

  /** Prints "who threads case distance tolerance" a line. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int threads = Integer.parseInt(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      Problem problem = Problem.of(Case.parse(arguments[i]));
      double[] judged = Agreement.trained(problem, Who.DENSE_F64, threads);
      for (Who who : Who.values()) {
        if (VerifySection.applies(who, problem.sizes(), threads)) {
          System.out.printf(
              "%s %d %s %.2e %.0e%n",
              who,
              threads,
              problem.sizes(),
              Agreement.distance(problem, who, threads, judged),
              VerifySection.tolerance(who));
        }
      }
    }
  }
}
