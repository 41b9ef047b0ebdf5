package io.maeharness.cli;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.run.RunListener;
import io.maeharness.ablations.run.RunSummary;
import io.maeharness.cli.progress.RunProgress;
import io.maeharness.cli.progress.Screen;
import io.maeharness.workbench.Durations;
import io.maeharness.workbench.run.FrontEnd;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Shows runs on a terminal, or as lines where the output goes elsewhere.
 *
 * @param out standard output
 * @param err standard error
 */
record Terminal(PrintWriter out, PrintWriter err) implements FrontEnd {
    /** That of a command. */
    static Terminal of(CommandSpec spec) {
        return new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    @Override
    public View begin() {
        return new OnScreen(Screen.of(out));
    }

    private record OnScreen(Screen screen) implements View {
        @Override
        public RunListener progress(Consumer<PlannedStage> ended) {
            return new RunProgress(screen, ended);
        }

        @Override
        public void event(String line) {
            screen.event(line);
        }

        @Override
        public void table(Path markdown) {
            try {
                String table = TerminalTable.of(Files.readString(markdown));
                screen.event(System.lineSeparator() + table + System.lineSeparator());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            screen.close();
        }
    }

    /** The last line, which says where the values are of a plan that has any, and the failures. */
    @Override
    public void ended(Plan plan, RunSummary summary, Path results) {
        say(summary.finished() + " stages run in " + Durations.words(summary.elapsed())
                + (summary.reused() > 0 ? ", " + summary.reused() + " reused" : "")
                + (summary.failures().isEmpty() ? "" : ", " + summary.failures().size() + " failed")
                + (summary.skipped() > 0 ? ", " + summary.skipped() + " skipped" : "")
                + (plan.cells().isEmpty() ? "" : "; results: " + results));
        if (!summary.failures().isEmpty()) {
            err.println("mae: " + line(summary.failures()));
            err.flush();
        }
    }

    private static String line(List<RunSummary.Failure> failures) {
        RunSummary.Failure first = failures.get(0);
        String more = failures.size() == 1 ? "" : failures.size() + " stages failed, the first: ";
        return more + first.stage().stage().kind() + " of "
                + first.stage().cases().get(0) + ": " + first.reason();
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
    }
}
