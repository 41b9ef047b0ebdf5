package io.maeharness.workbench.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.budget.BudgetCourse;
import io.maeharness.ablations.tables.Row;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.workbench.MeasuredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTest {
    @TempDir
    private Path output;

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
    void theNextHourHoldsTheBlocksThatEndInIt() {
        List<BudgetCourse.Block> course = List.of(
                new BudgetCourse.Block("table1a", 3, Duration.ofMinutes(40), 1.5),
                new BudgetCourse.Block("table1b", 3, Duration.ofMinutes(15), 0.5),
                new BudgetCourse.Block("table1c", 3, Duration.ofMinutes(15), 0.5));
        assertEquals(
                "the next hour is expected to decide 2.0: table1a to 3 seeds, table1b to 3 seeds",
                BudgetForecast.soon(course, Duration.ofHours(2)));
        assertEquals(
                "the rest of the budget is not expected to end a block",
                BudgetForecast.soon(List.of(), Duration.ofMinutes(5)));
    }
}
