package io.maeharness.ablations.plan;

import io.maeharness.ablations.tables.AblationCase;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.core.config.NearestName;
import io.maeharness.core.config.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cases to run.
 *
 * @param tables the cases selected of each table, in the order of the tables and of their rows
 */
public record Selection(Map<PaperTable, List<AblationCase>> tables) {
    /** Selects every table. */
    public static final String ALL = "all";

    /** Checks that something is selected; keeps the order. */
    public Selection {
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("nothing is selected; name a table, table/case, or " + ALL);
        }
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /**
     * Reads selectors as they are written on the command line.
     *
     * @param selectors {@code table1f}, {@code table1f/block-75} or {@code all}; none selects the default run
     * @param profile the default configuration
     * @throws IllegalArgumentException for an unknown table or case, naming the nearest known
     */
    public static Selection of(List<String> selectors, PaperTables known, Settings profile) {
        Map<PaperTable, Set<String>> wanted = new LinkedHashMap<>();
        if (selectors.isEmpty()) {
            known.all().stream().filter(PaperTable::inDefaultRun).forEach(table -> want(wanted, table, profile));
        }
        for (String selector : selectors) {
            select(selector, known, profile, wanted);
        }
        Map<PaperTable, List<AblationCase>> chosen = new LinkedHashMap<>();
        known.all().stream()
                .filter(wanted::containsKey)
                .forEach(table -> chosen.put(table, chosen(table, profile, wanted.get(table))));
        return new Selection(chosen);
    }

    /** All cases of one table, which need not be among the known ones. */
    public static Selection whole(PaperTable table, Settings profile) {
        return new Selection(Map.of(table, table.cases(profile)));
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
            table.companions().forEach(other -> want(wanted, known.named(other), profile));
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
        return table.cases(profile).stream().map(AblationCase::key).toList();
    }

    private static String known(PaperTable table, String key, Settings profile) {
        List<String> keys = keys(table, profile);
        if (!keys.contains(key)) {
            throw new IllegalArgumentException("table " + table.id() + " has no case '" + key + "'; did you mean "
                    + table.id() + "/" + NearestName.of(key, keys) + "? Its cases are " + String.join(", ", keys));
        }
        return key;
    }

    private static List<AblationCase> chosen(PaperTable table, Settings profile, Set<String> keys) {
        return table.cases(profile).stream()
                .filter(row -> keys.contains(row.key()))
                .toList();
    }
}
