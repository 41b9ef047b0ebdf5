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
 * How deep the decoder is: 1, 2, 4, 8 or 12 blocks, or this profile's counterparts of them.
 *
 * <p>Source: paper, section 4.1, table 1 (a). Command: {@code ./mae reproduce table1a}.
 *
 * <p>Cost in each profile: four pre-trainings with their evaluations beyond the default's; smoke a few steps of each,
 * quick and cifar10 with {@code axes.decoderDepths}, imagenet with the paper's depths.
 */
@TableHeader(
        id = "table1a",
        order = 20,
        title = "Table 1a. Decoder depth",
        caption = "A deep decoder can improve linear probing accuracy.",
        source = "paper, table 1 (a)",
        plot = PlotKind.LINES,
        axis = "decoder blocks",
        rows = "blocks",
        inDefaultRun = true)
public final class Table1aDecoderDepth implements PaperTable {
    private static final int DEFAULT = 3;

    @Override
    public List<Row> rows(Settings profile) {
        return IntStream.range(0, PaperAxes.PAPER_DEPTHS.size())
                .mapToObj(i -> depth(i, profile))
                .toList();
    }

    private static Row depth(int i, Settings profile) {
        int paper = PaperAxes.PAPER_DEPTHS.get(i);
        Row row = Row.of("depth-" + paper, Integer.toString(paper)).at(paper);
        if (i == DEFAULT) {
            return row.asDefault().ours(paper, profile.model().decoderDepth());
        }
        int ours = profile.axes().decoderDepths().get(i);
        return row.ours(paper, ours).set("model.decoderDepth", ours);
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily table = terms.family(id());
        return List.of(
                table.primary(
                        "table1a-lin-deep",
                        "section 4.1, table 1a",
                        "a deep decoder helps linear probing (by up to 8 points)",
                        table.higher("depth-8.lin", "depth-1.lin")),
                table.primary(
                        "table1a-ft-flat",
                        "section 4.1, table 1a",
                        "decoder depth matters little for fine-tuning; one block does",
                        Stream.of(1, 2, 4, 12)
                                .flatMap(depth ->
                                        table.same("depth-" + depth + ".ft", "depth-8.ft", terms.margin()).stream())
                                .toList()),
                table.secondary(
                        "table1a-lin-over-ft",
                        "section 4.1, table 1a",
                        "depth matters more for linear probing than for fine-tuning",
                        table.interaction("depth-8.lin", "depth-1.lin", "depth-8.ft", "depth-1.ft")));
    }
}
