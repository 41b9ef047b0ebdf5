package io.maeharness.workbench.report;

import io.maeharness.ablations.run.RunMerge;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.reporting.Pictures;
import io.maeharness.results.ResultStore;
import io.maeharness.results.claims.LookLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The results of several runs in one directory: rows, provenance, loss curves and outcomes, as {@link RunMerge} joins them,
 * looks at claims and pictures.
 *
 * @param runs directories of runs, or published ones
 * @param preferred the run whose values are taken where different processors, or two timings, differ
 * @param target what it holds already is joined with them
 */
public record JoinedResults(List<Path> runs, Optional<Path> preferred, OutputDirectory target) {
    /** Copies the list. */
    public JoinedResults {
        runs = List.copyOf(runs);
    }

    /** Joins them; returns the number of values. */
    public long write() {
        long values = new RunMerge(runs, preferred, target).run();
        List<Path> stores = runs.stream()
                .flatMap(run -> ResultStore.in(run).stream())
                .map(ResultStore::directory)
                .toList();
        LookLedger.add(target.root(), LookLedger.in(stores).looks());
        runs.forEach(run -> Pictures.complete(target.pictures(), pictures(run)));
        return values;
    }

    /** A report has its pictures beside its data, a run beside its rows. */
    private static Path pictures(Path run) {
        Path store = ResultStore.in(run).map(ResultStore::directory).orElse(run);
        return store.equals(run.resolve("data")) ? run.resolve("pictures") : store.resolve("pictures");
    }
}
