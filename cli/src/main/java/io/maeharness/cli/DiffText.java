package io.maeharness.cli;

import io.maeharness.results.CellKey;
import io.maeharness.results.difference.CellDifference;
import io.maeharness.results.difference.ProvenanceDifference.Field;
import io.maeharness.results.difference.RunDifference;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Two runs for people: configuration, code and environment, cells that moved, cells in one alone, and what it comes to. */
final class DiffText {
    /** So many hexadecimal digits are a digest, of which a few are enough. */
    private static final int DIGEST = 32;

    private static final int SHOWN = 12;

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
            text.fields("configuration", joined(difference.configuration()));
            text.fields("code and environment", difference.environment());
        }
        text.moved(difference.moved());
        text.timed(difference.timedAgain());
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

    /** What differs alike in several kinds of stages on one line, in the order of the paths. */
    private static Map<Field, Set<CellKey>> joined(Map<Field, Set<CellKey>> fields) {
        Map<Field, Set<String>> stages = new LinkedHashMap<>();
        Map<Field, Set<CellKey>> cells = new LinkedHashMap<>();
        fields.forEach((field, in) -> {
            int space = field.name().indexOf(' ');
            Field path =
                    new Field(field.name().substring(space + 1), shortened(field.before()), shortened(field.after()));
            stages.computeIfAbsent(path, key -> new TreeSet<>())
                    .add(field.name().substring(0, Math.max(0, space)));
            cells.computeIfAbsent(path, key -> new TreeSet<>()).addAll(in);
        });
        Map<Field, Set<CellKey>> joined = new LinkedHashMap<>();
        stages.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                .forEach(entry -> joined.put(
                        new Field(
                                (String.join(", ", entry.getValue()) + " "
                                                + entry.getKey().name())
                                        .strip(),
                                entry.getKey().before(),
                                entry.getKey().after()),
                        cells.get(entry.getKey())));
        return joined;
    }

    private static String shortened(String value) {
        return value.matches("[0-9a-f]{" + DIGEST + ",}") ? value.substring(0, SHOWN) + "…" : value;
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

    private void timed(List<CellDifference> cells) {
        if (!cells.isEmpty()) {
            line("timed again, never the same twice and not judged");
            cells.forEach(cell -> line(
                    "  %-44s %s -> %s  ratio %.3f",
                    cell.cell(),
                    number(cell.meanBefore()),
                    number(cell.meanAfter()),
                    cell.meanAfter() / cell.meanBefore()));
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
        int timed = difference.timedAgain().size();
        String alone =
                difference.onlyBefore().isEmpty() && difference.onlyAfter().isEmpty()
                        ? ""
                        : ", " + difference.onlyBefore().size() + " only in the first and "
                                + difference.onlyAfter().size() + " only in the second";
        return String.format(
                Locale.ROOT,
                "of %d cells in both, %d moved and %d have the same bits%s%s",
                shared,
                moved.size(),
                difference.identical(),
                timed == 0 ? "" : ", " + timed + " were timed again",
                alone);
    }
}
