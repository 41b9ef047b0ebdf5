package io.maeharness.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableLayoutTest {

    private static final MetricLayout FT = new MetricLayout("ft", "ft", Unit.PERCENT, 1);
    private static final CaseLayout MAE =
            CaseLayout.of("mae-4", "4").withOurs("2").at(4).asDefault(true).onSeries("MAE");
    private static final CaseLayout MOCO =
            CaseLayout.of("moco-4", "4").withOurs("2").at(4).asDefault(true).onSeries("MoCo v3");

    @Test
    void theDefaultIsThatOfTheOwnSeries() {
        CaseLayout other = CaseLayout.of("moco-1", "1").withOurs("1").at(1).onSeries("MoCo v3");
        TableLayout layout = layout("figure9", PlotKind.LINES, List.of(MAE, MOCO, other));
        assertEquals(Optional.of(MOCO), layout.defaultFor(other));
    }

    @Test
    void aSeriesWithoutDefaultIsComparedWithTheTables() {
        CaseLayout other = CaseLayout.of("moco-1", "1").withOurs("1").at(1).onSeries("MoCo v3");
        assertEquals(
                Optional.of(MAE),
                layout("figure9", PlotKind.LINES, List.of(MAE, other)).defaultFor(other));
    }

    @Test
    void linesNeedAnAxis() {
        List<CaseLayout> cases = List.of(CaseLayout.of("none", "none"));
        assertThrows(IllegalArgumentException.class, () -> layout("table1e", PlotKind.LINES, cases));
    }

    @Test
    void keysAreDistinct() {
        assertThrows(IllegalArgumentException.class, () -> layout("figure9", PlotKind.LINES, List.of(MAE, MAE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "Table 1", "-a"})
    void anIdIsAFileName(String id) {
        assertThrows(IllegalArgumentException.class, () -> layout(id, PlotKind.LINES, List.of(MAE)));
    }

    @Test
    void ourOwnAxisTakesOurNumberWhereItIsOne() {
        assertEquals(OptionalDouble.of(2), MAE.ownX());
        assertEquals(OptionalDouble.of(8), CaseLayout.of("a", "8").at(8).ownX());
        assertEquals(
                OptionalDouble.of(8),
                CaseLayout.of("a", "8").withOurs("as deep").at(8).ownX());
        assertEquals(
                OptionalDouble.empty(),
                CaseLayout.of("a", "block 50").asDefault(true).ownX());
    }

    private static TableLayout layout(String id, PlotKind plot, List<CaseLayout> cases) {
        return new TableLayout(id, "Title", "", "", "", List.of(FT), cases, plot, "blocks", "blocks");
    }
}
