package io.maeharness.ablations.run;

import io.maeharness.ablations.worker.Failure;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.files.FileProblem;
import io.maeharness.results.LossCurve;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import io.maeharness.results.ResultStoreException;
import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

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
            StageClaims claims = new StageClaims(sources);
            claims.owners().forEach(this::take);
            for (MergeSource source : sources) {
                Set<String> unfinished = source.store().stages();
                unfinished.removeAll(claims.owners().keySet());
                output.results().adopt(source.store(), unfinished);
            }
            Collection<ResultRow> rows = rows(claims);
            output.results().put(rows);
            return rows.stream()
                    .filter(row -> row.state() == ResultState.MEASURED)
                    .count();
        } catch (ResultStoreException e) {
            throw Failure.ofStore(e);
        }
    }

    /** Takes provenance and outcome of a stage from one source, and its loss curve from one with the same values. */
    private void take(String hash, MergeSource owner) {
        replace(
                Optional.of(owner.store().provenance().file(hash)),
                output.results().provenance().file(hash));
        replace(Optional.ofNullable(owner.outcomes().get(hash)), output.outcome(hash));
        Optional<Path> curve = Stream.concat(Stream.of(owner), sources.stream())
                .filter(source -> StageClaims.agree(owner, source, hash))
                .map(source -> LossCurve.file(source.store().curves(), hash))
                .filter(Files::isRegularFile)
                .findFirst();
        replace(curve, LossCurve.file(output.results().curves(), hash));
    }

    /**
     * The first source that has a value gives it; a value takes the place of the reason why there is none. A value that
     * differs from what is taken of its stage is left out.
     */
    private Collection<ResultRow> rows(StageClaims claims) {
        TreeMap<ResultRow, ResultRow> rows = new TreeMap<>();
        for (MergeSource source : sources) {
            for (ResultRow found : source.rows()) {
                ResultRow row = claims.admits(source, found) ? found : leftOut(found);
                ResultRow own = rows.get(row);
                if (own == null || (own.state() != ResultState.MEASURED && row.state() == ResultState.MEASURED)) {
                    rows.remove(row);
                    rows.put(row, row);
                }
            }
        }
        return rows.values();
    }

    private static ResultRow leftOut(ResultRow row) {
        return ResultRow.missing(
                row.table(),
                row.caseKey(),
                row.metric(),
                row.seed(),
                ResultState.PENDING,
                row.stage(),
                "its stage is merged from another run, which has no value of this cell; run it again");
    }

    /** What another source gave must not speak against what is taken, so that without a file there is none. */
    private static void replace(Optional<Path> from, Path to) {
        if (from.filter(Files::isRegularFile).isPresent()) {
            copy(from.get(), to);
        } else {
            forget(to);
        }
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.STORE_READ_ONLY,
                    "cannot remove " + file + " (" + FileProblem.inWords(e) + "); make it writable",
                    e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            StoreFile.writeIfChanged(to, Files.readAllBytes(from));
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK, "cannot read " + from + " (" + FileProblem.inWords(e) + ")", e);
        }
    }
}
