package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.PaperValues;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
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
                | **random 75** (default) | **80.5** ± 0.71 (2) |  | **84.9** |  | *pending* |  | **73.5** |  |
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
        assertTrue(printed.contains("\\rowcolor{black!10}random 75 & 80.5 $\\pm$ 0.71 (2) & "), printed);
        printed.lines()
                .filter(line -> line.startsWith("block") || line.startsWith("grid") || line.contains("random 75 &"))
                .forEach(line -> assertEquals(8, separators(line), line));
    }

    @Test
    void theNotesSayHowManySeedsThereAre() {
        assertTrue(TableNotes.of(TABLE).get(0).contains("their number is in brackets"));
        assertTrue(TableNotes.of(TABLE).contains("Skipped, ft of grid 75: odd grid."));
    }

    private static int separators(String line) {
        int spanned = line.split("multicolumn\\{2}", -1).length - 1;
        return (int) line.chars().filter(c -> c == '&').count() + spanned;
    }
}
