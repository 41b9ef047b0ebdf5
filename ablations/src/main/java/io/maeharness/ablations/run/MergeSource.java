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
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One of the runs that are merged.
 *
 * @param name as the user wrote it
 * @param store its results
 * @param rows all of them
 * @param provenance records by key, of the rows
 * @param preferred whether its values are taken where two kinds of processors differ
 */
record MergeSource(
        String name, ResultStore store, List<ResultRow> rows, Map<String, Provenance> provenance, boolean preferred) {
    private static final String UNKNOWN = "unknown";

    static MergeSource of(Path directory, boolean preferred) {
        ResultStore store = ResultStore.in(directory)
                .orElseThrow(() -> new HarnessException(
                        HarnessException.Kind.USAGE,
                        "there is no " + ResultStore.FILE_NAME + " in " + directory
                                + " or its folder data; name the directory of a run or a published one"));
        List<ResultRow> rows = store.rows();
        Map<String, Provenance> records = new HashMap<>();
        rows.stream()
                .map(ResultRow::provenance)
                .filter(key -> !key.isEmpty())
                .distinct()
                .forEach(key -> store.provenance().read(key).ifPresent(record -> records.put(key, record)));
        return new MergeSource(directory.toString(), store, rows, records, preferred);
    }

    /** Files of the outcomes of finished stages, by hash; none in a published directory. */
    Map<String, Path> outcomes() {
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

    private Optional<Provenance> of(ResultRow row) {
        return Optional.ofNullable(provenance.get(row.provenance()));
    }

    /** Number format of a row's stage; empty where the row has no record. */
    String precision(ResultRow row) {
        return of(row).map(record -> record.engine().precision()).orElse("");
    }

    /** What computed a row's stage. */
    String processor(ResultRow row) {
        return of(row).map(record -> record.engine().device().startsWith("cpu")
                        ? record.host().processor()
                        : record.engine().device())
                .orElse(UNKNOWN);
    }

    /** Whether the row's stage must give the same bits on the same processor: what measures time does not. */
    boolean isReproducible(ResultRow row) {
        return of(row).filter(record -> !record.stage().kind().equals("wall-clock"))
                .isPresent();
    }
}
