package io.maeharness.ablations.tables;

import io.maeharness.core.config.Settings;
import io.maeharness.core.masking.MaskSampling;
import io.maeharness.results.PlotKind;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;

/**
 * Which patches to hide: at random, in blocks, or on a grid.
 *
 * <p>Source: paper, section 4.1, table 1 (f). Command: {@code ./mae reproduce table1f}.
 *
 * <p>Cost in each profile: three pre-trainings with their evaluations beyond the default's; smoke a few steps of each.
 */
@TableHeader(
        id = "table1f",
        order = 70,
        title = "Table 1f. Mask sampling",
        caption = "Random sampling works best.",
        source = "paper, table 1 (f)",
        plot = PlotKind.BARS,
        inDefaultRun = true)
public final class Table1fMaskSampling implements PaperTable {
    @Override
    public List<Row> rows(Settings profile) {
        return List.of(
                Row.of("random-75", "random 75")
                        .asDefault()
                        .ours(new MaskSampling.Random(), profile.pretrain().maskSampling()),
                Row.of("block-50", "block 50")
                        .set("pretrain.maskSampling", new MaskSampling.Block())
                        .set("pretrain.maskRatio", 0.5),
                Row.of("block-75", "block 75").set("pretrain.maskSampling", new MaskSampling.Block()),
                Row.of("grid-75", "grid 75").set("pretrain.maskSampling", new MaskSampling.Grid()));
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily table = terms.family(id());
        return List.of(
                table.primary(
                        "table1f-random-ft",
                        "section 4.1, table 1f",
                        "random sampling is best (fine-tuning)",
                        table.higher("random-75.ft", "block-50.ft"),
                        table.higher("random-75.ft", "block-75.ft"),
                        table.higher("random-75.ft", "grid-75.ft")),
                table.primary(
                        "table1f-random-lin",
                        "section 4.1, table 1f",
                        "random sampling is best (linear probing)",
                        table.higher("random-75.lin", "block-50.lin"),
                        table.higher("random-75.lin", "block-75.lin"),
                        table.higher("random-75.lin", "grid-75.lin")),
                table.primary(
                        "table1f-block-75",
                        "section 4.1, table 1f",
                        "block-wise masking works at 50 % but degrades at 75 %",
                        table.higher("block-50.ft", "block-75.ft"),
                        table.higher("block-50.lin", "block-75.lin")),
                table.secondary(
                        "table1f-block-50",
                        "section 4.1, table 1f",
                        "block-wise masking at 50 % works reasonably: above scratch",
                        table.higher("block-50.ft", "context:scratch.ft")));
    }
}
