package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.budget.SeedBlock;
import io.maeharness.ablations.tables.Row;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
                "table1a --until-decided --force|leave it out, or the budget"
            })
    void nothingElseMaySayHowMuchIsMeasured(String line) {
        String arguments = line.substring(0, line.indexOf('|'));
        CommandLineRun run = CommandLineRun.of(
                ("reproduce " + arguments + " --profile smoke --fresh --output " + output).split(" "));
        assertEquals(ExitCode.USAGE.code(), run.code(), run.toString());
        assertTrue(run.err().contains(line.substring(line.indexOf('|') + 1)), run.err());
    }

    /** Block-wise masking at 50 % is compared with training from scratch, a row of another table. */
    @Test
    void aFamilyBringsTheRowsOfOtherTablesThatItsClaimsCompareWith() {
        BudgetScope scope = BudgetScope.of(MeasuredRun.session(output, 1), List.of("table1a", "table1f"));
        assertEquals(List.of("table1a", "table1f"), List.copyOf(scope.families().keySet()));
        assertTrue(rows(scope).get("table1a").containsAll(List.of("depth-1", "depth-12")));
        scope.families().values().forEach(family -> family.tables()
                .forEach((table, rows) -> assertTrue(rows(scope).get(table.id()).containsAll(keys(rows)), table.id())));
    }

    private static Map<String, List<String>> rows(BudgetScope scope) {
        Map<String, List<String>> rows = new TreeMap<>();
        scope.once().tables().forEach((table, cases) -> rows.put(table.id(), keys(cases)));
        return rows;
    }

    private static List<String> keys(List<Row> rows) {
        return rows.stream().map(Row::key).collect(Collectors.toList());
    }

    @Test
    void aTimedTableHasNothingThatSeedsDecide() {
        BudgetScope scope = BudgetScope.of(MeasuredRun.session(output, 1), List.of("table2"));
        assertTrue(scope.families().isEmpty());
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

    @Test
    void anInterruptedBlockIsRememberedUntilItIsDone() throws IOException {
        OutputDirectory directory = new OutputDirectory(output);
        assertEquals(Optional.empty(), BegunBlock.in(directory));
        BegunBlock block = new BegunBlock("table1a", 3);
        block.write(directory);
        assertEquals(Optional.of(block), BegunBlock.in(directory));
        BegunBlock.clear(directory);
        assertEquals(Optional.empty(), BegunBlock.in(directory));
        Files.writeString(output.resolve("budget.json"), "{\"family\": 3");
        assertEquals(Optional.empty(), BegunBlock.in(directory));
    }

    @Test
    void aDeadlineCallsWhenItIsOver() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        Deadline soon = Deadline.in(Duration.ofMillis(20));
        try (Deadline.Watch watch = soon.watch(called::countDown)) {
            watch.begin();
            assertTrue(called.await(10, TimeUnit.SECONDS));
        }
        assertTrue(soon.isOver());
        assertFalse(Deadline.NONE.isOver());
    }

    @Test
    void theNextHourHoldsTheBlocksThatEndInIt() {
        List<SeedBlock> course = List.of(
                new SeedBlock("table1a", 3, Duration.ofMinutes(40), 1.5),
                new SeedBlock("table1b", 3, Duration.ofMinutes(15), 0.5),
                new SeedBlock("table1c", 3, Duration.ofMinutes(15), 0.5));
        assertEquals(
                "the next hour is expected to decide 2.0: table1a to 3 seeds, table1b to 3 seeds",
                BudgetWords.soon(course, Duration.ofHours(2)));
        assertEquals(
                "the rest of the budget is not expected to end a block",
                BudgetWords.soon(List.of(), Duration.ofMinutes(5)));
    }
}
