package io.maeharness.ablations.run;

import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.ablations.worker.StoreFailure;
import io.maeharness.core.error.HarnessException;
import io.maeharness.results.AtomicFile;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import io.maeharness.results.ResultStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Joins the results of several runs, of one machine or several, into one directory: rows, provenance, loss curves and
 * outcomes, but no weights.
 *
 * <p>Everything is compared before anything is written, and the rows are replaced as a whole and last, so that a merge that
 * is killed leaves the rows that were there. Merging the same runs again changes nothing.
 */
public final class RunMerge {
    private final List<MergeSource> sources;
    private final OutputDirectory output;

    /**
     * A merge.
     *
     * @param runs directories with results, run directories or published ones
     * @param preferred the one whose values are taken where two kinds of processors give different ones
     * @param output where the joined results go; what it holds already is joined with them
     * @throws HarnessException of kind USAGE when a directory holds no results, or the preferred one is none of the runs
     */
    public RunMerge(List<Path> runs, Optional<Path> preferred, OutputDirectory output) {
        this.output = output;
        List<MergeSource> ordered = new ArrayList<>();
        preferred.ifPresent(path -> ordered.add(runs.stream()
                .filter(run -> same(run, path))
                .findFirst()
                .map(run -> MergeSource.of(run, true))
                .orElseThrow(() -> new HarnessException(
                        HarnessException.Kind.USAGE,
                        "--prefer " + path + " is none of the runs that are merged; name one of them"))));
        if (ResultStore.in(output.root()).isPresent()) {
            ordered.add(MergeSource.of(output.root(), false));
        }
        runs.stream()
                .filter(run -> preferred.filter(path -> same(run, path)).isEmpty())
                .forEach(run -> ordered.add(MergeSource.of(run, false)));
        sources = List.copyOf(ordered);
    }

    private static boolean same(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    /**
     * Joins the runs.
     *
     * @return how many measured values the directory holds now
     * @throws HarnessException of kind USAGE when values do not fit together, saying which and why; STORE_LOCKED when a run
     *     uses the directory
     * @throws ResultStoreException of kind CORRUPT when the same stage gave different values on the same kind of processor
     */
    public long run() {
        new MergeCheck(sources).check();
        try (StoreLock lock = StoreLock.acquire(output)) {
            lock.requireHeld();
            Set<String> claimed = new HashSet<>();
            for (MergeSource source : sources) {
                Set<String> fresh = source.store().stages();
                fresh.removeAll(claimed);
                claimed.addAll(fresh);
                output.results().adopt(source.store(), fresh);
                Map<String, Path> outcomes = source.outcomes();
                fresh.stream().filter(hash -> !outcomes.containsKey(hash)).forEach(this::forgetOutcome);
                outcomes.forEach((hash, file) -> {
                    if (fresh.contains(hash) || claimed.add(hash)) {
                        copy(file, output.outcome(hash));
                    }
                });
            }
            Collection<ResultRow> rows = rows();
            output.results().put(rows);
            return rows.stream()
                    .filter(row -> row.state() == ResultState.MEASURED)
                    .count();
        } catch (ResultStoreException e) {
            throw StoreFailure.asHarnessException(e);
        }
    }

    /** The first source that has a value gives it; a value takes the place of the reason why there is none. */
    private Collection<ResultRow> rows() {
        TreeMap<ResultRow, ResultRow> rows = new TreeMap<>();
        for (MergeSource source : sources) {
            for (ResultRow row : source.rows()) {
                ResultRow own = rows.get(row);
                if (own == null || (own.state() != ResultState.MEASURED && row.state() == ResultState.MEASURED)) {
                    rows.remove(row);
                    rows.put(row, row);
                }
            }
        }
        return rows.values();
    }

    /** An outcome must not speak against the rows and the provenance that another source gave. */
    private void forgetOutcome(String hash) {
        try {
            Files.deleteIfExists(output.outcome(hash));
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.STORE_READ_ONLY,
                    "cannot remove " + output.outcome(hash) + " (" + e.getMessage() + "); make it writable",
                    e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            AtomicFile.writeIfChanged(to, Files.readAllBytes(from));
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK, "cannot read " + from + " (" + e.getMessage() + ")", e);
        }
    }
}
