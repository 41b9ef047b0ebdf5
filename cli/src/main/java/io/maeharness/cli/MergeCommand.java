package io.maeharness.cli;

import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.workbench.report.JoinedResults;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae merge}. */
@Command(
        name = "merge",
        description = {
            "Join the results of several runs or machines into one directory: rows, provenance, loss curves, outcomes and"
                    + " pictures, but no weights. ./mae report --output DIR renders it.",
            "Values are joined by seed and precision. Refused are values of the same cell and seed whose stage differs, as"
                    + " they are of another configuration or definition; different values of the same stage on the same"
                    + " kind of processor, as one of them is faulty; and on different kinds of processors, unless --prefer"
                    + " names the run whose values are taken. All of a stage is taken from one run."
        })
final class MergeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "directories of runs, or published ones")
    private List<Path> runs = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "where the joined results go; what it holds already is joined with them")
    private Path output = Path.of("");

    @Option(
            names = "--prefer",
            paramLabel = "RUN",
            description = "whose values are taken where different processors, or two timings, differ")
    private Optional<Path> preferred = Optional.empty();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        OutputDirectory target = new OutputDirectory(output);
        long values = new JoinedResults(runs, preferred, target).write();
        out.println(runs.size() + " runs merged, " + values + " values; results: "
                + target.results().file());
        out.flush();
        return ExitCode.OK.code();
    }
}
