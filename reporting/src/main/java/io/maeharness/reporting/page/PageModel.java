package io.maeharness.reporting.page;

import io.maeharness.reporting.CellCount;
import io.maeharness.reporting.Pictures;
import io.maeharness.reporting.ReportRequest;
import io.maeharness.reporting.TableClaims;
import java.util.List;
import java.util.Optional;

/**
 * What the page says, as plain texts; the template escapes them.
 *
 * @param profile name of the profile
 * @param facts what the profile is
 * @param provenance where and how the numbers were measured, over all of them
 * @param count cells of all tables by state
 * @param sections one for each table or figure
 * @param pictures reconstructions
 * @param plotProblem why no plot could be drawn; empty when they could
 */
public record PageModel(
        String profile,
        List<ReportRequest.Fact> facts,
        List<ReportRequest.Fact> provenance,
        CellCount count,
        List<Section> sections,
        List<Pictures.Picture> pictures,
        String plotProblem) {

    public PageModel {
        facts = List.copyOf(facts);
        provenance = List.copyOf(provenance);
        sections = List.copyOf(sections);
        pictures = List.copyOf(pictures);
    }

    /**
     * A table or figure.
     *
     * @param id identifier, also the anchor
     * @param title title
     * @param caption what it shows
     * @param source where the paper has it
     * @param command command that regenerates it
     * @param count its cells by state
     * @param claims what the paper says about it, decided
     * @param caseHeader header of the first column
     * @param groups groups of columns, one for each metric
     * @param lines its rows
     * @param notes notes under the table
     * @param figures its plots
     * @param plotNote how to read the plots; empty without any
     */
    public record Section(
            String id,
            String title,
            String caption,
            String source,
            String command,
            CellCount count,
            Optional<TableClaims> claims,
            String caseHeader,
            List<Group> groups,
            List<Line> lines,
            List<String> notes,
            List<Figure> figures,
            String plotNote) {
        public Section {
            groups = List.copyOf(groups);
            lines = List.copyOf(lines);
            notes = List.copyOf(notes);
            figures = List.copyOf(figures);
        }
    }

    /**
     * Columns of one metric.
     *
     * @param label the metric with its unit
     * @param columns headers of its columns
     */
    public record Group(String label, List<String> columns) {
        public Group {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A row.
     *
     * @param label the case as the paper labels it
     * @param ours our own number where it differs; else empty
     * @param isDefault whether it is the default row
     * @param boxes its cells
     */
    public record Line(String label, String ours, boolean isDefault, List<Box> boxes) {
        public Line {
            boxes = List.copyOf(boxes);
        }
    }

    /**
     * A cell.
     *
     * @param kind style class: {@code ours}, {@code delta}, {@code paper}, {@code failed}, {@code skipped} or {@code
     *     pending}
     * @param text the number or words
     * @param spread half of the interval and count of seeds, or empty
     * @param opensGroup whether a group of columns begins here
     * @param span columns it takes
     * @param links provenance of the number, one for each seed
     */
    public record Box(String kind, String text, String spread, boolean opensGroup, int span, List<Link> links) {
        public Box {
            links = List.copyOf(links);
        }
    }

    /**
     * Link to a provenance record.
     *
     * @param seed the seed, as text
     * @param href relative address
     */
    public record Link(String seed, String href) {}

    /**
     * A plot.
     *
     * @param name file name without extension
     * @param title title
     * @param alt text alternative
     */
    public record Figure(String name, String title, String alt) {}
}
