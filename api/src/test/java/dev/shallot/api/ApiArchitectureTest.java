package dev.shallot.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The stable part stays small: it stands on the lab, and nothing stands on it but the jar. */
class ApiArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.shallot");

  @Test
  void nothingBelowKnowsTheApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.shallot.api..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.shallot.api..")
        .check(ALL);
  }

  @Test
  void publicClassesAreFinalRecordsOrInterfaces() {
    classes()
        .that()
        .resideInAPackage("dev.shallot.api..")
        .and()
        .areNotInterfaces()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(ALL);
  }
}
