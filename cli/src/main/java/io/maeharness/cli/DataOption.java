package io.maeharness.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says where images lie. */
final class DataOption {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "where the images of cifar10, fashion-mnist or imagefolder lie")
    private Optional<Path> directory = Optional.empty();

    /** Where the images lie, if the command line says. */
    Optional<Path> directory() {
        return directory;
    }
}
