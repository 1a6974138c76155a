package dev.shallot.data;

import java.util.Optional;

/** Changes single settings of a plan. */
final class TestPlans {
  private DataPlan plan;

  private TestPlans(DataPlan plan) {
    this.plan = plan;
  }

  static TestPlans with(DataPlan plan) {
    return new TestPlans(plan);
  }

  static TestPlans paper(String target) {
    return with(DataPlan.paper(Optional.of(target)));
  }

  static TestPlans practitioner(String target) {
    return with(DataPlan.practitioner(Optional.of(target)));
  }

  DataPlan plan() {
    return plan;
  }

  PreparedData prepare(Table table) {
    return PreparedData.prepare(table, plan);
  }

  TestPlans features(String text) {
    return set(Optional.of(text), plan.exclude(), plan.rows());
  }

  TestPlans exclude(String text) {
    return set(plan.features(), Optional.of(text), plan.rows());
  }

  TestPlans rows(String text) {
    return set(plan.features(), plan.exclude(), Optional.of(text));
  }

  private TestPlans set(
      Optional<String> features, Optional<String> exclude, Optional<String> rows) {
    plan =
        new DataPlan(
            plan.target(),
            features,
            exclude,
            rows,
            plan.format(),
            plan.missing(),
            plan.scale(),
            plan.unitRows(),
            plan.labelScale(),
            plan.bias(),
            plan.split(),
            plan.seed());
    return this;
  }

  TestPlans missing(MissingPolicy missing) {
    return set(missing, plan.scale(), plan.unitRows(), plan.labelScale(), plan.bias());
  }

  TestPlans scale(FeatureScale scale) {
    return set(plan.missing(), scale, plan.unitRows(), plan.labelScale(), plan.bias());
  }

  TestPlans unitRows(boolean unitRows) {
    return set(plan.missing(), plan.scale(), unitRows, plan.labelScale(), plan.bias());
  }

  TestPlans labelScale(LabelScale labelScale) {
    return set(plan.missing(), plan.scale(), plan.unitRows(), labelScale, plan.bias());
  }

  TestPlans bias(boolean bias) {
    return set(plan.missing(), plan.scale(), plan.unitRows(), plan.labelScale(), bias);
  }

  private TestPlans set(
      MissingPolicy missing,
      FeatureScale scale,
      boolean unitRows,
      LabelScale labelScale,
      boolean bias) {
    plan =
        new DataPlan(
            plan.target(),
            plan.features(),
            plan.exclude(),
            plan.rows(),
            plan.format(),
            missing,
            scale,
            unitRows,
            labelScale,
            bias,
            plan.split(),
            plan.seed());
    return this;
  }

  TestPlans split(double split, long seed) {
    plan =
        new DataPlan(
            plan.target(),
            plan.features(),
            plan.exclude(),
            plan.rows(),
            plan.format(),
            plan.missing(),
            plan.scale(),
            plan.unitRows(),
            plan.labelScale(),
            plan.bias(),
            split,
            seed);
    return this;
  }
}
