package io.maeharness.cli;

import io.maeharness.files.FileProblem;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** The entry point of {@code mae}. */
public final class Main {
    /** ONNX Runtime logs the stack trace of a library that it cannot unpack, beside the error that it throws. */
    private static final Logger ONNX_RUNTIME = Logger.getLogger("ai.onnxruntime.OnnxRuntime");

    private Main() {}

    /** Runs a command and ends the process with its {@link ExitCode}. */
    public static void main(String[] arguments) {
        Charset charset = charset();
        CheckedOutput written = new CheckedOutput(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = new PrintWriter(new BufferedOutputStream(written), true, charset);
        PrintWriter err = new PrintWriter(System.err, true, charset);
        Locale.setDefault(Locale.ROOT);
        ONNX_RUNTIME.setLevel(Level.OFF);
        int code = run(out, err, arguments);
        out.flush();
        System.exit(written.refused().map(e -> unwritten(e, err)).orElse(code));
    }

    private static Charset charset() {
        try {
            return Charset.forName(System.getProperty("stdout.encoding", StandardCharsets.UTF_8.name()));
        } catch (IllegalArgumentException e) { // of an option of Java that nobody needs
            return StandardCharsets.UTF_8;
        }
    }

    private static int unwritten(IOException refused, PrintWriter err) {
        err.println("mae: the output is not complete, it cannot be written: " + FileProblem.inWords(refused)
                + "; free some space or send it elsewhere");
        return ExitCode.DISK.code();
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
