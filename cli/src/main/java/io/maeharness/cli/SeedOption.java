package io.maeharness.cli;

import io.maeharness.workbench.StageSelector;
import picocli.CommandLine.Option;

/** The option that says which seed's stage of a case is meant, as {@link StageSelector} takes it. */
final class SeedOption {
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "which seed of a case (default: ${DEFAULT-VALUE})")
    private long seed;

    long seed() {
        return seed;
    }
}
