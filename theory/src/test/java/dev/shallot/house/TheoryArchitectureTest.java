package dev.shallot.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Kernels and spectra know matrices, not each other, and nothing above them; bounds know both. */
class TheoryArchitectureTest {
  private static final JavaClasses THEORY =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.shallot.kernel", "dev.shallot.spectrum", "dev.shallot.bound");

  @Test
  void kernelsAndSpectraDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.shallot.kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.shallot.spectrum..")
        .check(THEORY);
    noClasses()
        .that()
        .resideInAPackage("dev.shallot.spectrum..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.shallot.kernel..")
        .check(THEORY);
  }

  @Test
  void kernelsAndSpectraDoNotKnowBounds() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.shallot.kernel..", "dev.shallot.spectrum..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.shallot.bound..")
        .check(THEORY);
  }

  @Test
  void theTheoryKnowsTheCoreAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "dev.shallot",
            "dev.shallot.bound..",
            "dev.shallot.kernel..",
            "dev.shallot.spectrum..",
            "dev.shallot.engine",
            "dev.shallot.file..",
            "dev.shallot.mask..",
            "dev.shallot.network..",
            "dev.shallot.numeric..",
            "dev.shallot.plan..",
            "dev.shallot.random..",
            "java..",
            "jdk.incubator.vector..",
            "org.ojalgo..")
        .check(THEORY);
  }

  @Test
  void noClockAndNoSharedRandomness() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            java.util.Random.class,
            java.util.concurrent.ThreadLocalRandom.class,
            java.util.HashMap.class,
            java.util.HashSet.class)
        .check(THEORY);
  }
}
