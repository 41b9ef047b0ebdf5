package io.maeharness.reporting.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.reporting.TableView;
import io.maeharness.reporting.page.PlotNotes;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.PaperValues;
import io.maeharness.results.PlotKind;
import io.maeharness.results.ResultRow;
import io.maeharness.results.TableLayout;
import io.maeharness.results.Unit;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TablePlotsTest {

    private static final MetricLayout LIN = new MetricLayout("lin", "lin", Unit.PERCENT, 1);

    @Test
    void nothingMeasuredGivesNoPlot() {
        assertEquals(List.of(), TablePlots.of(depths()));
    }

    @Test
    void oursAndThePapersAxesSpanTheSameNumberOfPoints() {
        List<Plot> plots = TablePlots.of(depths(lin("depth-1", 40), lin("depth-8", 41)));
        Plot.Range ours = assertInstanceOf(Plot.Lines.class, plots.get(0)).y().orElseThrow();
        Plot.Range paper = assertInstanceOf(Plot.Lines.class, plots.get(1)).y().orElseThrow();
        assertEquals(paper.high() - paper.low(), ours.high() - ours.low(), 1e-9);
        assertTrue(ours.low() < 40 && ours.high() > 41);
    }

    @Test
    void ourCurveLiesOnOurAxisAndThePapersOnThePapers() {
        List<Plot> plots = TablePlots.of(depths(lin("depth-1", 40), lin("depth-8", 41)));
        assertEquals(List.of(1.0, 4.0), places(plots.get(0)));
        assertEquals(List.of(1.0, 8.0), places(plots.get(1)));
    }

    @Test
    void barsAreDifferencesToTheDefault() {
        List<Plot> plots = TablePlots.of(targets(lin("pixel-without-norm", 60), lin("pca", 57.5)));
        Plot.BarGroups bars = assertInstanceOf(Plot.BarGroups.class, plots.get(0));
        assertEquals(List.of("PCA"), bars.categories());
        assertEquals(List.of(OptionalDouble.of(-2.5)), bars.groups().get(0).values());
        assertEquals(-1.2, bars.groups().get(1).values().get(0).getAsDouble(), 1e-12);
    }

    @Test
    void withoutTheDefaultBarsAreValuesOfEachSideAlone() {
        List<Plot> plots = TablePlots.of(targets(lin("pixel-with-norm", 59), lin("pca", 57.5)));
        assertEquals(
                List.of("table1d-lin-ours", "table1d-lin-paper"),
                plots.stream().map(Plot::name).toList());
    }

    @Test
    void aSingleNumberIsLeftToTheTable() {
        assertEquals(List.of(), TablePlots.of(targets(lin("pca", 57.5))));
    }

    @Test
    void errorBarsAreTheIntervalsOfTheTable() {
        TableView table = targets(
                lin("pixel-without-norm", 0, 60),
                lin("pixel-without-norm", 1, 61),
                lin("pca", 0, 57.5),
                lin("pca", 1, 58.7));
        Plot.BarGroups bars =
                assertInstanceOf(Plot.BarGroups.class, TablePlots.of(table).get(0));
        double half = table.rows()
                .get(2)
                .entries()
                .get(0)
                .difference()
                .orElseThrow()
                .halfWidth()
                .orElseThrow();
        assertEquals(List.of(half), bars.groups().get(0).errors());
        assertEquals(1.27, half, 0.01);
    }

    @Test
    void oneSeedHasNoErrorBarsAndTheCaptionDoesNotSpeakOfThem() {
        List<Plot> plots = TablePlots.of(targets(lin("pixel-without-norm", 60), lin("pca", 57.5)));
        Plot.BarGroups bars = assertInstanceOf(Plot.BarGroups.class, plots.get(0));
        assertFalse(bars.groups().get(0).hasErrors());
        assertFalse(PlotNotes.of(plots).contains("Error bars"));
    }

    @Test
    void theCaptionSaysWhatErrorBarsAre() {
        List<Plot> plots = TablePlots.of(targets(
                lin("pixel-without-norm", 0, 60),
                lin("pixel-without-norm", 1, 61),
                lin("pca", 0, 57.5),
                lin("pca", 1, 58.7)));
        assertTrue(PlotNotes.of(plots).endsWith("Error bars: 95 % intervals, those behind ± in the table."));
    }

    @Test
    void theTextAlternativeHoldsTheNumbers() {
        Plot plot =
                TablePlots.of(depths(lin("depth-1", 40), lin("depth-8", 41))).get(0);
        assertEquals("Line chart of lin, this run over blocks. lin: 40.0 at 1, 41.0 at 4", plot.alt());
    }

    private static List<Double> places(Plot plot) {
        return ((Plot.Lines) plot)
                .curves().get(0).points().stream().map(Plot.Point::x).toList();
    }

    private static TableView depths(ResultRow... rows) {
        return table(
                "table1a",
                PlotKind.LINES,
                List.of(
                        CaseLayout.of("depth-1", "1").at(1),
                        CaseLayout.of("depth-8", "8").withOurs("4").at(8).asDefault(true)),
                rows);
    }

    private static TableView targets(ResultRow... rows) {
        return table(
                "table1d",
                PlotKind.BARS,
                List.of(
                        CaseLayout.of("pixel-without-norm", "pixel").asDefault(true),
                        CaseLayout.of("pixel-with-norm", "normalised pixel"),
                        CaseLayout.of("pca", "PCA")),
                rows);
    }

    private static TableView table(String id, PlotKind plot, List<CaseLayout> cases, ResultRow... rows) {
        TableLayout layout =
                new TableLayout(id, "Title", "", "paper", "", List.of(LIN), cases, plot, "blocks", "blocks");
        List<ResultRow> own = List.of(rows).stream()
                .map(row -> ResultRow.measured(
                        id, row.caseKey(), "lin", row.seed(), row.value().getAsDouble(), row.stage(), ""))
                .toList();
        return TableView.of(layout, own, PaperValues.bundled());
    }

    private static ResultRow lin(String caseKey, double value) {
        return lin(caseKey, 0, value);
    }

    private static ResultRow lin(String caseKey, long seed, double value) {
        return ResultRow.measured("any", caseKey, "lin", seed, value, caseKey + seed, "");
    }
}
