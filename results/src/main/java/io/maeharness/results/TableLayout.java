package io.maeharness.results;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a table or figure of the paper looks like, apart from its numbers.
 *
 * @param id identifier and file name, lower-case letters, digits and hyphens, for example {@code table1a}
 * @param title title, for example {@code Table 1a. Decoder depth}
 * @param caption one or more sentences on what the table shows
 * @param source where the paper has it, for example {@code paper, table 1 (a)}
 * @param command command that regenerates it, for example {@code ./mae reproduce table1a}
 * @param metrics columns in order; keys are distinct
 * @param cases rows in order; keys are distinct
 * @param plot how it is drawn
 * @param xLabel label of the plot's axis of cases, for example {@code decoder blocks}
 * @param caseHeader header of the first column, for example {@code blocks}
 */
public record TableLayout(
        String id,
        String title,
        String caption,
        String source,
        String command,
        List<MetricLayout> metrics,
        List<CaseLayout> cases,
        PlotKind plot,
        String xLabel,
        String caseHeader) {

    public TableLayout {
        if (id == null || !id.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException(
                    "table id must be lower-case letters, digits and hyphens, got '" + id + "'");
        }
        requireText("title of " + id, title);
        requireText("case header of " + id, caseHeader);
        Objects.requireNonNull(caption, "caption");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(plot, "plot");
        Objects.requireNonNull(xLabel, "xLabel");
        metrics = List.copyOf(metrics);
        cases = List.copyOf(cases);
        requireDistinct(
                "metrics of " + id, metrics.stream().map(MetricLayout::key).toList());
        requireDistinct("cases of " + id, cases.stream().map(CaseLayout::key).toList());
        if (metrics.isEmpty() || cases.isEmpty()) {
            throw new IllegalArgumentException("table " + id + " needs at least one metric and one case, got "
                    + metrics.size() + " and " + cases.size());
        }
        if (plot == PlotKind.LINES && cases.stream().anyMatch(row -> row.x().isEmpty())) {
            throw new IllegalArgumentException(
                    "table " + id + " is drawn as lines, so each case needs an x; use bars where there is no axis");
        }
    }

    /**
     * Default row that {@code row} is compared with: the one of its own series, else the first of the table; empty when
     * the table has none.
     */
    public Optional<CaseLayout> defaultFor(CaseLayout row) {
        List<CaseLayout> defaults = cases.stream().filter(CaseLayout::isDefault).toList();
        return defaults.stream()
                .filter(candidate -> candidate.series().equals(row.series()))
                .findFirst()
                .or(() -> defaults.stream().findFirst());
    }

    /**
     * The same table with some rows marked and the reason in the caption; the table itself when none is marked.
     *
     * @param keys of the marked rows
     * @param mark goes behind the label of each, after a comma
     * @param reason ends the sentence "The encoder of LABEL ..."
     */
    public TableLayout withNote(Collection<String> keys, String mark, String reason) {
        List<CaseLayout> marked = cases.stream()
                .map(row -> keys.contains(row.key()) ? row.labelled(row.label() + ", " + mark) : row)
                .toList();
        String note = cases.stream()
                .filter(row -> keys.contains(row.key()))
                .map(row -> " The encoder of " + row.label() + " " + reason + ".")
                .distinct()
                .collect(Collectors.joining());
        return new TableLayout(id, title, caption + note, source, command, metrics, marked, plot, xLabel, caseHeader);
    }

    /**
     * The same table with remarks on our side of some rows; the paper's labels stay.
     *
     * @param remarks by the key of the row
     */
    public TableLayout remarked(Map<String, String> remarks) {
        List<CaseLayout> rows = cases.stream()
                .map(row -> remarks.containsKey(row.key()) ? row.remarked(remarks.get(row.key())) : row)
                .toList();
        return new TableLayout(id, title, caption, source, command, metrics, rows, plot, xLabel, caseHeader);
    }

    /** The same table with a sentence behind its caption. */
    public TableLayout withSentence(String sentence) {
        return new TableLayout(
                id, title, caption + " " + sentence, source, command, metrics, cases, plot, xLabel, caseHeader);
    }

    /** The same table with those of its columns whose key is wanted; empty when none is. */
    public Optional<TableLayout> onlyMetrics(Predicate<String> wanted) {
        List<MetricLayout> left =
                metrics.stream().filter(metric -> wanted.test(metric.key())).toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TableLayout(id, title, caption, source, command, left, cases, plot, xLabel, caseHeader));
    }

    /** Cell of the given case and metric. */
    public CellKey cell(CaseLayout row, MetricLayout metric) {
        return new CellKey(id, row.key(), metric.key());
    }

    static void requireText(String what, String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank, got '" + text + "'");
        }
    }

    static void requireDistinct(String what, List<String> keys) {
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            if (!seen.add(key)) {
                throw new IllegalArgumentException(what + " must be distinct, got '" + key + "' twice");
            }
        }
    }
}
