package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.results.CaseLayout;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.Unit;
import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotationTest {

    @ParameterizedTest
    @CsvSource({"0.44, +0.4", "-1.26, −1.3", "0.0, 0.0", "0.04, 0.0", "-0.04, 0.0", "12, +12.0"})
    void aDifferenceHasASignUnlessItRoundsToZero(double points, String text) {
        assertEquals(text, Notation.difference(points, SampleLayouts.FT));
    }

    @Test
    void thePapersDifferenceKeepsItsDigits() {
        assertEquals("−13.9", Notation.difference(new BigDecimal("59.6").subtract(new BigDecimal("73.5"))));
    }

    @Test
    void aHalfWidthHasOneDigitMoreThanTheMean() {
        assertEquals("± 0.71", Notation.halfWidth(OptionalDouble.of(0.707), 80.5, SampleLayouts.FT));
        assertEquals("", Notation.halfWidth(OptionalDouble.empty(), 80, SampleLayouts.FT));
    }

    @Test
    void aCaseShowsThePapersNumberAndOurs() {
        CaseLayout row = CaseLayout.of("depth-8", "8").withOurs("4").at(8).asDefault(true);
        assertEquals("8 (ours: 4)", Notation.label(row));
        assertEquals("MAE, 8 (ours: 4)", Notation.label(row.onSeries("MAE")));
        assertEquals("1", Notation.label(CaseLayout.of("depth-1", "1").at(1)));
    }

    @Test
    void aPlotLeavesTheRemarkToTheTable() {
        CaseLayout row = CaseLayout.of("depth-8", "8").withOurs("4").at(8).asDefault(true);
        CaseLayout remarked = row.remarked("tokenizer trained on photographs");
        assertEquals("8 (ours: 4, tokenizer trained on photographs)", Notation.label(remarked));
        assertEquals("8 (ours: 4)", Notation.shortLabel(remarked));
        assertEquals(4, remarked.ownX().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0735, 0.074",
        "2.0649, 2.065",
        "96.144, 96.14",
        "401.367, 401.4",
        "1046.423, '1,046'",
        "-1726718, '−1,726,718'"
    })
    void aLargeValueHasFewerDecimals(double value, String text) {
        assertEquals(text, Notation.value(value, new MetricLayout("gflop", "FLOPs", Unit.GFLOP, 3)));
    }
}
