package io.maeharness.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;

/** The commands of {@code mae}. */
final class Commands {
    private Commands() {}

    /**
     * Runs a command in this process.
     *
     * @return its exit code
     */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Failures failures = new Failures();
        CommandLine line = new CommandLine(new MaeCommand())
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false) // a name that begins with @ is a name
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
        giveHelp(line);
        try {
            return line.execute(arguments);
        } catch (RuntimeException | Error e) { // a library that does not load is one, and no bug
            return Failures.report(e, err, Arrays.asList(arguments).contains("--debug"))
                    .code();
        }
    }

    /** Every subcommand answers to {@code --help} and {@code --version} too. */
    private static void giveHelp(CommandLine line) {
        for (CommandLine command : line.getSubcommands().values()) {
            CommandLine.Model.CommandSpec spec = command.getCommandSpec();
            if (!spec.helpCommand()) {
                spec.mixinStandardHelpOptions(true).versionProvider(new Version());
            }
            giveHelp(command);
        }
    }
}
