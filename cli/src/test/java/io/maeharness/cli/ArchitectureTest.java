package io.maeharness.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                .layer("files")
                .definedBy("io.maeharness.files..")
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
                .layer("workbench")
                .definedBy("io.maeharness.workbench..")
                .layer("cli")
                .definedBy("io.maeharness.cli..")
                .whereLayer("files")
                .mayNotAccessAnyLayer()
                .whereLayer("core")
                .mayOnlyAccessLayers("files")
                .whereLayer("results")
                .mayOnlyAccessLayers("files")
                .whereLayer("interop")
                .mayOnlyAccessLayers("files", "core")
                .whereLayer("baselines")
                .mayOnlyAccessLayers("files", "core", "interop")
                .whereLayer("ablations")
                .mayOnlyAccessLayers("files", "core", "interop", "baselines", "results")
                .whereLayer("reporting")
                .mayOnlyAccessLayers("files", "results")
                .whereLayer("workbench")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void theEngineIsLoadedByWorkersAndNotByTheCommand() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.maeharness.cli..",
                        "io.maeharness.workbench..",
                        "io.maeharness.reporting..",
                        "io.maeharness.results..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "org.opencv..")
                .check(CLASSES);
    }

    @Test
    void theWorkbenchDoesNotKnowHowItIsAskedOrShown() {
        noClasses()
                .that()
                .resideInAPackage("io.maeharness.workbench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.maeharness.cli..", "picocli..")
                .check(CLASSES);
    }

    @Test
    void theSessionStandsBelowWhatIsDoneWithIt() {
        noClasses()
                .that()
                .resideInAPackage("io.maeharness.workbench")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.maeharness.workbench.(*)..")
                .check(CLASSES);
        slices().matching("io.maeharness.workbench.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    /** A GPU's copy has to be released, and each reading waits for it: {@code HostCopy} does the one and counts the other. */
    @Test
    void valuesAreReadFromADeviceInOnePlace() {
        noClasses()
                .that()
                .resideInAnyPackage("io.maeharness.core..", "io.maeharness.baselines..")
                .and()
                .resideOutsideOfPackages("io.maeharness.core.engine", "io.maeharness.core.device")
                .should()
                .callMethodWhere(target(nameMatching("to(Float|Long|Int|Double|Byte)?(Array|ByteBuffer)|getFloat"))
                        .and(target(owner(assignableTo(NDArray.class)))))
                .check(CLASSES);
    }

    @Test
    void packagesOfCoreHaveNoCycles() {
        slices().matching("io.maeharness.core.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theMapNamesEveryPackage() throws IOException {
        String map = Files.readString(Path.of("..", "docs", "architecture.md"));
        assertEquals(
                List.of(),
                CLASSES.stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(JavaClass::getPackageName)
                        .distinct()
                        .filter(name -> !name.endsWith("jmh_generated"))
                        .filter(name -> !map.contains("`" + name.substring("io.maeharness.".length()) + "`"))
                        .toList());
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
