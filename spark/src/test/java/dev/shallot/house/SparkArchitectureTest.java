package dev.shallot.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows around Spark. */
class SparkArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.shallot");

  @Test
  void nobodyKnowsSparkButItsOwnModule() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.shallot.spark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..", "dev.shallot.spark..")
        .check(ALL);
  }

  @Test
  void theEngineKnowsNeitherRunFoldersNorTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("dev.shallot.spark")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.shallot.run..", "dev.shallot.cli..", "dev.shallot.spark.ml..")
        .check(ALL);
  }
}
