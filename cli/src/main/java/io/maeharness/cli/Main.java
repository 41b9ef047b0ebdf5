package io.maeharness.cli;

import io.maeharness.files.FileProblem;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

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

    /** Runs a command, also where its libraries are in pieces. */
    private static int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return Commands.run(out, err, arguments);
        } catch (LinkageError e) {
            err.println("mae: " + DamagedLibrary.behind(e).orElseThrow(() -> e));
            return ExitCode.NATIVE.code();
        }
    }
}
