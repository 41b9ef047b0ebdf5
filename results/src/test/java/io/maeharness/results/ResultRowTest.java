package io.maeharness.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultRowTest {

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aMeasuredValueIsFinite(double value) {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> ResultRow.measured("table1a", "depth-4", "ft", 0, value, "abc", "abc"));
        assertTrue(error.getMessage().contains("finite"), error.getMessage());
    }

    @ParameterizedTest
    @EnumSource(
            value = ResultState.class,
            names = {"FAILED", "SKIPPED", "PENDING"})
    void anAbsentValueHasAReason(ResultState state) {
        assertThrows(
                IllegalArgumentException.class,
                () -> ResultRow.missing("table1a", "depth-4", "ft", 0, state, "abc", " "));
    }

    @Test
    void aValueIsPresentExactlyWhenMeasured() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ResultRow(
                        "table1a", "depth-4", "ft", 0, OptionalDouble.empty(), ResultState.MEASURED, "", "", ""));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ResultRow(
                        "table1a", "depth-4", "ft", 0, OptionalDouble.of(1), ResultState.FAILED, "", "", "NaN loss"));
    }

    @Test
    void aReasonIsFoldedToOneLine() {
        var row = ResultRow.missing(
                "table1a", "depth-4", "ft", 0, ResultState.FAILED, "abc", "worker died:\n\texit 134\r\n");
        assertEquals("worker died: exit 134", row.reason());
    }

    @Test
    void namesAreOnOneLine() {
        assertThrows(
                IllegalArgumentException.class, () -> ResultRow.measured("table\n1a", "depth-4", "ft", 0, 1, "", ""));
    }
}
