package io.maeharness.results.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.maeharness.results.CellKey;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import io.maeharness.results.gate.GateFinding.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Cells that a run and the reference have of the same stages, and why others cannot be compared. */
final class ComparableRows {
    private final SortedMap<CellKey, SortedMap<Long, ResultRow>> reference;
    private final SortedMap<CellKey, SortedMap<Long, ResultRow>> measured = new TreeMap<>();
    private final SortedSet<Long> seeds = new TreeSet<>();
    private final List<GateFinding> notComparable = new ArrayList<>();
    private final Map<CellKey, String> trainings = new TreeMap<>();
    private boolean sameDraws = true;

    private ComparableRows(SortedMap<CellKey, SortedMap<Long, ResultRow>> reference) {
        this.reference = reference;
    }

    /**
     * The rows of two stores.
     *
     * @param chosen which cells of the reference are compared
     */
    static ComparableRows of(ResultStore measured, ResultStore reference, Predicate<CellKey> chosen) {
        ComparableRows rows = new ComparableRows(byCell(
                reference.rows().stream().filter(row -> chosen.test(row.cell())).toList()));
        Map<CellKey, SortedMap<Long, ResultRow>> ours = byCell(measured.rows().stream()
                .filter(row -> !rows.isOfAnotherStage(row))
                .toList());
        Map<CellKey, SortedMap<Long, ResultRow>> all = byCell(measured.rows());
        rows.reference.forEach((cell, bySeed) -> {
            SortedMap<Long, ResultRow> found = ours.getOrDefault(cell, new TreeMap<>());
            if (found.isEmpty()) {
                rows.notComparable.add(GateFinding.of(
                        AccuracyTier.TIER,
                        cell.toString(),
                        Status.CANNOT_TELL,
                        all.containsKey(cell)
                                ? "measured by another definition, precision or data set than the reference"
                                : "not measured"));
            } else {
                rows.measured.put(cell, found);
                rows.seeds.addAll(found.keySet());
                rows.seeds.addAll(bySeed.keySet());
                rows.trainings.put(cell, training(reference, bySeed.get(bySeed.firstKey())));
                rows.sameDraws &= found.values().stream()
                        .filter(row -> bySeed.containsKey(row.seed()))
                        .allMatch(row -> draws(measured, row).equals(draws(reference, bySeed.get(row.seed()))));
            }
        });
        return rows;
    }

    private static SortedMap<CellKey, SortedMap<Long, ResultRow>> byCell(List<ResultRow> rows) {
        SortedMap<CellKey, SortedMap<Long, ResultRow>> cells = new TreeMap<>();
        rows.stream().filter(AccuracyTier::isCompared).forEach(row -> cells.computeIfAbsent(
                        row.cell(), cell -> new TreeMap<>())
                .put(row.seed(), row));
        return cells;
    }

    /** The stage of a seed that the reference has is the same one, or the row is of something else. */
    private boolean isOfAnotherStage(ResultRow row) {
        ResultRow known = reference.getOrDefault(row.cell(), new TreeMap<>()).get(row.seed());
        return known != null && !known.stage().equals(row.stage());
    }

    private static Optional<JsonNode> draws(ResultStore store, ResultRow row) {
        return store.provenance()
                .read(row.provenance())
                .flatMap(Provenance::outcome)
                .map(outcome -> outcome.path("draws"));
    }

    /** The encoder that a row was measured on, or the row's own stage where that trained it. */
    private static String training(ResultStore store, ResultRow row) {
        return store.provenance()
                .read(row.provenance())
                .map(record -> record.stage().configuration().path("encoder").toString())
                .filter(encoder -> !encoder.isEmpty())
                .orElse(row.stage());
    }

    /** For each cell the number of the training that it comes from. */
    List<Integer> trainings(List<CellKey> cells) {
        List<String> distinct = cells.stream().map(trainings::get).distinct().toList();
        return cells.stream().map(cell -> distinct.indexOf(trainings.get(cell))).toList();
    }

    /** Cells that can be compared. */
    List<CellKey> cells() {
        return List.copyOf(measured.keySet());
    }

    /** One finding for each cell of the reference that cannot be compared. */
    List<GateFinding> notComparable() {
        return List.copyOf(notComparable);
    }

    /** Whether weights, orders and masks of equal seeds began the same. */
    boolean sameDraws() {
        return sameDraws;
    }

    /** Values of the reference, a row a cell and a column a seed; NaN where there is none. */
    double[][] reference(List<CellKey> cells) {
        return values(reference, cells);
    }

    /** Values of the run in the same places. */
    double[][] measured(List<CellKey> cells) {
        return values(measured, cells);
    }

    private double[][] values(Map<CellKey, SortedMap<Long, ResultRow>> rows, List<CellKey> cells) {
        return cells.stream()
                .map(cell -> seeds.stream()
                        .mapToDouble(seed -> Optional.ofNullable(rows.get(cell).get(seed))
                                .map(row -> row.value().orElseThrow())
                                .orElse(Double.NaN))
                        .toArray())
                .toArray(double[][]::new);
    }

    /** Mean of a cell over the seeds of the run. */
    double mean(CellKey cell) {
        return measured.get(cell).values().stream()
                .collect(Collectors.averagingDouble(row -> row.value().orElseThrow()));
    }
}
