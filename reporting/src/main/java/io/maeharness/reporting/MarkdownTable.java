package io.maeharness.reporting;

import io.maeharness.results.MetricLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A table in GitHub's Markdown. */
final class MarkdownTable {

    private final TableView table;
    private final int commonSeeds;

    MarkdownTable(TableView table) {
        this.table = table;
        this.commonSeeds = TableNotes.commonSeeds(table);
    }

    /** Heading, caption, table and notes; ends with a line feed. */
    String print() {
        StringBuilder text = new StringBuilder();
        text.append("## ").append(escape(table.layout().title())).append("\n\n");
        text.append(escape(table.layout().caption()))
                .append(" Regenerate with ")
                .append(code(table.layout().command()));
        text.append(".\n\n").append(claims()).append(grid()).append('\n');
        TableNotes.of(table)
                .forEach(note -> text.append("- ").append(escape(note)).append('\n'));
        return text.toString();
    }

    private String claims() {
        return table.claims()
                .map(claims -> "Claims of the paper, " + escape(claims.head()) + ".\n\n"
                        + claims.lines().stream()
                                .map(line -> "- " + (line.primary() ? "**" + line.verdict() + "**" : line.verdict())
                                        + ": " + escape(line.text()) + '\n')
                                .collect(Collectors.joining())
                        + claims.intervals()
                                .map(text -> '\n' + escape(text) + '\n')
                                .orElse("")
                        + '\n')
                .orElse("");
    }

    private String grid() {
        List<String> header = new ArrayList<>(List.of(escape(table.layout().caseHeader())));
        for (MetricLayout metric : table.layout().metrics()) {
            addColumns(header, metric);
        }
        StringBuilder text = new StringBuilder(line(header));
        List<String> rule = new ArrayList<>(Collections.nCopies(header.size(), "---:"));
        rule.set(0, ":---");
        text.append(line(rule));
        table.rows().forEach(row -> text.append(line(cells(row))));
        return text.toString();
    }

    private void addColumns(List<String> header, MetricLayout metric) {
        String label = escape(metric.heading());
        header.add(label + ", ours");
        if (table.hasDifferences(metric)) {
            header.add("Δ");
        }
        if (table.hasPaper(metric)) {
            header.add(label + ", paper");
            if (table.hasDifferences(metric)) {
                header.add("Δ");
            }
        }
    }

    private List<String> cells(TableView.Row row) {
        boolean bold = row.layout().isDefault();
        List<String> cells = new ArrayList<>();
        String label = escape(Notation.label(row.layout()));
        cells.add(bold ? "**" + label + "** (default)" : label);
        for (TableView.Entry entry : row.entries()) {
            cells.add(ours(entry, bold));
            boolean differences = table.hasDifferences(entry.metric());
            if (differences) {
                cells.add(entry.difference()
                        .map(difference -> (Notation.difference(difference.points(), entry.metric()) + " "
                                        + escape(Notation.interval(difference, entry.metric())))
                                .strip())
                        .orElse(""));
            }
            if (table.hasPaper(entry.metric())) {
                cells.add(strong(
                        entry.paper()
                                .map(paper -> paper.value().toPlainString())
                                .orElse(""),
                        bold));
                if (differences) {
                    cells.add(entry.paperDifference().map(Notation::difference).orElse(""));
                }
            }
        }
        return cells;
    }

    private String ours(TableView.Entry entry, boolean bold) {
        if (entry.ours() instanceof Cell.Measured measured) {
            var spread = measured.value().spread();
            String seeds = TableNotes.seeds(measured, entry.metric(), commonSeeds);
            return strong(Notation.value(spread.mean(), entry.metric()), bold)
                    + (" " + Notation.halfWidth(measured.halfWidth(), spread.mean(), entry.metric())).stripTrailing()
                    + seeds;
        }
        return "*" + escape(AbsenceText.of(entry.ours(), entry.metric())) + "*";
    }

    private static String strong(String text, boolean bold) {
        return bold && !text.isEmpty() ? "**" + text + "**" : text;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** Text as code, between more backticks than it has in a row; one at its end needs a space beside it. */
    static String code(String text) {
        String line = OneLine.of(text);
        String fence = "`";
        while (line.contains(fence)) {
            fence += "`";
        }
        String space = line.startsWith("`") || line.endsWith("`") ? " " : "";
        return fence + space + line + space + fence;
    }

    /** Text without Markdown's or HTML's special meaning, on one line; a dollar would begin a formula on GitHub. */
    static String escape(String text) {
        return OneLine.of(text)
                .replaceAll("([\\\\`*_\\[\\]|~])", "\\\\$1")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("$", "&#36;");
    }
}
