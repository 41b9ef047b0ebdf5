package io.maeharness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown, set for a terminal: aligned columns, no markup. */
final class TerminalTable {
    private static final int WIDEST = 32;

    /** What a note below a table begins with that says how to read its numbers. */
    private static final List<String> READING = List.of("- Ours: ", "- Δ: ", "- \\*: ");

    private TerminalTable() {}

    /** Headings and tables of a Markdown text, with the notes that say what ± and stars are; other prose is left out. */
    static String of(String markdown) {
        List<String> lines = new ArrayList<>();
        List<List<String>> table = new ArrayList<>();
        for (String line : markdown.lines().toList()) {
            if (line.startsWith("|")) {
                table.add(cells(line));
                continue;
            }
            lines.addAll(aligned(table));
            table.clear();
            if (line.startsWith("#")) {
                lines.add(plain(line.replaceFirst("^#+ *", "")));
            } else if (READING.stream().anyMatch(line::startsWith)) {
                lines.add(plain(line.substring(2)));
            }
        }
        lines.addAll(aligned(table));
        return String.join(System.lineSeparator(), lines);
    }

    private static List<String> cells(String line) {
        String inner = line.strip().replaceAll("^\\||\\|$", "");
        return List.of(inner.split("(?<!\\\\)\\|", -1)).stream()
                .map(TerminalTable::plain)
                .map(TerminalTable::shortened)
                .toList();
    }

    /** The reason of a failure is told in full elsewhere; here it would push the columns apart. */
    private static String shortened(String cell) {
        return cell.length() <= WIDEST ? cell : cell.substring(0, WIDEST - 1) + "…";
    }

    private static String plain(String text) {
        return text.strip()
                .replaceAll("(?<!\\\\)[*`]+", "")
                .replaceAll("\\\\(.)", "$1")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static List<String> aligned(List<List<String>> table) {
        if (table.isEmpty()) {
            return List.of();
        }
        int columns = table.get(0).size();
        int[] widths = new int[columns];
        table.forEach(row -> {
            for (int i = 0; i < columns && !rule(row); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return table.stream().map(row -> line(row, widths)).toList();
    }

    private static boolean rule(List<String> row) {
        return row.stream().allMatch(cell -> cell.matches(":?-+:?"));
    }

    private static String line(List<String> row, int[] widths) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            String cell = rule(row) ? "-".repeat(widths[i]) : row.get(i);
            String space = " ".repeat(widths[i] - cell.length());
            padded.add(i == 0 ? cell + space : space + cell);
        }
        return padded.stream().collect(Collectors.joining("  ")).stripTrailing();
    }
}
