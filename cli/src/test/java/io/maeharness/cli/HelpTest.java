package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever asks for help has it, and a line for the user names no class. */
class HelpTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--help|Usage: mae ",
                "-h|Usage: mae ",
                "reproduce --help|Usage: mae reproduce",
                "reproduce -h|Usage: mae reproduce",
                "export --help|Usage: mae export",
                "reproduce table1a --profil x --help|Usage: mae reproduce",
                "bench pretrain --help|Usage: mae bench pretrain",
                "help reproduce|Usage: mae reproduce",
                "evaluate m.onnx --batch-size none --help|Usage: mae evaluate",
                "reproduce --version|mae "
            })
    void helpIsGivenWhereverItIsAskedFor(String arguments, String expected) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Commands.run(new PrintWriter(out), new PrintWriter(err), arguments.split(" "));
        assertEquals(0, code, err.toString());
        assertEquals("", err.toString());
        assertTrue(out.toString().startsWith(expected), out.toString());
    }

    @Test
    void namesOfClassesAreLeftOutOfALineAndPathsAreNot() {
        assertEquals(
                "cannot convert 'x' (there)",
                Failures.inWords("cannot convert 'x' to interface java.nio.file.Path (java.lang.Exception: there)"));
        assertEquals("/a/java.io.File/b", Failures.inWords("/a/java.io.File/b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Malformed input or input contains unmappable characters|USAGE|set LC_ALL=C.UTF-8",
                "Nul character not allowed|USAGE|choose another name"
            })
    void aPathThatIsNoneSaysWhatToDo(String reason, ExitCode code, String wayOut) {
        StringWriter err = new StringWriter();
        assertEquals(code, Failures.report(new InvalidPathException("a", reason), new PrintWriter(err), false));
        assertTrue(err.toString().contains(wayOut), err.toString());
    }

    @Test
    void aLibraryThatDoesNotLoadIsNoBug() {
        StringWriter err = new StringWriter();
        Error error = new UnsatisfiedLinkError("/tmp/x/lib.so: failed to map segment from shared object");
        assertEquals(ExitCode.NATIVE, Failures.report(error, new PrintWriter(err), false));
        assertTrue(err.toString().contains("MAE_NATIVES_DIR"), err.toString());
        assertEquals(1, err.toString().lines().count());
    }
}
