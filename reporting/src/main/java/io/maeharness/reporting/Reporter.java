package io.maeharness.reporting;

import io.maeharness.reporting.page.PageModel;
import io.maeharness.reporting.page.PageTemplate;
import io.maeharness.reporting.page.ProvenanceFacts;
import io.maeharness.reporting.page.SectionBuilder;
import io.maeharness.reporting.plots.Fonts;
import io.maeharness.reporting.plots.Plot;
import io.maeharness.reporting.plots.PlotFiles;
import io.maeharness.reporting.plots.TablePlots;
import io.maeharness.results.StoreFile;
import io.maeharness.results.TableLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a report: {@code index.html} with its plots and data, {@code README.md}, each table as Markdown and LaTeX, and all
 * cells as CSV.
 *
 * <p>The output depends on the request alone, not on the time of rendering. Every file is replaced as a whole, and only
 * when it changes, so rendering after each new row is cheap and a reader never sees half a page.
 */
public final class Reporter {

    private final PageTemplate template = new PageTemplate();
    private final Optional<String> plotProblem = Fonts.problem();

    /**
     * Writes the report.
     *
     * @throws IllegalArgumentException when a cell has two measured rows with the same seed
     * @throws io.maeharness.results.ResultStoreException when the output can't be written, or a provenance record, a
     *     loss curve or the list of pictures is damaged
     */
    public Rendered render(ReportRequest request) {
        List<TableView> tables = request.layouts().stream()
                .map(layout -> TableView.of(
                                layout, request.rows(), request.earlier(), request.paper(), request.training())
                        .remarked(remarks(layout, request))
                        .judged(request.claimsOf(layout)))
                .toList();
        Map<TableView, List<Plot>> plots = new LinkedHashMap<>();
        tables.forEach(table -> plots.put(table, plots(table, request)));
        ReportData data = new ReportData(request);
        data.write();
        int drawn = draw(plots, request.output().resolve("plots"));
        writeTables(tables, request.output());
        write(request.output().resolve("data").resolve("cells.csv"), CellCsv.print(tables));
        write(request.output().resolve("README.md"), new MarkdownReport(request, plots).print());
        StoreFile.writeDerived(request.output().resolve("style.css"), template.style());
        Path index = request.output().resolve("index.html");
        write(index, OneLine.page(template.render(page(request, plots, data))));
        return new Rendered(index, CellCount.of(tables), drawn, plotProblem);
    }

    private static List<String> remarks(TableLayout layout, ReportRequest request) {
        List<String> remarks = new ArrayList<>(Processors.remarks(layout, request.rows(), request.provenance()));
        remarks.addAll(TestImages.remarks(layout, request.rows(), request.provenance()));
        remarks.addAll(Convergence.remarks(layout, request.rows(), request.provenance()));
        return remarks;
    }

    private List<Plot> plots(TableView table, ReportRequest request) {
        if (plotProblem.isPresent()) {
            return List.of();
        }
        List<Plot> plots = new ArrayList<>(TablePlots.of(table));
        TablePlots.loss(table, request.curves(), request.curvesDirectory()).ifPresent(plots::add);
        return plots;
    }

    private static int draw(Map<TableView, List<Plot>> plots, Path directory) {
        PlotFiles files = new PlotFiles(directory);
        return Math.toIntExact(plots.values().stream()
                .flatMap(List::stream)
                .filter(files::write)
                .count());
    }

    private static void writeTables(List<TableView> tables, Path output) {
        for (TableView table : tables) {
            String id = table.layout().id();
            write(output.resolve(id + ".md"), new MarkdownTable(table).print());
            write(output.resolve(id + ".tex"), new LatexTable(table).print());
        }
    }

    private PageModel page(ReportRequest request, Map<TableView, List<Plot>> plots, ReportData data) {
        List<PageModel.Section> sections = new ArrayList<>();
        plots.forEach((table, figures) -> sections.add(new SectionBuilder(table, data::link).build(figures)));
        return new PageModel(
                request.profile(),
                request.facts(),
                ProvenanceFacts.of(data.provenance()),
                CellCount.of(plots.keySet()),
                sections,
                Pictures.read(request.picturesDirectory()),
                plotProblem.orElse(""));
    }

    private static void write(Path file, String text) {
        StoreFile.writeDerived(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A report that has been written.
     *
     * @param index the page, {@code index.html}
     * @param count cells of all its tables by state
     * @param plotsDrawn plots that were drawn; those whose data had not changed are not among them
     * @param plotProblem why no plot could be drawn, with the way out; empty when they could
     */
    public record Rendered(Path index, CellCount count, int plotsDrawn, Optional<String> plotProblem) {}
}
