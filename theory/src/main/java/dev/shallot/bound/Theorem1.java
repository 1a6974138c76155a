package dev.shallot.bound;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Theorem 1, of Du et al. 2018: without parallel rows the infinite kernel is definite. */
public final class Theorem1 implements Statement {

  @Override
  public String id() {
    return "T1";
  }

  @Override
  public String title() {
    return "Theorem 1 (Du et al.)";
  }

  @Override
  public String claim() {
    return "if no two rows are parallel, lambda_0 > 0";
  }

  @Override
  public List<Label> labels() {
    return List.of(Label.SRC);
  }

  @Override
  public Judgement judge(Setting s, Optional<RunEvidence> run) {
    Interval lambda = s.lambda();
    boolean equal = Assumptions.equalRows(s);
    BoundReport report =
        new BoundReport(
            "T1-LAMBDA",
            "lambda_0 is above 0",
            Label.EXPL,
            BoundReport.Claim.ABOVE,
            s.inputs("n", "d", "xi"),
            0.0,
            Optional.of(Measured.once(equal ? 0.0 : lambda.estimate())),
            false,
            lambda.positive() == Verdict.HOLDS
                ? "proven: not below %.9g, rounding included".formatted(lambda.low())
                : Assumptions.lambda(s).note());
    List<BoundReport> reports =
        equal || lambda.positive() == Verdict.HOLDS
            ? List.of(report)
            : List.of(report.withoutMeasurement());
    return new Judgement(
        this,
        true,
        List.of(Assumptions.unitRows(s), Assumptions.notParallel(s)),
        Map.of(),
        reports,
        "sufficient, not necessary: opposite rows are parallel and yet do no harm");
  }
}
