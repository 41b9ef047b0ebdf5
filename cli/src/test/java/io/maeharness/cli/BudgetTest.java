package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.error.HarnessException;
import io.maeharness.workbench.MeasuredRun;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
    @TempDir
    private Path output;

    @Test
    void timesAreWrittenAsPeopleDo() {
        assertEquals(Duration.ofHours(2), BudgetOptions.duration("2h"));
        assertEquals(Duration.ofMinutes(90), BudgetOptions.duration("90m"));
        assertEquals(Duration.ofMinutes(90), BudgetOptions.duration("1h30m"));
        assertEquals(Duration.ofSeconds(45), BudgetOptions.duration("45s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "0h", "2x", "h", "-1h", "30m1h"})
    void whatIsNoTimeIsRefused(String text) {
        HarnessException refusal = assertThrows(HarnessException.class, () -> BudgetOptions.duration(text));
        assertTrue(refusal.getMessage().contains("--budget takes a time such as 2h"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "table1a/depth-1 --budget 1h|write table1a instead of table1a/depth-1",
                "table1a --budget 1h --seeds 3|leave the option that chooses them out",
                "table1a --budget 1h --set seeds=3|leave the option that chooses them out",
                "table1a --until-decided --metrics ft|leave --metrics out",
                "table1a --until-decided --force|leave --force out"
            })
    void nothingElseMaySayHowMuchIsMeasured(String line) {
        String arguments = line.substring(0, line.indexOf('|'));
        CommandLineRun run = CommandLineRun.of(
                ("reproduce " + arguments + " --profile smoke --fresh --output " + output).split(" "));
        assertEquals(ExitCode.USAGE.code(), run.code(), run.toString());
        assertTrue(run.err().contains(line.substring(line.indexOf('|') + 1)), run.err());
    }

    @Test
    void withoutAPaceNothingIsForetold() {
        CommandLineRun run = CommandLineRun.of(
                ("plan table1f --profile smoke --device cpu --precision fp32 --fresh --no-calibration --budget 1h --output "
                                + output)
                        .split(" "));
        assertEquals(0, run.code(), run.toString());
        assertTrue(run.out().contains("nothing can be foretold"), run.out());
    }

    /** Nothing being left to measure once is no reason to foretell blocks that take no time, or none. */
    @Test
    void withoutAPaceNothingIsForetoldAlsoWhereEveryRowIsMeasured() {
        MeasuredRun.of(MeasuredRun.session(output, 1), "table1a");
        CommandLineRun run = CommandLineRun.of(("plan table1a --profile smoke --device cpu --precision fp32"
                        + " --no-calibration --budget 1h --published " + output + " --output "
                        + output.resolve("other"))
                .split(" "));
        assertEquals(0, run.code(), run.toString());
        assertTrue(run.out().contains("nothing can be foretold"), run.out());
        assertTrue(run.out().contains("nothing is left to run"), run.out());
        assertFalse(run.out().contains("expected to be decided"), run.out());
    }
}
