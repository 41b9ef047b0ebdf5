package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.PaperValues;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTablesTest {

    private static final TableView TABLE = TableView.of(
            SampleLayouts.table1f(),
            List.of(
                    ResultRow.measured("table1f", "random-75", "ft", 0, 80, "a", ""),
                    ResultRow.measured("table1f", "random-75", "ft", 1, 81, "b", ""),
                    ResultRow.measured("table1f", "block-50", "ft", 0, 78.25, "c", ""),
                    ResultRow.missing("table1f", "block-75", "ft", 0, ResultState.FAILED, "d", "loss is NaN"),
                    ResultRow.missing("table1f", "grid-75", "ft", 0, ResultState.SKIPPED, "e", "odd grid")),
            PaperValues.bundled());

    @Test
    void markdownHasOneLineACase() {
        String expected =
                """
                | case | ft (%), ours | Δ | ft (%), paper | Δ | lin (%), ours | Δ | lin (%), paper | Δ |
                | :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                | **random 75** (default) | **80.5** ± 6.35 (2) |  | **84.9** |  | *pending* |  | **73.5** |  |
                | block 50 | 78.2 (1) | −2.2 | 83.9 | −1.0 | *pending* |  | 72.3 | −1.2 |
                | block 75 | *failed: loss is NaN* |  | 82.8 | −2.1 | *pending* |  | 63.9 | −9.6 |
                | grid 75 | *skipped* |  | 84.0 | −0.9 | *pending* |  | 66.0 | −7.5 |
                """;
        String printed = new MarkdownTable(TABLE).print();
        assertTrue(printed.contains(expected), printed);
    }

    @Test
    void latexShadesTheDefaultAndBalancesItsColumns() {
        String printed = new LatexTable(TABLE).print();
        assertTrue(printed.contains("\\rowcolor{black!10}random 75 & 80.5 $\\pm$ 6.35 (2) & "), printed);
        printed.lines()
                .filter(line -> line.startsWith("block") || line.startsWith("grid") || line.contains("random 75 &"))
                .forEach(line -> assertEquals(8, separators(line), line));
    }

    @Test
    void theNotesSayHowManySeedsThereAre() {
        assertTrue(TableNotes.of(TABLE).get(0).contains("whose number is in brackets"));
        assertTrue(TableNotes.of(TABLE).contains("Skipped, ft of grid 75: odd grid."));
    }

    @Test
    void cellsAndDifferencesHaveTheirIntervals() {
        List<ResultRow> rows = new ArrayList<>();
        double[][] values = {{80, 81, 82}, {70.1, 71, 72}, {80.1, 81, 81.9}};
        List<String> cases = List.of("random-75", "block-50", "block-75");
        for (int i = 0; i < values.length; i++) {
            for (int seed = 0; seed < values[i].length; seed++) {
                rows.add(ResultRow.measured("table1f", cases.get(i), "ft", seed, values[i][seed], "s" + i + seed, ""));
            }
        }
        TableView table = TableView.of(SampleLayouts.table1f(), rows, PaperValues.bundled());
        String markdown = new MarkdownTable(table).print();
        assertTrue(markdown.contains("| block 50 | 71.0 ± 2.35 | −10.0 ± 0.1\\* |"), markdown);
        assertEquals(
                "Ours: mean ± half of its 95 % interval, over 3 seeds; residual deviation 0.05 points, 4 degrees of freedom.",
                TableNotes.of(table).get(0));
    }

    @Test
    void unevenNoiseIsNoted() {
        List<ResultRow> rows = new ArrayList<>();
        double[][] values = {{80, 80.1, 80.2, 79.9, 80}, {60, 70, 55, 66, 48}, {75, 75.2, 75.1, 75, 75.1}};
        List<String> cases = List.of("random-75", "block-50", "block-75");
        for (int i = 0; i < values.length; i++) {
            for (int seed = 0; seed < values[i].length; seed++) {
                rows.add(ResultRow.measured("table1f", cases.get(i), "ft", seed, values[i][seed], "s" + i + seed, ""));
            }
        }
        List<String> notes = TableNotes.of(TableView.of(SampleLayouts.table1f(), rows, PaperValues.bundled()));
        assertTrue(
                notes.get(1).startsWith("Uneven noise, ft: over seeds block 50 departs from the other rows"),
                notes.toString());
    }

    @Test
    void withOneSeedThereIsNeitherIntervalNorStar() {
        TableView table = TableView.of(
                SampleLayouts.table1f(),
                List.of(
                        ResultRow.measured("table1f", "random-75", "ft", 0, 80, "a", ""),
                        ResultRow.measured("table1f", "block-50", "ft", 0, 60, "b", "")),
                PaperValues.bundled());
        String markdown = new MarkdownTable(table).print();
        assertTrue(markdown.contains("| block 50 | 60.0 | −20.0 |"), markdown);
        assertFalse(markdown.contains("±"), markdown);
        assertTrue(markdown.contains("Ours: one seed, so nothing is known of the noise"), markdown);
    }

    private static int separators(String line) {
        int spanned = line.split("multicolumn\\{2}", -1).length - 1;
        return (int) line.chars().filter(c -> c == '&').count() + spanned;
    }
}
