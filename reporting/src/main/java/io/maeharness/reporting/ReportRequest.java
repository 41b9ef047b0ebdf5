package io.maeharness.reporting;

import io.maeharness.results.CellKey;
import io.maeharness.results.PaperValues;
import io.maeharness.results.ProvenanceStore;
import io.maeharness.results.ResultRow;
import io.maeharness.results.TableLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything a report is made from.
 *
 * @param profile name of the profile, for example {@code quick}
 * @param facts what the profile is: data, model, schedule, seeds
 * @param layouts tables and figures in the order of the report
 * @param rows rows of the current plan; at most one measured row for a cell and seed
 * @param earlier measured rows of an earlier definition of their stages: shown, marked, where there is no present value
 * @param training of a seed that a cell starts from, by name; empty where its table has one for all
 * @param claims what the paper says about the tables, decided; those of tables that are not shown are left out
 * @param paper the paper's printed values
 * @param provenance records that the rows' provenance keys and the curves' stages name
 * @param curves pre-training stages whose loss curves are drawn
 * @param ancestors stages that rows start from, of every seed: their provenance is copied beside that of the rows, their
 *     loss curves, of up to some 300 kB each, only where they are drawn
 * @param curvesDirectory directory of the loss curves, one {@code <stage>.csv} for each
 * @param picturesDirectory directory with {@code pictures.json}; need not exist
 * @param output directory of the report, created where needed
 */
public record ReportRequest(
        String profile,
        List<Fact> facts,
        List<TableLayout> layouts,
        List<ResultRow> rows,
        List<ResultRow> earlier,
        Function<CellKey, String> training,
        List<TableClaims> claims,
        PaperValues paper,
        ProvenanceStore provenance,
        List<Curve> curves,
        Set<String> ancestors,
        Path curvesDirectory,
        Path picturesDirectory,
        Path output) {

    /** A report without values of earlier definitions, and without stages that are neither shown nor drawn. */
    public ReportRequest(
            String profile,
            List<Fact> facts,
            List<TableLayout> layouts,
            List<ResultRow> rows,
            PaperValues paper,
            ProvenanceStore provenance,
            List<Curve> curves,
            Path curvesDirectory,
            Path picturesDirectory,
            Path output) {
        this(
                profile,
                facts,
                layouts,
                rows,
                List.of(),
                cell -> "",
                List.of(),
                paper,
                provenance,
                curves,
                Set.of(),
                curvesDirectory,
                picturesDirectory,
                output);
    }

    public ReportRequest {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(paper, "paper");
        Objects.requireNonNull(provenance, "provenance");
        Objects.requireNonNull(curvesDirectory, "curvesDirectory");
        Objects.requireNonNull(picturesDirectory, "picturesDirectory");
        Objects.requireNonNull(output, "output");
        facts = List.copyOf(facts);
        layouts = List.copyOf(layouts);
        rows = List.copyOf(rows);
        earlier = List.copyOf(earlier);
        claims = List.copyOf(claims);
        curves = List.copyOf(curves);
        ancestors = Set.copyOf(ancestors);
    }

    /** The decided claims of a table; empty where it has none. */
    Optional<TableClaims> claimsOf(TableLayout layout) {
        return claims.stream().filter(one -> one.table().equals(layout.id())).findFirst();
    }

    /** All rows, also those of earlier definitions. */
    List<ResultRow> allRows() {
        return Stream.concat(rows.stream(), earlier.stream()).toList();
    }

    /**
     * A line of the report's header.
     *
     * @param key what it tells, for example {@code model}
     * @param value the text, for example {@code ViT, 192-d x 6 blocks, patch 4}
     */
    public record Fact(String key, String value) {
        public Fact {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A pre-training stage whose loss curve belongs to a case of a table.
     *
     * @param table identifier of the table
     * @param caseKey key of the case
     * @param stage hash of the pre-training stage; names its curve and its provenance record
     */
    public record Curve(String table, String caseKey, String stage) {
        public Curve {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(caseKey, "caseKey");
            Objects.requireNonNull(stage, "stage");
        }
    }
}
