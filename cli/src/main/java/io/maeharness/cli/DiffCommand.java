package io.maeharness.cli;

import io.maeharness.results.difference.RunDifference;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae diff}. */
@Command(
        name = "diff",
        description = {
            "Say what differs between two runs: in the configuration of the cells that both have, in code and environment,"
                    + " and which cells moved, in points and in residual deviations of cases over seeds.",
            "Values are compared seed by seed where both have the seed. Exit code 0 when the values of all cells that both"
                    + " have are the same to the last bit, 23 when some are not, 18 when they have no cell in common. Cells"
                    + " in only one of the runs are listed; times (table 2) are shown as ratios and not judged."
        })
final class DiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RUN", description = "directory of a run, or a published one")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "RUN", description = "the one that is compared with it")
    private Path after = Path.of("");

    @Option(names = "--json", description = "print the differences as JSON")
    private boolean asJson;

    @Override
    public Integer call() {
        RunDifference difference =
                RunDifference.between(ResultDirectory.open("diff", before), ResultDirectory.open("diff", after));
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                asJson
                        ? DiffJson.of(before, after, difference)
                        : DiffText.of(before.toString(), after.toString(), difference));
        out.flush();
        return code(difference).code();
    }

    private static ExitCode code(RunDifference difference) {
        if (difference.cells().isEmpty()) {
            return ExitCode.CANNOT_TELL;
        }
        return difference.moved().isEmpty() ? ExitCode.OK : ExitCode.RUNS_DIFFER;
    }
}
