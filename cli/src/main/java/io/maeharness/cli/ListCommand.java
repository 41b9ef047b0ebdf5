package io.maeharness.cli;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.ablations.tables.Row;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.TableStates;
import java.io.PrintWriter;
import java.util.List;
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
                TableStates.inWords(session, table));
        out.println("                  " + rows.stream().map(Row::key).collect(Collectors.joining(" ")));
    }
}
