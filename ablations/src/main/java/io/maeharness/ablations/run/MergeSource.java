package io.maeharness.ablations.run;

import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One of the runs that are merged.
 *
 * @param name as the user wrote it
 * @param store its results
 * @param rows all of them
 * @param provenance all of its records by key, which is the hash of their stage
 * @param outcomes files of the outcomes of its finished stages, by hash; none in a published directory
 * @param preferred whether its values are taken where two kinds of processors differ
 */
record MergeSource(
        String name,
        ResultStore store,
        List<ResultRow> rows,
        Map<String, Provenance> provenance,
        Map<String, Path> outcomes,
        boolean preferred) {
    static MergeSource of(Path directory, boolean preferred) {
        ResultStore store = ResultStore.in(directory)
                .orElseThrow(() -> new HarnessException(
                        HarnessException.Kind.USAGE,
                        "there is no " + ResultStore.FILE_NAME + " in " + directory
                                + " or its folder data; name the directory of a run or a published one"));
        Map<String, Provenance> records = new HashMap<>();
        store.stages().forEach(key -> store.provenance().read(key).ifPresent(record -> records.put(key, record)));
        return new MergeSource(directory.toString(), store, store.rows(), records, outcomes(store), preferred);
    }

    /** Hashes of the stages that are finished here, as a record or an outcome says. */
    Set<String> finished() {
        Set<String> finished = new TreeSet<>(provenance.keySet());
        finished.addAll(outcomes.keySet());
        return finished;
    }

    private static Map<String, Path> outcomes(ResultStore store) {
        OutputDirectory run = new OutputDirectory(store.directory());
        Map<String, Path> outcomes = new TreeMap<>();
        if (!Files.isDirectory(run.stages())) {
            return outcomes;
        }
        try (Stream<Path> stages = Files.list(run.stages())) {
            stages.map(stage -> stage.getFileName().toString())
                    .filter(hash -> Files.isRegularFile(run.outcome(hash)))
                    .forEach(hash -> outcomes.put(hash, run.outcome(hash)));
            return outcomes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a stage came about here, if there is a record. */
    Optional<Provenance> record(String stage) {
        return Optional.ofNullable(provenance.get(stage));
    }

    /** Number format of a row's stage; empty where the row has no record. */
    String precision(ResultRow row) {
        return record(row.provenance())
                .map(record -> record.engine().precision())
                .orElse("");
    }
}
