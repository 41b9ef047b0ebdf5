package io.maeharness.workbench.budget;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.ProfileClaims;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.tables.Row;
import io.maeharness.ablations.tables.Table;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CellKey;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.PaperContrasts;
import io.maeharness.results.claims.ProfileClaim;
import io.maeharness.workbench.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a budget is spent on.
 *
 * @param once every row that is asked for, and those of other tables that its claims compare with
 * @param families the rows that each family of claims needs with every seed, by its name
 */
public record BudgetScope(Selection once, Map<String, Selection> families) {
    /** The tables of a command line, whole, with their claims. */
    public static BudgetScope of(Session session, List<String> selectors) {
        Settings settings = session.settings();
        PaperTables known = PaperTables.discover();
        ProfileClaims declared = new ProfileClaims(known, settings, PaperContrasts.bundled());
        Selection asked = session.selection(selectors);
        Set<String> rows = new LinkedHashSet<>();
        asked.tables().forEach((table, cases) -> cases.forEach(row -> rows.add(name(table, row.key()))));
        Map<String, Selection> families = new LinkedHashMap<>();
        for (Table table : asked.tables().keySet()) {
            rowsOf(table, declared.measurable(known.named(table.id()))).forEach((family, needed) -> {
                rows.addAll(needed);
                families.put(family, session.selection(List.copyOf(needed)));
            });
        }
        return new BudgetScope(session.selection(List.copyOf(rows)), families);
    }

    /** All rows of the table where a claim is about one of its cells, so that they share a layout, and the other cells' rows. */
    private static Map<String, Set<String>> rowsOf(Table table, List<ProfileClaim> claims) {
        Map<String, Set<String>> families = new LinkedHashMap<>();
        claims.stream()
                .filter(claim -> claim.isInFamily() && claim.claim().scale() == Claim.Scale.POINTS)
                .forEach(claim -> {
                    Set<String> rows = families.computeIfAbsent(claim.claim().family(), f -> new LinkedHashSet<>());
                    cells(claim)
                            .forEach(cell -> rows.addAll(
                                    cell.table().equals(table.id())
                                            ? all(table)
                                            : List.of(name(cell.table(), cell.caseKey()))));
                });
        return families;
    }

    private static List<CellKey> cells(ProfileClaim claim) {
        List<CellKey> cells = new ArrayList<>();
        claim.components()
                .forEach(component -> cells.addAll(component.coefficients().keySet()));
        return cells;
    }

    private static List<String> all(Table table) {
        return table.rows().stream().map(Row::key).map(key -> name(table, key)).toList();
    }

    private static String name(Table table, String row) {
        return name(table.id(), row);
    }

    private static String name(String table, String row) {
        return table + "/" + row;
    }
}
