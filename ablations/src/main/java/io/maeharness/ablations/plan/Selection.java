package io.maeharness.ablations.plan;

import io.maeharness.ablations.tables.Column;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.ablations.tables.Row;
import io.maeharness.ablations.tables.Table;
import io.maeharness.core.config.NearestName;
import io.maeharness.core.config.Settings;
import io.maeharness.core.error.InvalidSettingException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The cases to run.
 *
 * @param tables the cases selected of each table, in the order of the tables and of their rows
 * @param metrics keys of the columns to measure; empty measures all
 */
public record Selection(Map<Table, List<Row>> tables, Set<String> metrics) {
    /** Selects every table. */
    public static final String ALL = "all";

    /** A column of this ending comes from the same stage as the column without it, and is not shown beside it. */
    private static final String TOP5 = "-top5";

    /** All columns of these cases. */
    public Selection(Map<Table, List<Row>> tables) {
        this(tables, Set.of());
    }

    /** Checks that something is selected; keeps the order. */
    public Selection {
        metrics = Collections.unmodifiableSet(new TreeSet<>(metrics));
        if (tables.isEmpty()) {
            throw new InvalidSettingException("nothing is selected; name a table, table/case, or " + ALL);
        }
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /**
     * Reads selectors as they are written on the command line.
     *
     * @param selectors {@code table1f}, {@code table1f/block-75} or {@code all}; none selects the default run
     * @param profile the default configuration
     * @throws InvalidSettingException for an unknown table or case, naming the nearest known
     */
    public static Selection of(List<String> selectors, PaperTables known, Settings profile) {
        Map<PaperTable, Set<String>> wanted = new LinkedHashMap<>();
        if (selectors.isEmpty()) {
            known.all().stream()
                    .filter(table -> table.header().inDefaultRun())
                    .forEach(table -> want(wanted, table, profile));
        }
        for (String selector : selectors) {
            select(selector, known, profile, wanted);
        }
        Map<Table, List<Row>> chosen = new LinkedHashMap<>();
        known.all().stream().filter(wanted::containsKey).forEach(declared -> {
            Table table = declared.table(profile);
            chosen.put(table, chosen(table, wanted.get(declared)));
        });
        return new Selection(chosen);
    }

    /** All cases of one table, which need not be among the known ones. */
    public static Selection whole(PaperTable declared, Settings profile) {
        Table table = declared.table(profile);
        return new Selection(Map.of(table, table.rows()));
    }

    /**
     * The same cases with some columns only; a column of top-1 accuracy brings that of top-5.
     *
     * @param keys of columns, as they appear in the tables; none selects all
     * @throws InvalidSettingException for a column that none of the tables has, naming the nearest known
     */
    public Selection onlyMetrics(Collection<String> keys) {
        Set<String> known = columns();
        for (String key : keys) {
            if (!known.contains(key)) {
                throw new InvalidSettingException("no selected table has a metric '" + key + "'; did you mean "
                        + NearestName.of(key, known) + "? Known are " + String.join(", ", known));
            }
        }
        return new Selection(tables, Set.copyOf(keys));
    }

    /** Keys of the columns that reports of the selected tables show. */
    public Set<String> columns() {
        return tables.keySet().stream()
                .flatMap(table -> table.columns().stream())
                .filter(Column::shown)
                .map(Column::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether a column is measured. */
    public boolean measures(String metric) {
        return metrics.isEmpty()
                || metrics.contains(metric)
                || (metric.endsWith(TOP5) && metrics.contains(metric.substring(0, metric.length() - TOP5.length())));
    }

    private static void select(
            String selector, PaperTables known, Settings profile, Map<PaperTable, Set<String>> wanted) {
        if (selector.equals(ALL)) {
            known.all().forEach(table -> want(wanted, table, profile));
            return;
        }
        int slash = selector.indexOf('/');
        PaperTable table = known.named(slash < 0 ? selector : selector.substring(0, slash));
        if (slash < 0) {
            want(wanted, table, profile);
            List.of(table.header().companions()).forEach(other -> want(wanted, known.named(other), profile));
        } else {
            keysOf(wanted, table).add(known(table, selector.substring(slash + 1), profile));
        }
    }

    private static void want(Map<PaperTable, Set<String>> wanted, PaperTable table, Settings profile) {
        keysOf(wanted, table).addAll(keys(table, profile));
    }

    private static Set<String> keysOf(Map<PaperTable, Set<String>> wanted, PaperTable table) {
        return wanted.computeIfAbsent(table, t -> new TreeSet<>());
    }

    private static List<String> keys(PaperTable table, Settings profile) {
        return table.rows(profile).stream().map(Row::key).toList();
    }

    private static String known(PaperTable table, String key, Settings profile) {
        List<String> keys = keys(table, profile);
        if (!keys.contains(key)) {
            throw new InvalidSettingException("table " + table.id() + " has no case '" + key + "'; did you mean "
                    + table.id() + "/" + NearestName.of(key, keys) + "? Its cases are " + String.join(", ", keys));
        }
        return key;
    }

    private static List<Row> chosen(Table table, Set<String> keys) {
        return table.rows().stream().filter(row -> keys.contains(row.key())).toList();
    }
}
