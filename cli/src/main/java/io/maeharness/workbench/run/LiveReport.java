package io.maeharness.workbench.run;

import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.reporting.Reporter;
import io.maeharness.results.TableLayout;
import io.maeharness.workbench.report.ReportWriter;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Keeps the report up to date while a run goes: rendered as rows arrive, but not more often than every few seconds, and
 * at once when a table is complete, which is then shown.
 */
final class LiveReport implements AutoCloseable {
    private static final long CALM_NANOS = 15_000_000_000L;
    private static final long PATIENCE_SECONDS = 120;

    private final ReportWriter writer;
    private final Plan plan;
    private final FrontEnd.View view;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread renderer = new Thread(task, "report");
        renderer.setDaemon(true);
        return renderer;
    });
    private final Set<String> open;
    private final Set<String> tablesShown = new HashSet<>();
    private long renderedAt = System.nanoTime();

    /**
     * The report of a run.
     *
     * @param open stages of the plan that are to be run
     */
    LiveReport(ReportWriter writer, Plan plan, Collection<PlannedStage> open, FrontEnd.View view) {
        this.writer = writer;
        this.plan = plan;
        this.view = view;
        this.open = open.stream().map(PlannedStage::hash).collect(Collectors.toCollection(HashSet::new));
    }

    /** A stage has ended and its rows are written. */
    void ended(PlannedStage stage) {
        thread.execute(() -> {
            open.remove(stage.hash());
            refresh();
        });
    }

    /** A report that cannot be rendered must not stop the measuring; the last rendering says why. */
    private void refresh() {
        try {
            Set<String> complete = complete();
            complete.removeAll(tablesShown);
            if (!complete.isEmpty()) {
                writer.write();
                renderedAt = System.nanoTime();
                complete.forEach(this::show);
            } else if (System.nanoTime() - renderedAt > CALM_NANOS) {
                writer.write();
                renderedAt = System.nanoTime();
            }
        } catch (RuntimeException e) {
            view.event("the report could not be refreshed: " + e.getMessage());
        }
    }

    /** Renders a last time, shows the tables that have not been shown yet, and names the page. */
    Reporter.Rendered finish() {
        close();
        writer.recordLooks();
        Reporter.Rendered report = writer.write();
        plan.layouts().stream()
                .map(TableLayout::id)
                .filter(id -> !tablesShown.contains(id))
                .forEach(this::show);
        view.event("report: " + report.index());
        report.plotProblem().ifPresent(view::event);
        writer.leftOut().ifPresent(view::event);
        return report;
    }

    private void show(String id) {
        tablesShown.add(id);
        view.table(writer.directory().resolve(id + ".md"));
    }

    /** Tables for which nothing is left to be run. */
    private Set<String> complete() {
        Set<String> complete =
                plan.layouts().stream().map(TableLayout::id).collect(Collectors.toCollection(TreeSet::new));
        for (PlannedCell cell : plan.cells()) {
            if (cell instanceof PlannedCell.Measured measured && open.contains(measured.stage())) {
                complete.remove(cell.key().table());
            }
        }
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
}
