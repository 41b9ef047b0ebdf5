package io.maeharness.cli;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.results.ResultStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories of results that the command line names. */
final class ResultDirectory {
    private ResultDirectory() {}

    /**
     * The store of a directory of a run, or of a published one.
     *
     * @param asked the option or command that names it
     * @throws HarnessException of kind USAGE when there is no such directory, or it holds no results
     */
    static ResultStore open(String asked, Path directory) {
        return ResultStore.in(directory)
                .orElseThrow(() -> new HarnessException(
                        Kind.USAGE,
                        asked + ": there is no "
                                + (Files.isDirectory(directory)
                                        ? ResultStore.FILE_NAME + " in " + directory + " or its folder data"
                                        : "directory " + directory)
                                + "; name a published directory or that of a run"));
    }
}
