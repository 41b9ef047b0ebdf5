package io.maeharness.cli;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.ablations.tables.Row;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.error.HarnessException;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mae list}. */
@Command(
        name = "list",
        description = "List profiles, tables and their cases, and what has been measured with the given options.")
final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Session session = options.open();
        out.println("profiles");
        for (String name : ProfileLoader.shipped()) {
            out.printf("  %-10s %s%n", name, ProfileLoader.load(name).description());
        }
        out.println();
        out.println("tables of profile " + session.settings().name() + " (* in the default run)");
        for (PaperTable table : PaperTables.discover().all()) {
            print(out, session, table);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static void print(PrintWriter out, Session session, PaperTable table) {
        List<Row> rows = table.rows(session.settings());
        out.printf(
                "%s %-15s %s: %d cases; %s%n",
                table.header().inDefaultRun() ? "*" : " ",
                table.id(),
                table.header().title(),
                rows.size(),
                states(session, table));
        out.println("                  " + rows.stream().map(Row::key).collect(Collectors.joining(" ")));
    }

    /** How many of the table's values are in which state; without the data set there are no hashes to look for. */
    private static String states(Session session, PaperTable table) {
        try {
            Plan plan = session.planOffline(Selection.whole(table, session.settings()));
            Map<ResultRow, ResultRow> rows = new TreeMap<>();
            session.output().results().rowsOf(plan.hashes()).forEach(row -> rows.put(row, row));
            Map<ResultState, Long> counts = plan.cells().stream()
                    .filter(cell -> !isImpossible(cell))
                    .collect(Collectors.groupingBy(
                            cell -> state(cell, rows), () -> new EnumMap<>(ResultState.class), Collectors.counting()));
            return counts.keySet().stream().allMatch(state -> state == ResultState.PENDING)
                    ? "nothing measured yet"
                    : "values: " + inWords(counts);
        } catch (HarnessException | IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static boolean isImpossible(PlannedCell cell) {
        return cell instanceof PlannedCell.Absent absent && absent.reason().equals(ResultRow.NO_SUCH_VALUE);
    }

    private static ResultState state(PlannedCell cell, Map<ResultRow, ResultRow> rows) {
        if (cell instanceof PlannedCell.Absent absent) {
            return absent.state();
        }
        ResultRow key = ResultRow.missing(
                cell.key().table(),
                cell.key().caseKey(),
                cell.key().metric(),
                cell.seed(),
                ResultState.PENDING,
                cell.stage(),
                "not run yet");
        return rows.getOrDefault(key, key).state();
    }

    private static String inWords(Map<ResultState, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().csv())
                .collect(Collectors.joining(", "));
    }
}
