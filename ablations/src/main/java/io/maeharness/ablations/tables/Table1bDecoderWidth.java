package io.maeharness.ablations.tables;

import io.maeharness.core.config.PaperAxes;
import io.maeharness.core.config.Settings;
import io.maeharness.results.PlotKind;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How wide the decoder is: 128, 256, 512, 768 or 1024, or this profile's counterparts of them.
 *
 * <p>The width must be a multiple of the number of heads, so a case changes both where a profile gives its widths
 * different numbers of heads ({@code axes.decoderHeads}).
 *
 * <p>Source: paper, section 4.1, table 1 (b). Command: {@code ./mae reproduce table1b}.
 *
 * <p>Cost in each profile: four pre-trainings with their evaluations beyond the default's; smoke a few steps of each,
 * quick and cifar10 with {@code axes.decoderWidths}, imagenet with the paper's widths.
 */
@TableHeader(
        id = "table1b",
        order = 30,
        title = "Table 1b. Decoder width",
        caption = "The decoder can be narrower than the encoder.",
        source = "paper, table 1 (b)",
        plot = PlotKind.LINES,
        axis = "decoder width",
        rows = "dim",
        inDefaultRun = true)
public final class Table1bDecoderWidth implements PaperTable {
    private static final int DEFAULT = 2;

    @Override
    public List<Row> rows(Settings profile) {
        return IntStream.range(0, PaperAxes.PAPER_WIDTHS.size())
                .mapToObj(i -> width(i, profile))
                .toList();
    }

    private static Row width(int i, Settings profile) {
        int paper = PaperAxes.PAPER_WIDTHS.get(i);
        Row row = Row.of("width-" + paper, Integer.toString(paper)).at(paper);
        if (i == DEFAULT) {
            return row.asDefault().ours(paper, profile.model().decoderDim());
        }
        int ours = profile.axes().decoderWidths().get(i);
        int heads = profile.axes().decoderHeads().get(i);
        Row narrower = row.ours(paper, ours).set("model.decoderDim", ours);
        return heads == profile.model().decoderHeads() ? narrower : narrower.set("model.decoderHeads", heads);
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily table = terms.family(id());
        return List.of(
                table.primary(
                        "table1b-default-both",
                        "section 4.1, table 1b",
                        "width 512 does well under both protocols",
                        Stream.of("ft", "lin")
                                .flatMap(metric -> Stream.of(128, 256, 768, 1024)
                                        .map(width -> table.notWorse(
                                                "width-512." + metric,
                                                "width-" + width + "." + metric,
                                                terms.margin())))
                                .toList()),
                table.primary(
                        "table1b-ft-narrow",
                        "section 4.1, table 1b",
                        "narrower decoders fine-tune as well",
                        table.notWorse("width-128.ft", "width-512.ft", terms.margin()),
                        table.notWorse("width-256.ft", "width-512.ft", terms.margin())),
                table.secondary(
                        "table1b-lin-narrow",
                        "table 1b (numbers only)",
                        "a narrow decoder costs linear probing",
                        table.higher("width-512.lin", "width-128.lin")));
    }
}
