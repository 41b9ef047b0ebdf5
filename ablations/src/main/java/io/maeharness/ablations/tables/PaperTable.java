package io.maeharness.ablations.tables;

import io.maeharness.core.config.Settings;
import io.maeharness.results.CellKey;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The declaration of a table or figure: its {@link TableHeader}, its columns and its rows. */
public interface PaperTable {
    /**
     * What is the same in every profile.
     *
     * @throws IllegalStateException when the class has no header
     */
    default TableHeader header() {
        TableHeader header = getClass().getAnnotation(TableHeader.class);
        if (header == null) {
            throw new IllegalStateException(
                    getClass().getSimpleName() + " has no header; annotate it with @TableHeader");
        }
        return header;
    }

    /** Identifier, as on the command line and in the results, for example {@code table1a}. */
    default String id() {
        return header().id();
    }

    /** Command that regenerates it. */
    default String command() {
        return "./mae reproduce " + id();
    }

    /**
     * The columns, in order; a row that says nothing else is measured by all of them.
     *
     * @param profile the default configuration
     */
    default List<Column> columns(Settings profile) {
        return Columns.PRETRAINING;
    }

    /**
     * The rows, each as its difference from the profile; {@link #table} gives the columns to those that name none.
     *
     * @param profile the default configuration
     */
    List<Row> rows(Settings profile);

    /** The table in a profile. */
    default Table table(Settings profile) {
        return new Table(header(), command(), columns(profile), rows(profile));
    }

    /**
     * What the paper says about the table's numbers, as tests, in the paper's own cells; none for a table of ours.
     *
     * @param terms by what thresholds are set
     */
    default List<Claim> claims(ClaimTerms terms) {
        return List.of();
    }

    /**
     * A claim in the cells that stand for the paper's in a profile, where those are others.
     *
     * @param claim one of {@link #claims}
     * @param profile the default configuration
     */
    default Claim inCellsOf(Settings profile, Claim claim) {
        return claim;
    }

    /**
     * What a reader of the table's numbers should know from other tables, as far as those are measured.
     *
     * @param profile the default configuration
     * @param means mean of a cell over its seeds; empty where it is not measured
     */
    default Optional<String> remark(Settings profile, Function<CellKey, OptionalDouble> means) {
        return Optional.empty();
    }
}
