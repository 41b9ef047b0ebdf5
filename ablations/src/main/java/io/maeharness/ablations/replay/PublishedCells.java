package io.maeharness.ablations.replay;

import io.maeharness.core.config.NearestName;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The published values of a request that can be computed again.
 *
 * @param request what was asked for
 * @param seed their seed
 * @param rows the values
 * @param stages what yields them, by hash
 * @param leftOut why other values of the case cannot be computed again, one line each
 */
public record PublishedCells(
        ReplayRequest request, long seed, List<ResultRow> rows, Map<String, Stage> stages, List<String> leftOut) {
    /** Copies the collections. */
    public PublishedCells {
        rows = List.copyOf(rows);
        stages = new LinkedHashMap<>(stages);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Looks in a store.
     *
     * @param images facts of the images that a stage would read here
     * @throws HarnessException of kind UNKNOWN_TABLE when the store has no value of the case, USAGE when it has none of the
     *     seed, NOT_REPLAYABLE when none of its values can be computed again
     */
    public static PublishedCells of(ResultStore store, ReplayRequest request, Function<Stage, ImageFacts> images) {
        List<ResultRow> ofCase =
                measured(store).stream().filter(request::covers).toList();
        if (ofCase.isEmpty()) {
            throw unknown(store, request);
        }
        long seed = seed(ofCase, request);
        List<ResultRow> rows = new ArrayList<>();
        Map<String, Stage> stages = new LinkedHashMap<>();
        Map<String, Set<String>> refused = new LinkedHashMap<>();
        for (ResultRow row : ofCase.stream().filter(one -> one.seed() == seed).toList()) {
            RecordedStage recorded = recorded(store, row, images);
            if (recorded instanceof RecordedStage.Replayable replayable) {
                rows.add(row);
                stages.put(row.provenance(), replayable.stage());
            } else if (recorded instanceof RecordedStage.Refused refusal) {
                refused.computeIfAbsent(refusal.reason(), reason -> new LinkedHashSet<>())
                        .add(row.metric());
            }
        }
        List<String> leftOut = refused.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
                .toList();
        if (rows.isEmpty()) {
            throw new HarnessException(
                    Kind.NOT_REPLAYABLE,
                    request.selector() + " of seed " + seed + " cannot be replayed: " + String.join("; ", leftOut));
        }
        return new PublishedCells(request, seed, rows, stages, leftOut);
    }

    /** The device that the first of the values was computed on, {@code cpu} or {@code gpu...}; empty where no record says. */
    public static Optional<String> device(ResultStore store, ReplayRequest request) {
        return measured(store).stream()
                .filter(request::covers)
                .filter(row -> !row.provenance().isEmpty())
                .flatMap(row -> store.provenance().read(row.provenance()).stream())
                .map(record -> record.engine().device())
                .findFirst();
    }

    private static List<ResultRow> measured(ResultStore store) {
        return store.rows().stream()
                .filter(row -> row.state() == ResultState.MEASURED)
                .toList();
    }

    private static HarnessException unknown(ResultStore store, ReplayRequest request) {
        Set<String> known = measured(store).stream()
                .flatMap(
                        row -> List.of(
                                row.table() + "/" + row.caseKey(),
                                row.table() + "/" + row.caseKey() + "/" + row.metric())
                                .stream())
                .collect(Collectors.toCollection(TreeSet::new));
        String nearest = known.isEmpty()
                ? "it holds no measured value at all"
                : "did you mean " + NearestName.of(request.selector(), known) + "?";
        return new HarnessException(
                Kind.UNKNOWN_TABLE,
                "no value of " + request.selector() + " is published in " + store.directory() + "; " + nearest);
    }

    private static long seed(List<ResultRow> rows, ReplayRequest request) {
        TreeSet<Long> seeds = rows.stream().map(ResultRow::seed).collect(Collectors.toCollection(TreeSet::new));
        long seed = request.seed().orElseGet(seeds::first);
        if (!seeds.contains(seed)) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--seed " + seed + ": " + request.selector() + " is published with "
                            + (seeds.size() == 1 ? "seed " : "the seeds ")
                            + seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return seed;
    }

    private static RecordedStage recorded(ResultStore store, ResultRow row, Function<Stage, ImageFacts> images) {
        if (row.provenance().isEmpty()) {
            return new RecordedStage.Refused("computed from the configuration, not measured");
        }
        Optional<Provenance> record = store.provenance().read(row.provenance());
        return record.map(found -> RecordedStage.of(found, images))
                .orElseGet(() -> new RecordedStage.Refused(
                        "its provenance record " + store.provenance().file(row.provenance()) + " is not there"));
    }
}
