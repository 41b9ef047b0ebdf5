package io.maeharness.ablations.tables;

import io.maeharness.core.config.Settings;
import io.maeharness.results.CellKey;
import io.maeharness.results.TableLayout;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** A table or figure: its cases and what it looks like. */
public interface PaperTable {
    /** Identifier, as on the command line and in the results, for example {@code table1a}. */
    String id();

    /** Place among the tables, ascending: in which order they are listed and run. */
    int order();

    /** Whether {@code ./mae reproduce} without a name runs it. */
    default boolean inDefaultRun() {
        return false;
    }

    /** Tables that are run with this one when it is asked for as a whole. */
    default List<String> companions() {
        return List.of();
    }

    /** Whether its stages read the profile's images; a table that does not is planned and run without them. */
    default boolean readsImages() {
        return true;
    }

    /**
     * Whether a row can be measured of a model that was trained elsewhere.
     *
     * @param row one of {@link #cases}
     */
    default boolean takesImport(AblationCase row) {
        return false;
    }

    /**
     * The rows, each as its difference from the profile.
     *
     * @param profile the default configuration
     */
    List<AblationCase> cases(Settings profile);

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

    /**
     * What the table looks like in a report.
     *
     * @param profile the default configuration
     */
    TableLayout layout(Settings profile);
}
