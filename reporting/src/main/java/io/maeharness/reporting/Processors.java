package io.maeharness.reporting;

import io.maeharness.results.CaseLayout;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.Provenance;
import io.maeharness.results.ProvenanceStore;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.TableLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A remark on a table whose values were measured on several kinds of processor: which ones were measured on which. */
final class Processors {
    private static final int MOST_LABELS = 3;

    private final TableLayout layout;
    private final Map<ResultRow, String> processors = new TreeMap<>();

    private Processors(TableLayout layout) {
        this.layout = layout;
    }

    /** One remark, or none where the values with a record are all of one kind of processor. */
    static List<String> remarks(TableLayout layout, Collection<ResultRow> rows, ProvenanceStore provenance) {
        Processors found = new Processors(layout);
        Set<String> columns = layout.metrics().stream().map(MetricLayout::key).collect(Collectors.toSet());
        rows.stream()
                .filter(row -> row.table().equals(layout.id()) && columns.contains(row.metric()))
                .filter(row ->
                        row.state() == ResultState.MEASURED && !row.provenance().isEmpty())
                .forEach(row -> provenance
                        .read(row.provenance())
                        .map(Provenance::processor)
                        .ifPresent(processor -> found.processors.put(row, processor)));
        return found.remarks();
    }

    private List<String> remarks() {
        Set<String> kinds = new TreeSet<>(processors.values());
        return kinds.size() < 2
                ? List.of()
                : List.of("Ours: measured on " + kinds.size()
                        + " kinds of processor, which differ in the last bits and so in accuracies: "
                        + kinds.stream()
                                .map(kind -> kind + " (" + where(kind) + ")")
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    /** Whole seeds by their number, and parts of others. */
    private String where(String kind) {
        List<String> whole = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        processors.keySet().stream()
                .collect(Collectors.groupingBy(ResultRow::seed, TreeMap::new, Collectors.toList()))
                .forEach((seed, rows) -> {
                    List<ResultRow> here = on(kind, rows);
                    if (here.size() == rows.size()) {
                        whole.add(seed.toString());
                    } else if (!here.isEmpty()) {
                        parts.add(part(kind, rows) + " of seed " + seed);
                    }
                });
        if (!whole.isEmpty()) {
            parts.add(0, (whole.size() == 1 ? "seed " : "seeds ") + String.join(", ", whole));
        }
        return String.join("; ", parts);
    }

    /** Cases by their label, with the columns where not all of them are meant; many cases by their number. */
    private String part(String kind, List<ResultRow> ofOneSeed) {
        List<String> labels = new ArrayList<>();
        for (CaseLayout row : layout.cases()) {
            List<ResultRow> all = ofOneSeed.stream()
                    .filter(value -> value.caseKey().equals(row.key()))
                    .toList();
            List<ResultRow> here = on(kind, all);
            if (!here.isEmpty()) {
                labels.add(Notation.label(row) + (here.size() == all.size() ? "" : " " + columns(here)));
            }
        }
        return labels.size() > MOST_LABELS ? labels.size() + " rows" : String.join(", ", labels);
    }

    private String columns(List<ResultRow> values) {
        return layout.metrics().stream()
                .filter(metric ->
                        values.stream().anyMatch(value -> value.metric().equals(metric.key())))
                .map(MetricLayout::label)
                .collect(Collectors.joining(" and "));
    }

    private List<ResultRow> on(String kind, List<ResultRow> rows) {
        return rows.stream().filter(row -> kind.equals(processors.get(row))).toList();
    }
}
