package io.maeharness.ablations.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.tables.Row;
import io.maeharness.ablations.tables.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static Selection select(String... selectors) {
        return Selection.of(List.of(selectors), TestProfile.TABLES, TestProfile.settings());
    }

    private static List<String> tables(Selection selection) {
        return selection.tables().keySet().stream().map(Table::id).toList();
    }

    private static List<String> keys(Selection selection) {
        return selection.tables().values().stream()
                .flatMap(List::stream)
                .map(Row::key)
                .toList();
    }

    @Test
    void withoutANameFigure5AndTables1aTo1fAreRunAndWhatTheyAreHeldAgainst() {
        assertEquals(
                List.of("figure5", "table1a", "table1b", "table1c", "table1d", "table1e", "table1f", "context"),
                tables(select()));
    }

    @Test
    void aTableBringsItsCompanions() {
        assertEquals(List.of("table3", "table3-encoders"), tables(select("table3")));
    }

    @Test
    void allSelectsEveryTableInTheOrderOfThePaper() {
        assertEquals(
                List.of(
                        "figure5",
                        "table1a",
                        "table1b",
                        "table1c",
                        "table1d",
                        "table1e",
                        "table1f",
                        "table2",
                        "figure7",
                        "table3",
                        "table3-encoders",
                        "table3-lengths",
                        "table3-tuning",
                        "figure9",
                        "knn-curve",
                        "simmim",
                        "context",
                        "context-lengths"),
                tables(select("all")));
    }

    @Test
    void oneCaseCanBeSelectedAlone() {
        assertEquals(List.of("block-75"), keys(select("table1f/block-75")));
    }

    @Test
    void casesOfATableKeepItsOrderHoweverTheyWereNamed() {
        assertEquals(
                List.of("random-75", "grid-75"),
                keys(select("table1f/grid-75", "table1f/random-75", "table1f/grid-75")));
    }

    @Test
    void anUnknownTableNamesTheNearest() {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> select("tabel1f"));
        assertTrue(thrown.getMessage().startsWith("there is no table 'tabel1f'; did you mean table1f?"));
    }

    @Test
    void anUnknownCaseNamesTheNearest() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> select("table1f/block-57"));
        assertTrue(thrown.getMessage().contains("did you mean table1f/block-5"), thrown.getMessage());
    }

    @Test
    void aColumnOfTop1BringsThatOfTop5AndNoOther() {
        Selection some = select("table1f").onlyMetrics(List.of("ft"));
        assertTrue(some.measures("ft") && some.measures("ft-top5"));
        assertFalse(some.measures("lin") || some.measures("knn"));
    }

    @Test
    void anUnknownMetricNamesTheNearestAndAllOfTheSelectedTables() {
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class, () -> select("table1f").onlyMetrics(List.of("linn")));
        assertEquals(
                "no selected table has a metric 'linn'; did you mean lin? Known are ft, lin, knn", thrown.getMessage());
    }
}
