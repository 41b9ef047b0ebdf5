package io.maeharness.cli;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.error.OutOfMemory;
import io.maeharness.files.FileProblem;
import io.maeharness.files.MessageLine;
import io.maeharness.results.ResultStoreException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every exception into one line on the standard error and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final String DEBUG = "--debug";
    private static final List<String> HELP = List.of("--help", "-h");

    /** What Java writes of a path that the locale's encoding has no letters for. */
    private static final String UNMAPPABLE = "Malformed input or input contains unmappable characters";

    /** A class of Java in a message of a library, which says nothing to a user. */
    private static final Pattern CLASS_NAME = Pattern.compile(
            "(?<![/\\\\\\w.])(?:(?:to )?interface |class )?(?:java|javax|jdk|sun|com[.]sun|com[.]fasterxml|org[.]apache|org[.]yaml"
                    + "|ai[.]djl|ai[.]onnxruntime|picocli|io[.]maeharness)[.](?:\\w+[.])*[A-Z][\\w$]*(?:: ?)?");

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult arguments) {
        boolean debug = arguments.originalArgs().contains(DEBUG);
        return report(exception, command.getErr(), debug).code();
    }

    /** Whoever asks for help has it, whatever else is wrong with the line. */
    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        if (Collections.disjoint(List.of(arguments), HELP)) {
            return refuse(exception, arguments);
        }
        PrintWriter out = exception.getCommandLine().getOut();
        exception.getCommandLine().usage(out);
        out.flush();
        return ExitCode.OK.code();
    }

    private static int refuse(ParameterException exception, String[] arguments) {
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
        err.println("mae: " + inWords(MessageLine.of(line)));
        if (debug) {
            exception.printStackTrace(err);
        }
        err.flush();
    }

    /** The line without names of classes. */
    static String inWords(String line) {
        Matcher named = CLASS_NAME.matcher(line);
        return named.find() ? named.replaceAll("").replace(" ()", "").replaceAll(" {2,}", " ") : line;
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
            return new Failure(ExitCode.USAGE, notAPath(path));
        }
        return OutOfMemory.of(exception)
                .map(said -> new Failure(
                        ExitCode.MEMORY,
                        said + "; give Java more with MAE_JAVA_OPTS=-Xmx4g, for one, or take fewer --workers, a smaller"
                                + " schedule.microBatch or less at once"))
                .orElseGet(() -> ofFile(exception));
    }

    private static String notAPath(InvalidPathException path) {
        return path.getReason().startsWith(UNMAPPABLE)
                ? "the locale of this system has no letters for the path '" + path.getInput()
                        + "'; set LC_ALL=C.UTF-8 or another locale with UTF-8"
                : "'" + path.getInput() + "' is not a path here: " + path.getReason() + "; choose another name";
    }

    /** What the file system refused, a library of the system that does not load, or a bug. */
    private static Failure ofFile(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            String said = firstLine(cause);
            if (cause instanceof InvalidPathException path) {
                return new Failure(ExitCode.USAGE, notAPath(path));
            }
            Optional<String> damaged = DamagedLibrary.behind(cause);
            if (damaged.isPresent()) {
                return new Failure(ExitCode.NATIVE, damaged.get());
            }
            if (cause instanceof LinkageError) {
                return new Failure(
                        ExitCode.NATIVE,
                        "a native library does not load (" + said + "); where " + System.getProperty("java.io.tmpdir")
                                + " forbids execution or is full, set MAE_NATIVES_DIR to another directory; ./mae doctor"
                                + " says more");
            }
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
                        "cannot read or write " + FileProblem.inWords(file)
                                + "; check the path or choose another --output");
            }
        }
        return new Failure(
                ExitCode.INTERNAL,
                "internal error: " + firstLine(exception) + "; this is a mistake of the harness: open an issue in the"
                        + " repository that it is from, with "
                        + ErrorLog.write(exception)
                                .map(file -> "the log " + file)
                                .orElse("what " + DEBUG + " prints"));
    }

    private static String firstLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).strip().lines().findFirst().orElse("no message");
    }

    private static String line(ParameterException exception) {
        if (exception.getCause() instanceof InvalidPathException path) {
            return notAPath(path);
        }
        String message = exception.getMessage();
        if (exception instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            message = "unknown " + (unmatched.isUnknownOption() ? "option" : "command or argument") + " '"
                    + unmatched.getUnmatched().get(0) + "'"
                    + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
        }
        return message.replaceAll("[.\\s]+$", "") + "; see ./mae help";
    }

    /**
     * What is said and how the process ends.
     *
     * @param code exit code
     * @param line what, where and the way out
     */
    private record Failure(ExitCode code, String line) {}
}
