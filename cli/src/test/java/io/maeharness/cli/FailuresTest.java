package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.config.Check;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
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
    void anArgumentThatOurOwnCodeOrALibraryRefusesIsAnErrorInside() {
        for (RuntimeException inside : List.of(
                new IllegalArgumentException("tensor 'x' is missing"),
                new NumberFormatException("For input string"),
                new IllegalStateException("closed"))) {
            err.getBuffer().setLength(0);
            assertEquals(ExitCode.INTERNAL, Failures.report(inside, new PrintWriter(err), false));
            assertTrue(err.toString().startsWith("mae: internal error: "), err::toString);
            assertTrue(err.toString().contains("run again with --debug"), err::toString);
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

    private ExitCode reported(Executable executable) {
        return Failures.report(
                Assertions.assertThrows(InvalidSettingException.class, executable), new PrintWriter(err), false);
    }
}
