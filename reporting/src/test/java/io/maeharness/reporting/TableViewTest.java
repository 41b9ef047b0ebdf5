package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.MeasuredValue;
import io.maeharness.results.PaperValues;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.TableLayout;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TableViewTest {

    private static final TableLayout LAYOUT = SampleLayouts.table1f();

    @Test
    void eachSideIsComparedWithItsOwnDefault() {
        TableView.Entry entry = entry(1, measured("random-75", 0, 80), measured("block-50", 0, 78.5));
        assertEquals(-1.5, entry.difference().orElseThrow().points(), 1e-12);
        assertEquals(new BigDecimal("-1.0"), entry.paperDifference().orElseThrow());
    }

    @Test
    void theDefaultIsNotComparedWithItself() {
        TableView.Entry entry = entry(0, measured("random-75", 0, 80));
        assertEquals(Optional.empty(), entry.difference());
        assertEquals(Optional.empty(), entry.paperDifference());
    }

    @Test
    void withoutAMeasuredDefaultThereIsNoDifferenceOfOurs() {
        TableView.Entry entry = entry(1, measured("block-50", 0, 78.5));
        assertEquals(Optional.empty(), entry.difference());
        assertTrue(entry.paperDifference().isPresent());
    }

    @Test
    void aDifferenceFarBeyondTheResidualsIsMarkedWithItsInterval() {
        TableView.Difference far = compared(70, 70.1).difference().orElseThrow();
        assertTrue(far.significant());
        assertTrue(far.halfWidth().orElseThrow() < 3, far::toString);
        assertEquals(-10.05, far.points(), 1e-9);
        assertFalse(compared(80, 80.3).difference().orElseThrow().significant());
    }

    /** Block 50 % beside three other rows of the same table, two seeds each, residuals of about 0.1. */
    private static TableView.Entry compared(double first, double second) {
        return entry(
                1,
                measured("random-75", 0, 80),
                measured("random-75", 1, 80.2),
                measured("block-75", 0, 79),
                measured("block-75", 1, 79.3),
                measured("grid-75", 0, 78),
                measured("grid-75", 1, 78.1),
                measured("block-50", 0, first),
                measured("block-50", 1, second));
    }

    @Test
    void aSeedThatOnlyOneRowHasDoesNotShiftTheDifference() {
        TableView.Entry entry = entry(
                1,
                measured("random-75", 0, 80),
                measured("random-75", 1, 80.2),
                measured("random-75", 2, 90),
                measured("block-75", 0, 79),
                measured("block-75", 1, 79.3),
                measured("block-50", 0, 78),
                measured("block-50", 1, 78.1));
        assertEquals(-2.05, entry.difference().orElseThrow().points(), 1e-9);
    }

    @Test
    void oneSeedClaimsNothing() {
        TableView.Difference difference = entry(1, measured("random-75", 0, 80), measured("block-50", 0, 60))
                .difference()
                .orElseThrow();
        assertEquals(-20, difference.points());
        assertTrue(difference.halfWidth().isEmpty());
        assertFalse(difference.significant());
    }

    @Test
    void aRowThatSeedsDoNotMoveHasADifferenceWithoutInterval() {
        assertTrue(compared(75, 75).difference().orElseThrow().halfWidth().isEmpty());
    }

    @Test
    void aCaseWithoutRowsIsPending() {
        assertInstanceOf(Cell.Pending.class, entry(2).ours());
    }

    @Test
    void aNumberOfOneSeedStandsBesideTheFailureOfAnother() {
        var failed = ResultRow.missing("table1f", "block-50", "ft", 1, ResultState.FAILED, "s1", "loss is NaN");
        TableView.Entry entry = entry(1, measured("block-50", 0, 78.5), failed);
        Cell.Measured cell = assertInstanceOf(Cell.Measured.class, entry.ours());
        assertEquals(List.of(failed), cell.withoutNumber());
    }

    @Test
    void aPendingRowGivesWayToAnyOtherOfItsCell() {
        var pending = ResultRow.missing("table1f", "block-50", "ft", 0, ResultState.PENDING, "", "queued");
        var failed = ResultRow.missing("table1f", "block-50", "ft", 0, ResultState.FAILED, "s", "loss is NaN");
        assertEquals(new Cell.Failed("loss is NaN"), entry(1, pending, failed).ours());
        assertEquals(new Cell.Pending(Optional.of("queued")), entry(1, pending).ours());
        assertInstanceOf(
                Cell.Measured.class,
                entry(1, pending, measured("block-50", 0, 1)).ours());
    }

    @Test
    void aValueOfAnEarlierDefinitionStandsMarkedWhereThereIsNoPresentOne() {
        TableView table = TableView.of(
                LAYOUT,
                List.of(measured("random-75", 0, 80)),
                List.of(measured("random-75", 1, 60), measured("block-50", 0, 78.5), measured("block-50", 1, 78.7)),
                PaperValues.bundled(),
                cell -> "");
        TableView.Entry present = table.rows().get(0).entries().get(0);
        assertEquals(
                80,
                assertInstanceOf(Cell.Measured.class, present.ours())
                        .value()
                        .spread()
                        .mean());
        TableView.Entry earlier = table.rows().get(1).entries().get(0);
        assertEquals("78.6 ± 1.27 (earlier definition, 2 seeds)", absence(earlier));
        assertEquals(Optional.empty(), earlier.difference());
        assertTrue(TableNotes.of(table).stream().anyMatch(note -> note.startsWith("Ours, (earlier definition")));
        assertEquals(
                "1 of 8 cells measured, 7 pending", CellCount.of(List.of(table)).inWords());
    }

    private static String absence(TableView.Entry entry) {
        return AbsenceText.of(entry.ours(), entry.metric());
    }

    @Test
    void cellsAreCountedByState() {
        TableView table = TableView.of(
                LAYOUT,
                List.of(
                        measured("random-75", 0, 80),
                        ResultRow.missing("table1f", "block-50", "ft", 0, ResultState.FAILED, "s", "loss is NaN")),
                PaperValues.bundled());
        assertEquals(
                "1 of 8 cells measured, 6 pending, 1 failed",
                CellCount.of(List.of(table)).inWords());
    }

    @Test
    void aValueThatARowCannotHaveIsNotCounted() {
        TableView table = TableView.of(
                LAYOUT,
                List.of(
                        ResultRow.missing(
                                "table1f", "block-75", "ft", 0, ResultState.SKIPPED, "", ResultRow.NO_SUCH_VALUE),
                        ResultRow.missing("table1f", "block-50", "ft", 0, ResultState.SKIPPED, "", "too slow")),
                PaperValues.bundled());
        assertEquals(
                "0 of 7 cells measured, 6 pending, 1 skipped",
                CellCount.of(List.of(table)).inWords());
    }

    @Test
    void skippedCellsGiveTheirReasonUnderTheTable() {
        TableView table = TableView.of(
                LAYOUT,
                List.of(
                        ResultRow.missing("table1f", "block-75", "ft", 0, ResultState.SKIPPED, "", "too slow"),
                        ResultRow.missing("table1f", "block-50", "ft", 0, ResultState.SKIPPED, "", "too slow"),
                        ResultRow.missing(
                                "table1f", "block-50", "lin", 0, ResultState.SKIPPED, "", ResultRow.NO_SUCH_VALUE)),
                PaperValues.bundled());
        assertEquals(
                List.of("Skipped, ft of block 50, block 75: too slow."),
                TableNotes.of(table).stream()
                        .filter(note -> note.startsWith("Skipped"))
                        .toList());
        assertEquals("skipped", absence(table.rows().get(1).entries().get(0)));
        assertEquals("–", absence(table.rows().get(1).entries().get(1)));
    }

    @Test
    void aValueThatFollowsFromTheConfigurationHasNoNumberOfSeeds() {
        var computed = new Cell.Measured(
                MeasuredValue.of(List.of(flops(0), flops(1), flops(2))), OptionalDouble.empty(), List.of());
        assertEquals("", TableNotes.seeds(computed, SampleLayouts.FLOPS, 0));
        var accuracy = new Cell.Measured(
                MeasuredValue.of(List.of(measured("block-50", 0, 70), measured("block-50", 1, 71))),
                OptionalDouble.of(1),
                List.of());
        assertEquals(" (2)", TableNotes.seeds(accuracy, SampleLayouts.FT, 0));
        assertEquals("", TableNotes.seeds(accuracy, SampleLayouts.FT, 2));
    }

    private static ResultRow flops(long seed) {
        return ResultRow.measured("table1c", "with", "flops", seed, 3.3, "s" + seed, "");
    }

    private static TableView.Entry entry(int row, ResultRow... rows) {
        return TableView.of(LAYOUT, List.of(rows), PaperValues.bundled())
                .rows()
                .get(row)
                .entries()
                .get(0);
    }

    private static ResultRow measured(String caseKey, long seed, double value) {
        return ResultRow.measured("table1f", caseKey, "ft", seed, value, caseKey + seed, "");
    }
}
