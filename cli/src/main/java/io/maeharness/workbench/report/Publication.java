package io.maeharness.workbench.report;

import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.files.FileProblem;
import io.maeharness.files.Folders;
import io.maeharness.reporting.Pictures;
import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import io.maeharness.results.ResultStoreException;
import io.maeharness.results.claims.LookLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The published results of a profile: a report whose data are a results store, which every publication adds to.
 *
 * <p>So a machine that has measured one table can publish it without having measured the others. A value that was measured
 * again takes the place of the old one; one that these options do not show would go, so publishing it away has to be asked
 * for.
 *
 * @param directory where they lie
 * @param replace whether published values may go
 */
public record Publication(Path directory, boolean replace) {
    private static final int MOST_NAMES = 5;

    /**
     * Adds the results of a run directory and renders the whole anew. When that fails, what was published is intact.
     *
     * @param writer of the configuration that is published
     * @throws HarnessException of kind USAGE when published values would go, NATIVE when no plots can be drawn
     * @throws ResultStoreException when something of either is damaged, or cannot be written
     */
    public void add(ReportWriter writer, OutputDirectory run) {
        Path fresh = sibling("new");
        Path merged = sibling("merged");
        try {
            recover();
            Folders.delete(fresh);
            Folders.delete(merged);
            Path pictures = merged.resolve("pictures");
            ResultStore published = store(directory);
            ResultStore store = new ResultStore(merged);
            store.complete(run.results());
            store.complete(published);
            if (!replace) {
                List<ResultRow> shown = Stream.concat(
                                writer.rows().of(store).stream(), writer.rows().earlier(store).stream())
                        .toList();
                refuseLosses(lost(published.rows(), shown), run.results());
            }
            Pictures.complete(pictures, run.pictures());
            Pictures.complete(pictures, directory.resolve("pictures"));
            LookLedger.add(
                    merged,
                    LookLedger.in(List.of(run.results().directory(), published.directory()))
                            .looks());
            writer.recordLooks(store);
            writer.write(store, pictures, fresh).plotProblem().ifPresent(problem -> {
                throw new HarnessException(Kind.NATIVE, "nothing was published: " + problem);
            });
            LookLedger.add(
                    store(fresh).directory(), LookLedger.in(List.of(merged)).looks());
            swap(fresh);
        } catch (IOException e) {
            throw new ResultStoreException(
                    ResultStoreException.Kind.IO,
                    "cannot publish into " + directory + " (" + FileProblem.inWords(e)
                            + "); check that it can be written",
                    e);
        } finally {
            Folders.deleteQuietly(fresh);
            Folders.deleteQuietly(merged);
        }
    }

    /** The results of a published directory, which need not exist. */
    public static ResultStore store(Path directory) {
        return new ResultStore(directory.resolve("data"));
    }

    private Path sibling(String ending) {
        return directory.resolveSibling("." + directory.getFileName() + "." + ending);
    }

    /** Published values whose cell and seed the new report would not show. */
    private static List<ResultRow> lost(List<ResultRow> published, List<ResultRow> shown) {
        Set<Place> kept =
                shown.stream().filter(Publication::isMeasured).map(Place::of).collect(Collectors.toSet());
        return published.stream()
                .filter(row -> isMeasured(row) && !kept.contains(Place.of(row)))
                .toList();
    }

    private static void refuseLosses(List<ResultRow> lost, ResultStore run) {
        if (lost.isEmpty()) {
            return;
        }
        Set<String> computed = run.rows().stream()
                .filter(Publication::isMeasured)
                .map(ResultRow::stage)
                .collect(Collectors.toSet());
        List<ResultRow> outdated =
                lost.stream().filter(row -> computed.contains(row.stage())).toList();
        String tables = outdated.stream().map(ResultRow::table).distinct().collect(Collectors.joining(" "));
        throw new HarnessException(
                Kind.USAGE,
                outdated.isEmpty()
                        ? refusal(lost)
                                + "; give the options that they were measured with, such as --seeds, or let them"
                                + " go with --replace"
                        : refusal(outdated) + ", as this run has computed their stages anew with other values; run"
                                + " ./mae reproduce " + tables + " here first, which writes the new ones, or let them"
                                + " go with --replace");
    }

    private static String refusal(List<ResultRow> lost) {
        Set<String> cases = lost.stream()
                .map(row -> row.table() + "/" + row.caseKey() + " of seed " + row.seed())
                .collect(Collectors.toCollection(TreeSet::new));
        return "nothing was published: " + lost.size() + " published values would go ("
                + cases.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (cases.size() > MOST_NAMES ? ", ..." : "") + ")";
    }

    private static boolean isMeasured(ResultRow row) {
        return row.state() == ResultState.MEASURED;
    }

    private record Place(CellKey cell, long seed) {
        static Place of(ResultRow row) {
            return new Place(row.cell(), row.seed());
        }
    }

    /** Puts back what a publication that was killed between two steps had set aside. */
    private void recover() throws IOException {
        Path old = sibling("old");
        if (Files.exists(old) && !Files.exists(directory)) {
            Files.move(old, directory);
        }
        Folders.delete(old);
    }

    private void swap(Path fresh) throws IOException {
        Path old = sibling("old");
        if (Files.exists(directory)) {
            Files.move(directory, old);
        }
        try {
            Files.move(fresh, directory);
        } catch (IOException e) {
            if (Files.exists(old)) {
                Files.move(old, directory);
            }
            throw e;
        }
        Folders.deleteQuietly(old);
    }
}
