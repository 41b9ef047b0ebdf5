package io.maeharness.reporting;

import io.maeharness.reporting.page.PlotNotes;
import io.maeharness.reporting.plots.Plot;
import java.util.List;
import java.util.Map;

/** All tables and plots in one Markdown page. */
final class MarkdownReport {

    private final ReportRequest request;
    private final Map<TableView, List<Plot>> plots;

    MarkdownReport(ReportRequest request, Map<TableView, List<Plot>> plots) {
        this.request = request;
        this.plots = plots;
    }

    String print() {
        StringBuilder text = new StringBuilder("# Masked autoencoders, measured again\n\n");
        text.append("Profile ").append(MarkdownTable.code(request.profile())).append(": ");
        text.append(CellCount.of(plots.keySet()).inWords())
                .append(". The same with links to the record of every number:");
        text.append(" [index.html](index.html).\n\n");
        for (ReportRequest.Fact fact : request.facts()) {
            text.append("- ").append(MarkdownTable.escape(fact.key())).append(": ");
            text.append(MarkdownTable.escape(fact.value())).append('\n');
        }
        plots.forEach((table, figures) -> {
            text.append('\n').append(new MarkdownTable(table).print());
            if (!figures.isEmpty()) {
                text.append('\n');
                figures.forEach(figure -> text.append(image(figure)));
                text.append(notes(figures));
            }
        });
        addPictures(text);
        return text.toString();
    }

    private static String image(Plot plot) {
        return "<img src=\"plots/" + plot.name() + ".png\" width=\"48%\" alt=\"" + attribute(plot.alt()) + "\">\n";
    }

    private static String notes(List<Plot> figures) {
        String notes = PlotNotes.of(figures);
        return notes.isEmpty() ? "" : '\n' + MarkdownTable.escape(notes) + '\n';
    }

    private void addPictures(StringBuilder text) {
        List<Pictures.Picture> pictures = Pictures.read(request.picturesDirectory());
        if (!pictures.isEmpty()) {
            text.append("\n## Reconstructions\n");
        }
        for (Pictures.Picture picture : pictures) {
            text.append("\n**").append(MarkdownTable.escape(picture.title())).append(".** ");
            text.append(MarkdownTable.escape(picture.caption())).append("\n\n<img src=\"pictures/");
            text.append(attribute(picture.file()))
                    .append("\" alt=\"")
                    .append(attribute(picture.caption()))
                    .append("\">\n");
        }
    }

    private static String attribute(String text) {
        return OneLine.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
