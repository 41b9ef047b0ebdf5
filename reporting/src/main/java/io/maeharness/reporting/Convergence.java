package io.maeharness.reporting;

import com.fasterxml.jackson.databind.JsonNode;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.ProvenanceStore;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.TableLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Remarks on values whose evaluation was not trained to its end: such a value measures its optimiser as well. What an
 * evaluation says of itself stands in its provenance.
 */
final class Convergence {
    private Convergence() {}

    /** One remark for each column of a table that has such values. */
    static List<String> remarks(TableLayout layout, Collection<ResultRow> rows, ProvenanceStore provenance) {
        Set<ResultRow> unfinished = rows.stream()
                .filter(row -> row.table().equals(layout.id()) && row.state() == ResultState.MEASURED)
                .filter(row -> isUnfinished(row, provenance))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> remarks = new ArrayList<>();
        for (MetricLayout metric : layout.metrics()) {
            Set<String> labels = layout.cases().stream()
                    .filter(row ->
                            unfinished.stream().anyMatch(value -> value.cell().equals(layout.cell(row, metric))))
                    .map(Notation::label)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!labels.isEmpty()) {
                remarks.add("Not trained to its end, " + metric.label() + " of "
                        + (labels.size() == layout.cases().size() ? "every row" : String.join(", ", labels))
                        + ": its loss can still fall, see the provenance.");
            }
        }
        return remarks;
    }

    private static boolean isUnfinished(ResultRow row, ProvenanceStore provenance) {
        return Optional.of(row.provenance())
                .filter(key -> !key.isEmpty())
                .flatMap(provenance::read)
                .map(record -> record.stage().configuration().at("/facts/converged"))
                .map(JsonNode::asText)
                .filter(verdict -> verdict.startsWith("no"))
                .isPresent();
    }
}
