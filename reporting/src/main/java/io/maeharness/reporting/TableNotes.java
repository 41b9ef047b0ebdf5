package io.maeharness.reporting;

import io.maeharness.results.CaseLayout;
import io.maeharness.results.CellKey;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.PaperValues;
import io.maeharness.results.ResultRow;
import io.maeharness.results.Unit;
import io.maeharness.results.statistics.ResidualVariance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Notes under a table: what a reader must know to read its numbers, and nothing that does not apply to it. */
public final class TableNotes {

    private static final int MOST_LABELS = 3;

    private final TableView table;

    private TableNotes(TableView table) {
        this.table = table;
    }

    /** Notes of a table, one sentence or two each. */
    public static List<String> of(TableView table) {
        TableNotes notes = new TableNotes(table);
        List<String> lines = new ArrayList<>();
        notes.addSeeds(lines);
        notes.addEarlier(lines);
        notes.addDifferences(lines);
        notes.addPaper(lines);
        notes.addSkipped(lines);
        notes.addMissingSeeds(lines);
        lines.addAll(table.remarks());
        return lines;
    }

    /** Number of seeds of every measured cell that depends on them, when they all have the same; else 0. */
    public static int commonSeeds(TableView table) {
        Set<Integer> counts = new TreeSet<>();
        table.entries().forEach(entry -> {
            if (entry.ours() instanceof Cell.Measured measured
                    && !Notation.isComputed(measured.value().spread(), entry.metric())) {
                counts.add(measured.value().spread().count());
            }
        });
        return counts.size() == 1 ? counts.iterator().next() : 0;
    }

    /**
     * The number of seeds behind a value, in brackets with a space before them; empty where all values have the same, and
     * for one that does not depend on the seed.
     */
    public static String seeds(Cell.Measured cell, MetricLayout metric, int commonSeeds) {
        var spread = cell.value().spread();
        return commonSeeds > 0 || Notation.isComputed(spread, metric) ? "" : " (" + spread.count() + ")";
    }

    private void addSeeds(List<String> lines) {
        boolean any = table.entries()
                .anyMatch(entry -> entry.metric().unit() == Unit.PERCENT && entry.ours() instanceof Cell.Measured);
        int seeds = commonSeeds(table);
        if (any && seeds == 1) {
            lines.add("Ours: one seed, so nothing is known of the noise and no difference claims anything.");
        } else if (any && seeds > 1) {
            lines.add("Ours: mean ± half of its 95 % interval, over " + seeds + " seeds" + residuals() + ".");
        } else if (any) {
            lines.add("Ours: mean ± half of its 95 % interval, over the seeds, whose number is in brackets"
                    + residuals() + ".");
        }
        addUnvaried(lines);
        addUneven(lines);
    }

    /** What the intervals rest on: {@code ; residual deviation 0.34 points, 18 degrees of freedom}. */
    private String residuals() {
        boolean several = table.noise().size() > 1;
        String columns = table.layout().metrics().stream()
                .filter(metric -> table.noise().containsKey(metric.key()))
                .map(metric -> (several ? metric.label() + " " : "")
                        + inWords(table.noise().get(metric.key()).residual()))
                .collect(Collectors.joining("; "));
        return columns.isEmpty() ? "" : "; residual deviation " + columns;
    }

    private static String inWords(ResidualVariance variance) {
        long freedom = Math.round(variance.degreesOfFreedom());
        return Notation.decimal(variance.deviation(), 2) + " points, " + freedom
                + (freedom == 1 ? " degree" : " degrees") + " of freedom";
    }

    /** One note for each column in which one row varies more than the others, beside what a seed does to all. */
    private void addUneven(List<String> lines) {
        for (MetricLayout metric : table.layout().metrics()) {
            Optional.ofNullable(table.noise().get(metric.key()))
                    .flatMap(TableView.Noise::noisiest)
                    .ifPresent(cell -> lines.add("Uneven noise, " + metric.label() + ": over seeds " + label(cell)
                            + " departs from the other rows more than chance explains (p < 0.05 for this column alone); the"
                            + " intervals, made of all rows, may be too narrow for it."));
        }
    }

    private String label(CellKey cell) {
        return table.layout().cases().stream()
                .filter(row -> row.key().equals(cell.caseKey()))
                .map(Notation::label)
                .findFirst()
                .orElseThrow();
    }

    private void addUnvaried(List<String> lines) {
        boolean any = table.entries()
                .anyMatch(entry -> entry.metric().unit() == Unit.PERCENT
                        && entry.ours() instanceof Cell.Measured measured
                        && measured.value().spread().count() > 1
                        && measured.halfWidth().isEmpty());
        if (any) {
            lines.add("Ours, several seeds without an interval: all gave the same number.");
        }
    }

