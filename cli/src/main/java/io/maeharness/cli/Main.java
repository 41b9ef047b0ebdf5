package io.maeharness.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The entry point of {@code mae}. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its {@link ExitCode}. */
    public static void main(String[] arguments) {
        Charset charset = Charset.forName(System.getProperty("stdout.encoding", StandardCharsets.UTF_8.name()));
        PrintWriter out = new PrintWriter(System.out, true, charset);
        PrintWriter err = new PrintWriter(System.err, true, charset);
        System.exit(run(out, err, arguments));
    }

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
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
        return line.execute(arguments);
    }
}
