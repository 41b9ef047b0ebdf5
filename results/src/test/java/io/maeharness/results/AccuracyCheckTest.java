package io.maeharness.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.maeharness.results.AccuracyCheck.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccuracyCheckTest {

    private static final AccuracyCheck CHECK = new AccuracyCheck(1, Set.of("ft", "lin"));

    @ParameterizedTest
    @CsvSource({"70.0, SAME", "69.1, SAME", "68.9, WORSE", "70.9, SAME", "71.1, BETTER"})
    void withoutSpreadTheToleranceDecides(double measured, Verdict verdict) {
        var findings = CHECK.compare(cell("ft", measured), cell("ft", 70));
        assertEquals(verdict, findings.get(0).verdict());
    }

    @Test
    void noiseWidensTheMarginToThreeStandardErrors() {
        var finding =
                CHECK.compare(cell("ft", 66, 68, 70), cell("ft", 70, 70, 70)).get(0);
        assertEquals(Verdict.SAME, finding.verdict());
        assertEquals(3 * 2 / Math.sqrt(3), finding.marginPoints(), 1e-12);
    }

    @Test
    void aCellThatWasNotMeasuredHereIsMissing() {
        var failed = ResultRow.missing("table1a", "depth-8", "ft", 0, ResultState.FAILED, "s", "loss is NaN");
        assertEquals(
                Verdict.MISSING,
                CHECK.compare(List.of(failed), cell("ft", 70)).get(0).verdict());
    }

    @Test
    void aCellThatTheReferenceLacksIsNotCompared() {
        assertEquals(List.of(), CHECK.compare(cell("ft", 70), List.of()));
    }

    @Test
    void columnsThatAreNoAccuracyAreNotCompared() {
        assertEquals(List.of(), CHECK.compare(cell("hours", 1), cell("hours", 9)));
    }

    @Test
    void rowsOfTwoStagesUnderOneSeedAreRefused() {
        List<ResultRow> mixed = List.of(
                ResultRow.measured("table1a", "depth-8", "ft", 0, 70, "old", "old"),
                ResultRow.measured("table1a", "depth-8", "ft", 0, 71, "new", "new"));
        assertThrows(IllegalArgumentException.class, () -> CHECK.compare(mixed, cell("ft", 70)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void theToleranceIsAFinitePositiveNumber(double tolerance) {
        assertThrows(IllegalArgumentException.class, () -> new AccuracyCheck(tolerance, Set.of("ft")));
    }

    private static List<ResultRow> cell(String metric, double... values) {
        return IntStream.range(0, values.length)
                .mapToObj(seed -> ResultRow.measured("table1a", "depth-8", metric, seed, values[seed], "s" + seed, ""))
                .toList();
    }
}