    private void addEarlier(List<String> lines) {
        if (table.entries().anyMatch(entry -> entry.ours() instanceof Cell.Earlier)) {
            lines.add(
                    "Ours, (earlier definition): measured by an earlier definition of the stage, which has changed since; these values are"
                            + " neither averaged nor compared with the others.");
        }
    }

    private void addDifferences(List<String> lines) {
        boolean intervals = table.entries().anyMatch(entry -> entry.difference()
                .map(difference -> difference.halfWidth().isPresent())
                .orElse(false));
        if (table.layout().metrics().stream().anyMatch(table::hasDifferences)) {
            lines.add("Δ: difference to the default row of the same side, in percentage points"
                    + (intervals
                            ? "; ±: half of the 95 % interval that holds for all rows of the column together."
                            : "."));
        }
        boolean marked = table.entries().anyMatch(entry -> entry.difference()
                .map(TableView.Difference::significant)
                .orElse(false));
        if (marked) {
            lines.add(
                    "*: differs from the default row by Dunnett's test, p < 0.05 for all rows of the column together.");
        }
    }

    private void addPaper(List<String> lines) {
        Set<String> models = new LinkedHashSet<>();
        Map<String, Set<String>> notes = new LinkedHashMap<>();
        for (TableView.Row row : table.rows()) {
            row.entries().forEach(entry -> entry.paper().ifPresent(printed -> {
                models.add(printed.model());
                collect(notes, row.layout(), printed);
            }));
        }
        if (!models.isEmpty()) {
            lines.add("Paper: " + String.join(", ", models) + " on ImageNet-1K ("
                    + table.layout().source().replaceFirst("^paper, ", "") + ").");
        }
        notes.forEach((note, labels) -> lines.add("Paper, " + rows(labels) + ": " + note + "."));
    }

    private String rows(Set<String> labels) {
        return labels.size() > MOST_LABELS && 2 * labels.size() > table.rows().size()
                ? "most rows"
                : String.join(", ", labels);
    }

    private static void collect(Map<String, Set<String>> notes, CaseLayout row, PaperValues.Printed printed) {
        if (!printed.note().isEmpty() && !printed.note().equals("default")) {
            notes.computeIfAbsent(printed.note(), note -> new LinkedHashSet<>()).add(Notation.paperLabel(row));
        }
    }

    /** Why cells were skipped, each reason once; a whole row is named by itself, single columns of rows by theirs. */
    private void addSkipped(List<String> lines) {
        Map<String, Set<String>> columns = new LinkedHashMap<>();
        Map<String, Set<CaseLayout>> cases = new LinkedHashMap<>();
        for (TableView.Row row : table.rows()) {
            for (TableView.Entry entry : row.entries()) {
                if (entry.ours() instanceof Cell.Skipped skipped && !skipped.isImpossible()) {
                    columns.computeIfAbsent(skipped.reason(), reason -> new LinkedHashSet<>())
                            .add(entry.metric().label());
                    cases.computeIfAbsent(skipped.reason(), reason -> new LinkedHashSet<>())
                            .add(row.layout());
                }
            }
        }
        int all = table.layout().metrics().size();
        cases.forEach((reason, of) -> {
            Set<String> metrics = columns.get(reason);
            String which = metrics.size() == all ? "" : String.join(", ", metrics) + " of ";
            lines.add("Skipped, " + which + rows(names(of)) + ": " + reason + ".");
        });
    }

    /** A series by its name when all of it is meant, other rows by theirs. */
    private Set<String> names(Set<CaseLayout> cases) {
        return cases.stream()
                .map(row -> row.series()
                        .filter(series -> table.layout().cases().stream()
                                .filter(other -> other.series().equals(row.series()))
                                .allMatch(cases::contains))
                        .orElseGet(() -> Notation.label(row)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void addMissingSeeds(List<String> lines) {
        for (TableView.Row row : table.rows()) {
            for (TableView.Entry entry : row.entries()) {
                if (entry.ours() instanceof Cell.Measured measured) {
                    measured.withoutNumber().forEach(missing -> lines.add(missingSeed(row, entry.metric(), missing)));
                }
            }
        }
    }

    private static String missingSeed(TableView.Row row, MetricLayout metric, ResultRow missing) {
        return Notation.label(row.layout()) + ", " + metric.label() + ", seed " + missing.seed() + ": "
                + missing.state().csv() + ", " + missing.reason() + ".";
    }
}
