package io.maeharness.cli;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.results.ResultStoreException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every exception into one line on the standard error and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final String DEBUG = "--debug";

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult arguments) {
        boolean debug = arguments.originalArgs().contains(DEBUG);
        return report(exception, command.getErr(), debug).code();
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        PrintWriter err = exception.getCommandLine().getErr();
        print(err, line(exception), exception, List.of(arguments).contains(DEBUG));
        return ExitCode.USAGE.code();
    }

    /** Prints the line of an exception and returns its code. */
    static ExitCode report(Throwable exception, PrintWriter err, boolean debug) {
        Failure failure = of(exception);
        print(err, failure.line(), exception, debug);
        return failure.code();
    }

    private static void print(PrintWriter err, String line, Throwable exception, boolean debug) {
        err.println("mae: " + line.strip().replaceAll("\\s*\\R\\s*", " "));
        if (debug) {
            exception.printStackTrace(err);
        }
        err.flush();
    }

    private static Failure of(Throwable exception) {
        if (exception instanceof HarnessException known) {
            return new Failure(ExitCode.of(known.kind()), known.getMessage());
        }
        if (exception instanceof ResultStoreException store) {
            return new Failure(ExitCode.of(store.kind()), store.getMessage());
        }
        if (exception instanceof InvalidSettingException) {
            return new Failure(ExitCode.CONFIG, exception.getMessage());
        }
        if (exception instanceof InvalidPathException path) {
            return new Failure(
                    ExitCode.USAGE,
                    "'" + path.getInput() + "' is not a path here: " + path.getReason() + "; choose another name");
        }
        return ofFile(exception);
    }

    /** What the file system refused, or a bug. */
    private static Failure ofFile(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            String said = String.valueOf(cause.getMessage());
            if (said.toLowerCase(Locale.ROOT).contains("no space left")) {
                return new Failure(ExitCode.DISK, said + "; free some space or choose another --output");
            }
            if (cause instanceof AccessDeniedException denied) {
                return new Failure(
                        ExitCode.STORE_READ_ONLY,
                        denied.getFile() + " cannot be written; make it writable or choose another --output");
            }
            if (cause instanceof FileSystemException file) {
                return new Failure(
                        ExitCode.DISK,
                        "cannot read or write " + file.getMessage() + "; check the path or choose another --output");
            }
        }
        return new Failure(
                ExitCode.INTERNAL,
                "internal error: " + exception + "; run again with " + DEBUG + " and report what it prints");
    }

    private static String line(ParameterException exception) {
        String message = exception.getMessage();
        if (exception instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            message = "unknown " + (unmatched.isUnknownOption() ? "option" : "command or argument") + " '"
                    + unmatched.getUnmatched().get(0) + "'"
                    + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
        }
        return message + "; see ./mae help";
    }

    /**
     * What is said and how the process ends.
     *
     * @param code exit code
     * @param line what, where and the way out
     */
    private record Failure(ExitCode code, String line) {}
}
