package dev.shallot.bench.training;

import dev.shallot.bench.Section;
import dev.shallot.bench.Workshop;
import dev.shallot.bench.report.Results;
import dev.shallot.plan.Aggregation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everybody trains two rounds, and must move the weights where our dense engine in float64 moves
 * them; the reference engine, the executable specification, is held against it too.
 */
public final class VerifySection implements Section {

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String summary() {
    return "everybody computes the same, or nothing is measured";
  }

  /** How far apart float32 and float64 may be, relative to the movement. */
  static double tolerance(Who who) {
    return who == Who.REFERENCE || who == Who.GRAM_F64 ? 1e-9 : 1e-3;
  }

  /** Whether somebody is checked on a case; who takes seconds is not checked twice. */
  static boolean applies(Who who, Case sizes, int threads) {
    boolean multiSample = sizes.aggregation() == Aggregation.SUBNET_MEAN;
    if (who == Who.DENSE_F64 || (who.multiSampleOnly() && !multiSample)) {
      return false;
    }
    if (who == Who.JAVA_STRAIGHT && sizes.features() > 1000) {
      return false;
    }
    return !who.slow() || (threads == 1 && !multiSample);
  }

  @Override
  public List<Results.Row> measure(Workshop shop) {
    List<Case> cases = new ArrayList<>();
    for (Case shape :
        shop.quick()
            ? List.of(Case.A, Case.A_CORRELATED)
            : List.of(Case.A, Case.A_CORRELATED, Case.M, Case.B)) {
      cases.add(shape.rounds(2, 2));
      cases.add(shape.multiSample(4));
    }
    List<Results.Row> rows = new ArrayList<>();
    for (String threads : List.of("1", "2")) {
      List<String> arguments =
          Stream.concat(Stream.of(threads), cases.stream().map(Case::toString)).toList();
      for (String line : shop.fork(VerifyMain.class, arguments)) {
        String[] parts = line.split(" ", -1);
        rows.add(
            Results.row(
                "who", parts[0], "threads", parts[1], "case", parts[2], "distance", parts[3]));
        if (!(Double.parseDouble(parts[3]) <= Double.parseDouble(parts[4]))) {
          throw new IllegalStateException(
              "%s with %s threads moves the weights %s of their movement away from our float64"
                      .formatted(parts[0], parts[1], parts[3])
                  + " engine at %s; %s is allowed: no timing".formatted(parts[2], parts[4]));
        }
      }
    }
    return rows;
  }
}
