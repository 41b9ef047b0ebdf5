package io.maeharness.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of docs/decisions/0001-modules.md. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.maeharness");

    @Test
    void modulesSeeOnlyWhatTheArrowsAllow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.maeharness..")
                .withOptionalLayers(true)
                .layer("core")
                .definedBy("io.maeharness.core..")
                .layer("interop")
                .definedBy("io.maeharness.interop..")
                .layer("baselines")
                .definedBy("io.maeharness.baselines..")
                .layer("ablations")
                .definedBy("io.maeharness.ablations..")
                .layer("results")
                .definedBy("io.maeharness.results..")
                .layer("reporting")
                .definedBy("io.maeharness.reporting..")
                .layer("cli")
                .definedBy("io.maeharness.cli..")
                .whereLayer("core")
                .mayNotAccessAnyLayer()
                .whereLayer("results")
                .mayNotAccessAnyLayer()
                .whereLayer("interop")
                .mayOnlyAccessLayers("core")
                .whereLayer("baselines")
                .mayOnlyAccessLayers("core", "interop")
                .whereLayer("ablations")
                .mayOnlyAccessLayers("core", "interop", "baselines", "results")
                .whereLayer("reporting")
                .mayOnlyAccessLayers("results")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void theEngineIsLoadedByWorkersAndNotByTheCommand() {
        noClasses()
                .that()
                .resideInAnyPackage("io.maeharness.cli..", "io.maeharness.reporting..", "io.maeharness.results..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "org.opencv..")
                .check(CLASSES);
    }

    @Test
    void tablesNeitherReadNorWriteNorTrain() {
        noClasses()
                .that()
                .resideInAPackage("io.maeharness.ablations.tables..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "ai.djl..", "io.maeharness.core.train..")
                .check(CLASSES);
    }

    @Test
    void packagesOfCoreHaveNoCycles() {
        slices().matching("io.maeharness.core.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesOfAblationsHaveNoCycles() {
        slices().matching("io.maeharness.ablations.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void codeLivesWithTheNounItServes() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameStartingWith("Common")
                .check(CLASSES);
    }
}
