package io.maeharness.cli;

import io.maeharness.results.CellKey;
import io.maeharness.results.difference.CellDifference;
import io.maeharness.results.difference.ProvenanceDifference.Field;
import io.maeharness.results.difference.RunDifference;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Two runs for people: configuration, code and environment, cells that moved, cells in one alone, and what it comes to. */
final class DiffText {
    private final RunDifference difference;
    private final StringBuilder text = new StringBuilder();

    private DiffText(RunDifference difference) {
        this.difference = difference;
    }

    /** Lines, each with its end; the last one says how much moved. */
    static String of(String before, String after, RunDifference difference) {
        DiffText text = new DiffText(difference);
        text.line("%s -> %s", before, after);
        if (!difference.cells().isEmpty()) {
            text.fields("configuration", difference.configuration());
            text.fields("code and environment", difference.environment());
        }
        text.moved(difference.moved());
        text.alone("only in " + before, difference.onlyBefore());
        text.alone("only in " + after, difference.onlyAfter());
        text.line("diff: %s", text.conclusion());
        return text.text.toString();
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private void fields(String title, Map<Field, Set<CellKey>> fields) {
        line("%s%s", title, fields.isEmpty() ? ": the same" : "");
        fields.forEach((field, cells) -> line("  %s%s", field, in(cells.size())));
    }

    private String in(int cells) {
        return cells == difference.cells().size()
                ? ""
                : " (in " + cells + " of " + difference.cells().size() + " cells)";
    }

    private void moved(List<CellDifference> cells) {
        if (!cells.isEmpty()) {
            line("moved, in the unit of the column (points of an accuracy) and in residual deviations of one value");
            cells.forEach(cell -> line("  %s", line(cell)));
        }
    }

    private static String line(CellDifference cell) {
        return String.format(
                Locale.ROOT,
                "%-44s %s -> %s  %s, %s; %s",
                cell.cell(),
                number(cell.meanBefore()),
                number(cell.meanAfter()),
                signed(cell.moved()),
                deviations(cell),
                seeds(cell));
    }

    /** Four digits after the point, or as many as a small number needs. */
    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1 || value == 0 ? "%.2f" : "%.3g", value);
    }

    private static String signed(double value) {
        return (value > 0 ? "+" : "") + number(value);
    }

    private static String deviations(CellDifference cell) {
        return cell.deviations().isPresent()
                ? String.format(
                        Locale.ROOT, "%.1f deviations", cell.deviations().getAsDouble())
                : cell.noise().reason();
    }

    private static String seeds(CellDifference cell) {
        SortedSet<Long> common = cell.seeds();
        if (common.isEmpty()) {
            return "no seed in both (" + listed(cell.before().keySet()) + " and "
                    + listed(cell.after().keySet()) + ")";
        }
        return (common.size() == 1 ? "seed " : "seeds ") + listed(common);
    }

    private static String listed(Set<Long> seeds) {
        return seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private void alone(String title, SortedSet<CellKey> cells) {
        if (!cells.isEmpty()) {
            line("%s", title);
            cells.forEach(cell -> line("  %s", cell));
        }
    }

    private String conclusion() {
        int shared = difference.cells().size();
        if (shared == 0) {
            return "no cell with a value in both, so nothing can be compared";
        }
        List<CellDifference> moved = difference.moved();
        String alone =
                difference.onlyBefore().isEmpty() && difference.onlyAfter().isEmpty()
                        ? ""
                        : ", " + difference.onlyBefore().size() + " only in the first and "
                                + difference.onlyAfter().size() + " only in the second";
        return String.format(
                Locale.ROOT,
                "of %d cells in both, %d moved and %d have the same bits%s",
                shared,
                moved.size(),
                difference.identical(),
                alone);
    }
}
