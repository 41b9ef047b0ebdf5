package io.maeharness.reporting.plots;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.reporting.plots.Plot.Ink;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.style.CategoryStyler;

class ChartDrawerTest {
    /** Else XChart's ticks would be the ends of the axis and of the bar, with 15 digits each. */
    @Test
    void theEndOfAnOnlyBarWithItsErrorIsNotInTheMiddleOfTheAxis() {
        Plot.Bars bar = new Plot.Bars("this run", new Ink.Named(0), List.of(OptionalDouble.of(-0.77)), List.of(2.0));
        Plot plot = new Plot.BarGroups("p", "P", "alt", "points", List.of("encoder w/ [M]"), List.of(bar));
        CategoryStyler styler = assertInstanceOf(CategoryChart.class, new ChartDrawer(PlotTheme.LIGHT).draw(plot))
                .getStyler();
        double below = -0.77 - styler.getYAxisMin();
        double above = styler.getYAxisMax() + 0.77;
        assertTrue(below > 2 && above > 2, below + ", " + above);
        assertTrue(above - below > 0.01, below + ", " + above);
    }
}
