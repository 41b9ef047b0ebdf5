package io.maeharness.results.claims;

import io.maeharness.results.CellKey;
import io.maeharness.results.statistics.TwoWayLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Measured values as layouts of cells over blocks. A block is a seed; where the rows of a table start from several
 * trainings of a seed, it is one of those.
 */
public final class MeasuredTables {
    /** Tables that vary one thing of the same default: what they leave unexplained is comparable. */
    static final List<String> ABLATIONS =
            List.of("figure5", "table1a", "table1b", "table1c", "table1d", "table1e", "table1f");

    private static final String SIZES = "vit-";

    /** Shares its training with the row beside it, so that the two have one residual. */
    private static final String TWIN = "scratch-without-ema";

    private final Map<CellKey, Map<Long, Double>> values;
    private final Function<CellKey, String> series;

    /**
     * Takes measured values.
     *
     * @param values of the cells by seed
     * @param series the training of a seed that a cell starts from, by name; empty where the table has one for all
     */
    public MeasuredTables(Map<CellKey, Map<Long, Double>> values, Function<CellKey, String> series) {
        this.values = new TreeMap<>(values);
        this.series = series;
    }

    /** The same tables with the seeds below a number only. */
    public MeasuredTables below(long seeds) {
        Map<CellKey, Map<Long, Double>> fewer = new TreeMap<>();
        values.forEach((cell, bySeed) -> {
            Map<Long, Double> kept = new TreeMap<>(bySeed);
            kept.keySet().removeIf(seed -> seed >= seeds);
            fewer.put(cell, kept);
        });
        return new MeasuredTables(fewer, series);
    }

    /** How many of the seeds 0, 1, 2 and so on all of these cells have, without a gap; cells without any value count not. */
    public int completeSeeds(Collection<CellKey> cells) {
        List<CellKey> measured = cells.stream().filter(this::has).toList();
        int complete = 0;
        while (!measured.isEmpty() && has(measured, complete)) {
            complete++;
        }
        return complete;
    }

    private boolean has(List<CellKey> cells, long seed) {
        return cells.stream().allMatch(cell -> seedsOf(cell).contains(seed));
    }

    boolean has(CellKey cell) {
        return !values.getOrDefault(cell, Map.of()).isEmpty();
    }

    Set<Long> seedsOf(CellKey cell) {
        return values.getOrDefault(cell, Map.of()).keySet();
    }

    double value(CellKey cell, long seed) {
        return values.get(cell).get(seed);
    }

    boolean isTable(String family) {
        return values.keySet().stream().anyMatch(cell -> cell.table().equals(family));
    }

    /** Columns that share a layout: the sizes of table 3 are one, any other metric is its own. */
    static String columns(CellKey cell) {
        return cell.metric().startsWith(SIZES) ? SIZES : cell.metric();
    }

    /** The cells of some tables in these columns that seeds move, and some more, each training once. */
    List<CellKey> rows(Set<String> tables, String columns, Collection<CellKey> more) {
        List<CellKey> rows = new ArrayList<>(new TreeSet<>(more));
        for (CellKey cell : values.keySet()) {
            if (tables.contains(cell.table())
                    && columns(cell).equals(columns)
                    && !cell.caseKey().equals(TWIN)
                    && varies(cell)
                    && rows.stream().noneMatch(row -> values.get(row).equals(values.get(cell)))) {
                rows.add(cell);
            }
        }
        return rows;
    }

    /**
     * The cells of a column that make up its layout, each training once.
     *
     * @param table identifier of the table
     * @param metric key of the column
     */
    public List<CellKey> column(String table, String metric) {
        return rows(Set.of(table), columns(new CellKey(table, "", metric)), List.of()).stream()
                .filter(cell -> cell.metric().equals(metric))
                .toList();
    }

    private boolean varies(CellKey cell) {
        Collection<Double> found = values.get(cell).values();
        return found.size() < 2 || found.stream().distinct().count() > 1;
    }

    /** The layout of these rows over all blocks that one of them has. */
    public TwoWayLayout layout(List<CellKey> rows) {
        Set<Block> blocks = new TreeSet<>();
        rows.forEach(cell -> seedsOf(cell).forEach(seed -> blocks.add(new Block(series.apply(cell), seed))));
        return TwoWayLayout.of(rows.stream()
                .map(cell -> blocks.stream()
                        .mapToDouble(block -> block.series().equals(series.apply(cell))
                                ? values.get(cell).getOrDefault(block.seed(), Double.NaN)
                                : Double.NaN)
                        .toArray())
                .toArray(double[][]::new));
    }

    private record Block(String series, long seed) implements Comparable<Block> {
        @Override
        public int compareTo(Block other) {
            int bySeries = series.compareTo(other.series);
            return bySeries == 0 ? Long.compare(seed, other.seed) : bySeries;
        }
    }
}
