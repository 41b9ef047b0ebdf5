package io.maeharness.reporting;

import io.maeharness.results.MetricLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A table in LaTeX, in the manner of the paper's: booktabs rules, the default row shaded. */
final class LatexTable {

    private static final Map<Character, String> ESCAPES = Map.ofEntries(
            Map.entry('\\', "\\textbackslash{}"),
            Map.entry('{', "\\{"),
            Map.entry('}', "\\}"),
            Map.entry('$', "\\$"),
            Map.entry('&', "\\&"),
            Map.entry('#', "\\#"),
            Map.entry('%', "\\%"),
            Map.entry('_', "\\_"),
            Map.entry('~', "\\textasciitilde{}"),
            Map.entry('^', "\\textasciicircum{}"),
            Map.entry('<', "$<$"),
            Map.entry('>', "$>$"),
            Map.entry('|', "$|$"),
            Map.entry('−', "$-$"),
            Map.entry('±', "$\\pm$"),
            Map.entry('×', "$\\times$"),
            Map.entry('Δ', "$\\Delta$"));

    private final TableView table;
    private final int commonSeeds;

    LatexTable(TableView table) {
        this.table = table;
        this.commonSeeds = TableNotes.commonSeeds(table);
    }

    /** A complete {@code table} environment. */
    String print() {
        StringBuilder text = new StringBuilder("% Needs \\usepackage{booktabs} and \\usepackage[table]{xcolor}.\n");
        text.append("% Regenerate with: ")
                .append(OneLine.of(table.layout().command()))
                .append('\n');
        text.append("\\begin{table}[t]\n\\centering\n\\small\n");
        text.append("\\caption{\\textbf{")
                .append(escape(table.layout().title()))
                .append(".} ");
        text.append(escape(table.layout().caption())).append(' ');
        text.append(escape(String.join(" ", TableNotes.of(table)))).append("}\n");
        text.append("\\label{tab:").append(table.layout().id()).append("}\n");
        text.append("\\begin{tabular}{l").append(alignments()).append("}\n\\toprule\n");
        text.append(header()).append("\\midrule\n");
        table.rows().forEach(row -> text.append(line(row)));
        return text.append("\\bottomrule\n\\end{tabular}\n\\end{table}\n").toString();
    }

    private String alignments() {
        StringBuilder text = new StringBuilder();
        table.layout().metrics().forEach(metric -> text.append("r".repeat(width(metric))));
        return text.toString();
    }

    private int oursWidth(MetricLayout metric) {
        return table.hasDifferences(metric) ? 2 : 1;
    }

    private int width(MetricLayout metric) {
        return table.hasPaper(metric) ? 2 * oursWidth(metric) : oursWidth(metric);
    }

    private String header() {
        List<String> groups = new ArrayList<>(List.of(""));
        List<String> columns = new ArrayList<>(List.of(escape(table.layout().caseHeader())));
        StringBuilder rules = new StringBuilder();
        int column = 2;
        for (MetricLayout metric : table.layout().metrics()) {
            int width = width(metric);
            groups.add("\\multicolumn{" + width + "}{c}{" + escape(metric.heading()) + "}");
            rules.append("\\cmidrule(lr){" + column + "-" + (column + width - 1) + "}");
            column += width;
            for (String side : table.hasPaper(metric) ? List.of("ours", "paper") : List.of("ours")) {
                columns.add(side);
                if (table.hasDifferences(metric)) {
                    columns.add("$\\Delta$");
                }
            }
        }
        return join(groups) + rules + "\n" + join(columns);
    }

    private String line(TableView.Row row) {
        List<String> cells = new ArrayList<>(List.of(escape(Notation.label(row.layout()))));
        for (TableView.Entry entry : row.entries()) {
            addOurs(cells, entry);
            if (table.hasPaper(entry.metric())) {
                cells.add(entry.paper()
                        .map(paper -> paper.value().toPlainString())
                        .orElse(""));
                if (table.hasDifferences(entry.metric())) {
                    cells.add(escape(
                            entry.paperDifference().map(Notation::difference).orElse("")));
                }
            }
        }
        return (row.layout().isDefault() ? "\\rowcolor{black!10}" : "") + join(cells);
    }

    private void addOurs(List<String> cells, TableView.Entry entry) {
        if (entry.ours() instanceof Cell.Measured measured) {
            var spread = measured.value().spread();
            String seeds = TableNotes.seeds(measured, entry.metric(), commonSeeds);
            cells.add(escape((Notation.value(spread.mean(), entry.metric()) + " "
                                    + Notation.halfWidth(measured.halfWidth(), spread.mean(), entry.metric()))
                            .strip()
                    + seeds));
            if (table.hasDifferences(entry.metric())) {
                cells.add(escape(entry.difference()
                        .map(difference -> (Notation.difference(difference.points(), entry.metric()) + " "
                                        + Notation.interval(difference, entry.metric()))
                                .strip())
                        .orElse("")));
            }
        } else {
            cells.add("\\multicolumn{" + oursWidth(entry.metric()) + "}{r}{\\emph{"
                    + escape(AbsenceText.of(entry.ours(), entry.metric())) + "}}");
        }
    }

    private static String join(List<String> cells) {
        return String.join(" & ", cells) + " \\\\\n";
    }

    /** Text without LaTeX's special meaning, on one line: an empty one would end the paragraph, and with it the caption. */
    static String escape(String outside) {
        String text = OneLine.of(outside);
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            escaped.append(ESCAPES.getOrDefault(text.charAt(i), text.substring(i, i + 1)));
        }
        return escaped.toString();
    }
}
