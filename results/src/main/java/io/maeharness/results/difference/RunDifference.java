package io.maeharness.results.difference;

import io.maeharness.results.CellKey;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import io.maeharness.results.difference.ProvenanceDifference.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What differs between two runs.
 *
 * @param cells that both have, in canonical order
 * @param onlyBefore cells with a value in the first run alone
 * @param onlyAfter cells with a value in the second run alone
 * @param configuration what differs in how the cells of both are measured, and in which cells
 * @param environment what differs in the code, data, machine and libraries that measured them, and in which cells
 */
public record RunDifference(
        List<CellDifference> cells,
        SortedSet<CellKey> onlyBefore,
        SortedSet<CellKey> onlyAfter,
        Map<Field, Set<CellKey>> configuration,
        Map<Field, Set<CellKey>> environment) {
    /** Copies the collections. */
    public RunDifference {
        cells = List.copyOf(cells);
        onlyBefore = new TreeSet<>(onlyBefore);
        onlyAfter = new TreeSet<>(onlyAfter);
        configuration = new LinkedHashMap<>(configuration);
        environment = new LinkedHashMap<>(environment);
    }

    /**
     * Compares the measured values of two stores, and the records of those that both have.
     *
     * @throws io.maeharness.results.ResultStoreException when a file of either is damaged
     */
    public static RunDifference between(ResultStore before, ResultStore after) {
        PairedCells pairs = PairedCells.of(before, after);
        Records records = new Records(before, after);
        Map<String, Noise> noises = new HashMap<>();
        List<CellDifference> cells = new ArrayList<>();
        for (CellKey cell : pairs.inBoth()) {
            SortedMap<Long, ResultRow> first = pairs.before().get(cell);
            SortedMap<Long, ResultRow> second = pairs.after().get(cell);
            Noise noise = noises.computeIfAbsent(
                    cell.table() + " " + cell.metric(), column -> Noise.of(cell.table(), cell.metric(), pairs));
            first.forEach(
                    (seed, row) -> Optional.ofNullable(second.get(seed)).ifPresent(other -> records.add(row, other)));
            cells.add(new CellDifference(cell, values(first), values(second), noise, records.timed.contains(cell)));
        }
        return new RunDifference(
                cells, pairs.onlyBefore(), pairs.onlyAfter(), records.configuration, records.environment);
    }

    private static SortedMap<Long, Double> values(SortedMap<Long, ResultRow> rows) {
        SortedMap<Long, Double> values = new TreeMap<>();
        rows.forEach((seed, row) -> values.put(seed, row.value().orElseThrow()));
        return values;
    }

    /** What the records of values say that both runs have. */
    private static final class Records {
        private final ResultStore before;
        private final ResultStore after;
        private final Map<String, Optional<Provenance>> read = new HashMap<>();
        private final Map<Field, Set<CellKey>> configuration = new LinkedHashMap<>();
        private final Map<Field, Set<CellKey>> environment = new LinkedHashMap<>();
        private final Set<CellKey> timed = new TreeSet<>();

        Records(ResultStore before, ResultStore after) {
            this.before = before;
            this.after = after;
        }

        void add(ResultRow row, ResultRow other) {
            Optional<Provenance> first = record(before, row);
            Optional<Provenance> second = record(after, other);
            if (Stream.of(first, second).flatMap(Optional::stream).anyMatch(record -> !record.isReproducible())) {
                timed.add(row.cell());
            }
            if (first.isPresent() && second.isPresent()) {
                ConfigurationDifference.between(
                                first.get().stage().configuration(),
                                second.get().stage().configuration())
                        .fields()
                        .forEach(field -> put(configuration, field, row.cell()));
                ProvenanceDifference.between(first.get(), second.get())
                        .fields()
                        .forEach(field -> put(environment, field, row.cell()));
            }
        }

        private Optional<Provenance> record(ResultStore store, ResultRow row) {
            return row.provenance().isEmpty()
                    ? Optional.empty()
                    : read.computeIfAbsent(store.directory() + " " + row.provenance(), key -> store.provenance()
                            .read(row.provenance()));
        }

        private static void put(Map<Field, Set<CellKey>> fields, Field field, CellKey cell) {
            fields.computeIfAbsent(field, key -> new TreeSet<>()).add(cell);
        }
    }

    /**
     * Cells whose values are not the same, times left out: those that moved by most deviations first, then those without any
     * by size.
     */
    public List<CellDifference> moved() {
        return changed(false);
    }

    /** Times that are not the same, in the same order; they say nothing of the code alone. */
    public List<CellDifference> timedAgain() {
        return changed(true);
    }

    private List<CellDifference> changed(boolean timed) {
        return cells.stream()
                .filter(cell -> cell.timed() == timed && !cell.isIdentical())
                .sorted(Comparator.<CellDifference>comparingDouble(
                                cell -> cell.deviations().orElse(0))
                        .thenComparingDouble(cell -> Math.abs(cell.moved()))
                        .reversed())
                .toList();
    }

    /** How many cells have the same bits in both runs. */
    public long identical() {
        return cells.stream().filter(CellDifference::isIdentical).count();
    }
}
