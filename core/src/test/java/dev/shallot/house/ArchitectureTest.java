package dev.shallot.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of the house, and what must not be in the core. */
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.shallot");

  @Test
  void packagesDoNotKnowEachOtherInCircles() {
    slices().matching("dev.shallot.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void theCoreUsesTheJdkAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("dev.shallot..", "java..", "jdk.incubator.vector..")
        .check(CORE);
  }

  @Test
  void engineAndBelowDoNotKnowTheLoop() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.shallot.engine..",
            "dev.shallot.numeric..",
            "dev.shallot.plan..",
            "dev.shallot.mask..",
            "dev.shallot.network..",
            "dev.shallot.random..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.shallot.training..")
        .check(CORE);
  }

  @Test
  void noClockNoSharedRandomnessNoHashOrder() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.time..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            java.util.Random.class,
            java.util.concurrent.ThreadLocalRandom.class,
            java.util.HashMap.class,
            java.util.HashSet.class)
        .orShould()
        .callMethod(java.util.Locale.class, "getDefault")
        .check(CORE);
  }
}
