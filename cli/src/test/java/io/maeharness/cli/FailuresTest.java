package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.config.Check;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the user did and what went wrong inside end differently. */
class FailuresTest {
    private final StringWriter err = new StringWriter();

    @Test
    void aValueThatTheUserWroteIsAWrongKey() {
        assertEquals(ExitCode.CONFIG, reported(() -> Check.atLeast("pretrain.batchSize", 0, 1)));
        assertEquals("mae: pretrain.batchSize must be at least 1, got 0\n", err.toString());
    }

    @Test
    void anArgumentThatOurOwnCodeOrALibraryRefusesIsAnErrorInsideWithALog() throws IOException {
        for (RuntimeException inside : List.of(
                new IllegalArgumentException("tensor 'x' is missing"),
                new NumberFormatException("For input string"),
                new IllegalStateException("closed"))) {
            err.getBuffer().setLength(0);
            assertEquals(ExitCode.INTERNAL, Failures.report(inside, new PrintWriter(err), false));
            assertTrue(err.toString().startsWith("mae: internal error: "), err::toString);
            Matcher log = Pattern.compile("the log (.*)\n").matcher(err.toString());
            assertTrue(log.find(), err::toString);
            Path file = Path.of(log.group(1));
            assertTrue(Files.readString(file).contains("FailuresTest.java"), "the log says where it happened");
            Files.delete(file);
        }
    }

    @Test
    void aProblemWithALineOfItsOwnKeepsItsCode() {
        assertEquals(
                ExitCode.DEVICE,
                Failures.report(new HarnessException(Kind.DEVICE, "no GPU"), new PrintWriter(err), false));
        assertEquals("mae: no GPU\n", err.toString());
    }

    @Test
    void aNameThatTheFileSystemCannotHoldIsTheUsersMistake() {
        assertEquals(
                ExitCode.USAGE,
                Failures.report(
                        new InvalidPathException("a\0b", "Nul character not allowed"), new PrintWriter(err), false));
    }

    @Test
    void aLackOfMemoryHasACodeOfItsOwnWhoeverMeetsIt() {
        for (Throwable lack : List.of(
                new OutOfMemoryError("Java heap space"),
                new IllegalStateException(new OutOfMemoryError("unable to create native thread")),
                new IllegalStateException(
                        "[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate"
                                + " memory: you tried to allocate 400000000000 bytes."),
                new IllegalStateException("CUDA out of memory. Tried to allocate 2.00 GiB"),
                new IllegalStateException("Failed to allocate memory for requested buffer of size 1"))) {
            err.getBuffer().setLength(0);
            assertEquals(ExitCode.MEMORY, Failures.report(lack, new PrintWriter(err), false), lack::toString);
            assertTrue(err.toString().startsWith("mae: out of memory"), err::toString);
            assertTrue(err.toString().contains("MAE_JAVA_OPTS=-Xmx4g"), err::toString);
        }
    }

    private ExitCode reported(Executable executable) {
        return Failures.report(
                Assertions.assertThrows(InvalidSettingException.class, executable), new PrintWriter(err), false);
    }
}
