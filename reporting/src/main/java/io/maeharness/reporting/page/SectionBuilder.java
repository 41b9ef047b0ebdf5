package io.maeharness.reporting.page;

import io.maeharness.reporting.AbsenceText;
import io.maeharness.reporting.Cell;
import io.maeharness.reporting.CellCount;
import io.maeharness.reporting.Notation;
import io.maeharness.reporting.TableNotes;
import io.maeharness.reporting.TableView;
import io.maeharness.reporting.page.PageModel.Box;
import io.maeharness.reporting.page.PageModel.Figure;
import io.maeharness.reporting.page.PageModel.Group;
import io.maeharness.reporting.page.PageModel.Line;
import io.maeharness.reporting.page.PageModel.Link;
import io.maeharness.reporting.page.PageModel.Section;
import io.maeharness.reporting.plots.Plot;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.ResultRow;
import io.maeharness.results.TableLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns a table into the texts of its section. */
public final class SectionBuilder {

    private final TableView table;
    private final Function<String, Optional<String>> provenanceLink;
    private final int commonSeeds;

    /** Builder of one section; {@code provenanceLink} gives the relative address of a provenance key's record. */
    public SectionBuilder(TableView table, Function<String, Optional<String>> provenanceLink) {
        this.table = table;
        this.provenanceLink = provenanceLink;
        this.commonSeeds = TableNotes.commonSeeds(table);
    }

    /** The section with the given plots. */
    public Section build(List<Plot> plots) {
        TableLayout layout = table.layout();
        return new Section(
                layout.id(),
                layout.title(),
                layout.caption(),
                layout.source(),
                layout.command(),
                CellCount.of(List.of(table)),
                table.claims(),
                layout.caseHeader(),
                layout.metrics().stream().map(this::group).toList(),
                table.rows().stream().map(this::line).toList(),
                TableNotes.of(table),
                plots.stream()
                        .map(plot -> new Figure(plot.name(), plot.title(), plot.alt()))
                        .toList(),
                PlotNotes.of(plots));
    }

    private Group group(MetricLayout metric) {
        List<String> columns = new ArrayList<>(List.of("ours"));
        addDelta(columns, metric);
        if (table.hasPaper(metric)) {
            columns.add("paper");
            addDelta(columns, metric);
        }
        return new Group(metric.heading(), columns);
    }

    private void addDelta(List<String> columns, MetricLayout metric) {
        if (table.hasDifferences(metric)) {
            columns.add("Δ");
        }
    }

    private Line line(TableView.Row row) {
        CaseLayout layout = row.layout();
        List<Box> boxes = new ArrayList<>();
        row.entries().forEach(entry -> addBoxes(boxes, entry));
        return new Line(Notation.paperLabel(layout), Notation.ours(layout), layout.isDefault(), boxes);
    }

    private void addBoxes(List<Box> boxes, TableView.Entry entry) {
        boolean differences = table.hasDifferences(entry.metric());
        if (entry.ours() instanceof Cell.Measured measured) {
            boxes.add(number(measured, entry.metric()));
            if (differences) {
                boxes.add(entry.difference()
                        .map(value -> difference(value, entry))
                        .orElseGet(() -> text("delta", Optional.empty(), false)));
            }
        } else {
            String kind = entry.ours().state().csv();
            boxes.add(new Box(
                    kind, AbsenceText.of(entry.ours(), entry.metric()), "", true, differences ? 2 : 1, List.of()));
        }
        if (table.hasPaper(entry.metric())) {
            boxes.add(text("paper", entry.paper().map(paper -> paper.value().toPlainString()), true));
            if (differences) {
                boxes.add(text("delta", entry.paperDifference().map(Notation::difference), false));
            }
        }
    }

    private static Box difference(TableView.Difference difference, TableView.Entry entry) {
        return new Box(
                "delta",
                Notation.difference(difference.points(), entry.metric()),
                Notation.interval(difference, entry.metric()),
                false,
                1,
                List.of());
    }

    private static Box text(String kind, Optional<String> text, boolean opensGroup) {
        return new Box(kind, text.orElse(""), "", opensGroup, 1, List.of());
    }

    private Box number(Cell.Measured measured, MetricLayout metric) {
        var spread = measured.value().spread();
        String seeds = TableNotes.seeds(measured, metric, commonSeeds);
        List<Link> links = measured.value().rows().stream()
                .flatMap(row -> link(row).stream())
                .toList();
        return new Box(
                "ours",
                Notation.value(spread.mean(), metric),
                (Notation.halfWidth(measured.halfWidth(), spread.mean(), metric) + seeds).strip(),
                true,
                1,
                links);
    }

    private Optional<Link> link(ResultRow row) {
        return Optional.of(row.provenance())
                .filter(key -> !key.isEmpty())
                .flatMap(provenanceLink)
                .map(href -> new Link(Long.toString(row.seed()), href));
    }
}
