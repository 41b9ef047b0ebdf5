package io.maeharness.ablations.plan;

import io.maeharness.ablations.tables.Column;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.ablations.tables.Row;
import io.maeharness.ablations.tables.Table;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CellKey;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimTerms;
import io.maeharness.results.claims.Component;
import io.maeharness.results.claims.PaperContrasts;
import io.maeharness.results.claims.ProfileClaim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The claims of the tables, in the cells by which a profile measures them. */
public final class ProfileClaims {
    private final PaperTables tables;
    private final Settings profile;
    private final ClaimTerms terms;
    private final Map<String, Table> inProfile = new HashMap<>();

    /**
     * Claims with the thresholds of a profile.
     *
     * @param tables that declare them
     * @param profile says margins, and which cells there are
     * @param paper the numbers that smallest effects come from
     */
    public ProfileClaims(PaperTables tables, Settings profile, PaperContrasts paper) {
        this.tables = tables;
        this.profile = profile;
        this.terms = new ClaimTerms(
                paper, profile.claims().margin(), profile.claims().smallest());
    }

    /**
     * The claims of all tables as they are declared, in the order of the tables.
     *
     * @throws IllegalStateException when two have the same id
     */
    public List<Claim> declared() {
        List<Claim> claims =
                tables.all().stream().flatMap(table -> declared(table).stream()).toList();
        Set<String> ids = new HashSet<>();
        claims.stream().filter(claim -> !ids.add(claim.id())).findFirst().ifPresent(claim -> {
            throw new IllegalStateException("two claims have the id " + claim.id());
        });
        return claims;
    }

    /** The claims of a table as they are declared. */
    public List<Claim> declared(PaperTable table) {
        return table.claims(terms);
    }

    /** The claims of a table without the components of which the profile leaves out a cell. */
    public List<ProfileClaim> measurable(PaperTable table) {
        return declared(table).stream()
                .map(claim -> new ProfileClaim(
                        claim,
                        table.inCellsOf(profile, claim).components().stream()
                                .filter(this::isMeasured)
                                .toList()))
                .toList();
    }

    private boolean isMeasured(Component component) {
        return component.coefficients().keySet().stream().allMatch(this::isMeasured);
    }

    /** Whether the profile measures a cell, now or later. */
    private boolean isMeasured(CellKey cell) {
        Table table =
                inProfile.computeIfAbsent(cell.table(), id -> tables.named(id).table(profile));
        return table.rows().stream()
                .filter(row ->
                        row.key().equals(cell.caseKey()) && row.skippedReason().isEmpty())
                .map(Row::columns)
                .flatMap(List::stream)
                .anyMatch(column ->
                        column.key().equals(cell.metric()) && !(column.measurement() instanceof Column.LeftOut));
    }
}
