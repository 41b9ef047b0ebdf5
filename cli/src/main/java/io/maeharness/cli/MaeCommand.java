package io.maeharness.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand, which says what there is. */
@Command(
        name = "mae",
        description = "Regenerates the tables and figures of \"Masked Autoencoders Are Scalable Vision Learners\".",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ReproduceCommand.class,
            RunCommand.class,
            ListCommand.class,
            PlanCommand.class,
            ReportCommand.class,
            VisualizeCommand.class,
            ImportCommand.class,
            ClaimsCommand.class,
            CheckCommand.class,
            ReplayCommand.class,
            DiffCommand.class,
            MergeCommand.class,
            PruneCommand.class,
            ExportCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            HelpCommand.class
        })
final class MaeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "print the stack trace of an error")
    private boolean debug;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), debug ? "no command is given, only --debug" : "no command is given");
    }
}
