package io.maeharness.ablations;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.maeharness.ablations.tables.PaperTable;
import org.junit.jupiter.api.Test;

/** What packages of this module may see of each other; the arrows between modules are held in {@code cli}, which sees all. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.maeharness");

    @Test
    void tablesNeitherReadNorWriteNorCompute() {
        noClasses()
                .that()
                .resideInAPackage("io.maeharness.ablations.tables..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.nio..",
                        "ai.djl..",
                        "io.maeharness.core.train..",
                        "io.maeharness.ablations.run..")
                .check(CLASSES);
    }

    @Test
    void theEngineIsLoadedInWorkersOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.maeharness.ablations.run..",
                        "io.maeharness.ablations.plan..",
                        "io.maeharness.ablations.stages..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "io.maeharness.core.train..")
                .check(CLASSES);
    }

    @Test
    void tablesAreFoundByTheirPackage() {
        classes()
                .that()
                .implement(PaperTable.class)
                .should()
                .resideInAPackage("io.maeharness.ablations.tables..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.maeharness.ablations.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
