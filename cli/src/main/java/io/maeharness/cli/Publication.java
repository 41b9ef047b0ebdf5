package io.maeharness.cli;

import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.reporting.Pictures;
import io.maeharness.results.ResultStore;
import io.maeharness.results.ResultStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The published results of a profile: a report whose data are a results store, which every publication adds to.
 *
 * <p>So a machine that has measured one table can publish it without having measured the others. What is no longer of the
 * profile's configuration goes.
 *
 * @param directory where they lie
 */
record Publication(Path directory) {
    /**
     * Adds the results of a run directory and renders the whole anew. When that fails, what was published is intact.
     *
     * @param writer of the configuration that is published
     * @throws ResultStoreException when something of either is damaged, or cannot be written
     */
    void add(ReportWriter writer, OutputDirectory run) {
        Path fresh = directory.resolveSibling("." + directory.getFileName() + ".new");
        Path merged = directory.resolveSibling("." + directory.getFileName() + ".merged");
        try {
            delete(fresh);
            delete(merged);
            Path pictures = merged.resolve("pictures");
            ResultStore store = new ResultStore(merged);
            store.complete(run.results());
            store.complete(new ResultStore(directory.resolve("data")));
            Pictures.complete(pictures, run.pictures());
            Pictures.complete(pictures, directory.resolve("pictures"));
            writer.write(store, pictures, fresh);
            delete(directory);
            Files.move(fresh, directory);
        } catch (IOException e) {
            throw new ResultStoreException(
                    ResultStoreException.Kind.IO,
                    "cannot publish into " + directory + " (" + e.getMessage() + "); check that it can be written",
                    e);
        } finally {
            deleteQuietly(fresh);
            deleteQuietly(merged);
        }
    }

    private static void deleteQuietly(Path directory) {
        try {
            delete(directory);
        } catch (IOException e) {
            // What is left behind is removed by the next publication.
            directory.toFile().deleteOnExit();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
