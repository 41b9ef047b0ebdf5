package io.maeharness.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of docs/decisions/0001-modules.md. */
@AnalyzeClasses(packages = "io.maeharness", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule modulesSeeOnlyWhatTheArrowsAllow = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.maeharness..")
            .withOptionalLayers(true)
            .layer("core")
            .definedBy("io.maeharness.core..")
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
            .whereLayer("baselines")
            .mayOnlyAccessLayers("core")
            .whereLayer("ablations")
            .mayOnlyAccessLayers("core", "baselines", "results")
            .whereLayer("reporting")
            .mayOnlyAccessLayers("results")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule theEngineIsLoadedByWorkersAndNotByTheCommand = noClasses()
            .that()
            .resideInAnyPackage("io.maeharness.cli..", "io.maeharness.reporting..", "io.maeharness.results..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl..", "org.opencv..");

    @ArchTest
    static final ArchRule tablesNeitherReadNorWriteNorTrain = noClasses()
            .that()
            .resideInAPackage("io.maeharness.ablations.tables..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "ai.djl..", "io.maeharness.core.train..");

    @ArchTest
    static final ArchRule packagesOfCoreHaveNoCycles =
            slices().matching("io.maeharness.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfAblationsHaveNoCycles =
            slices().matching("io.maeharness.ablations.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule codeLivesWithTheNounItServes = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameStartingWith("Common");
}
