package io.maeharness.reporting.plots;

import io.maeharness.reporting.ReportRequest;
import io.maeharness.reporting.TableView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Chooses the plots of a table. */
public final class TablePlots {

    private TablePlots() {}

    /** Plots of a table's numbers; none before a number is measured, or when the layout asks for none. */
    public static List<Plot> of(TableView table) {
        return switch (table.layout().plot()) {
            case LINES -> new LinePlots(table).plots();
            case BARS -> new BarPlots(table).plots();
            case NONE -> List.of();
        };
    }

    /** Plot of the loss curves of a table's pre-training stages; empty while there are none. */
    public static Optional<Plot> loss(TableView table, List<ReportRequest.Curve> curves, Path directory) {
        return new LossPlot(table.layout(), directory).plot(curves);
    }
}
