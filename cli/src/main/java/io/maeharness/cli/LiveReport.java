package io.maeharness.cli;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.cli.progress.Screen;
import io.maeharness.reporting.RenderedReport;
import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.TableLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the report up to date while a run goes: rendered as rows arrive, but not more often than every few seconds, and
 * at once when a table is complete, which is then printed.
 */
final class LiveReport implements AutoCloseable {
    private static final long CALM_NANOS = 15_000_000_000L;
    private static final long PATIENCE_SECONDS = 120;

    private final ReportWriter writer;
    private final Plan plan;
    private final Screen screen;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread renderer = new Thread(task, "report");
        renderer.setDaemon(true);
        return renderer;
    });
    private final Set<String> printed = new HashSet<>();
    private long renderedAt = System.nanoTime();

    LiveReport(ReportWriter writer, Plan plan, Screen screen) {
        this.writer = writer;
        this.plan = plan;
        this.screen = screen;
    }

    /** Rows of these tables have changed. */
    void changed(Set<String> tables) {
        thread.execute(() -> refresh(tables));
    }

    /** A report that cannot be rendered must not stop the measuring; the last rendering says why. */
    private void refresh(Set<String> tables) {
        try {
            Set<String> complete = complete();
            complete.retainAll(tables);
            complete.removeAll(printed);
            if (!complete.isEmpty()) {
                writer.write();
                renderedAt = System.nanoTime();
                complete.forEach(this::print);
            } else if (System.nanoTime() - renderedAt > CALM_NANOS) {
                writer.write();
                renderedAt = System.nanoTime();
            }
        } catch (RuntimeException e) {
            screen.event("the report could not be refreshed: " + e.getMessage());
        }
    }

    /** Renders a last time, prints the tables that have not been printed yet, and names the page. */
    RenderedReport finish() {
        close();
        RenderedReport report = writer.write();
        plan.layouts().stream()
                .map(TableLayout::id)
                .filter(id -> !printed.contains(id))
                .forEach(this::print);
        screen.event("report: " + report.index());
        report.plotProblem().ifPresent(screen::event);
        return report;
    }

    private void print(String id) {
        printed.add(id);
        screen.event(System.lineSeparator() + writer.table(id) + System.lineSeparator());
    }

    /** Tables of which no cell that this plan measures is pending any more. */
    private Set<String> complete() {
        List<ResultRow> rows = writer.rows();
        Set<CellSeed> pending = new HashSet<>();
        rows.stream()
                .filter(row -> row.state() == ResultState.PENDING)
                .forEach(row -> pending.add(new CellSeed(row.cell(), row.seed())));
        Set<String> complete = new TreeSet<>();
        plan.layouts().forEach(layout -> complete.add(layout.id()));
        plan.cells().stream()
                .filter(cell -> cell instanceof PlannedCell.Measured)
                .filter(cell -> pending.contains(new CellSeed(cell.key(), cell.seed())))
                .forEach(cell -> complete.remove(cell.key().table()));
        return complete;
    }

    /** Lets a rendering in progress end and takes no more. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record CellSeed(CellKey cell, long seed) {}
}
