package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.core.config.Settings;
import io.maeharness.core.model.Flops;
import io.maeharness.results.PlotKind;
import io.maeharness.results.Unit;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;

/**
 * Whether the encoder sees mask tokens, or only the visible patches.
 *
 * <p>The column FLOPs is computed from the configuration: multiply-accumulates of the linear layers and the attention
 * products, class token included, of one pre-training image, relative to the default row. The paper prints 3.3 times
 * for ViT-L/16.
 *
 * <p>Source: paper, section 4.1, table 1 (c). Command: {@code ./mae reproduce table1c}.
 *
 * <p>Cost in each profile: one pre-training with its evaluations beyond the default's, which costs as many times the
 * default's as the column FLOPs says; smoke a few steps of it.
 */
@TableHeader(
        id = "table1c",
        order = 40,
        title = "Table 1c. Mask token",
        caption = "An encoder without mask tokens is more accurate and faster.",
        source = "paper, table 1 (c)",
        plot = PlotKind.BARS,
        inDefaultRun = true)
public final class Table1cMaskToken implements PaperTable {
    /** Between 1, which is nothing, and the paper's 3.3: small models have relatively larger decoders. */
    private static final double SEVERAL_TIMES = 2;

    private static final Column FLOPS = Column.of("flops", "FLOPs", Unit.RATIO, 2);

    @Override
    public List<Column> columns(Settings profile) {
        return Columns.pretrainingAnd(FLOPS.counted(
                CaseStages::pretrain,
                (stage, images) -> Flops.pretrainMacs(stage.model(), stage.recipe(), images.channels())
                        / Flops.pretrainMacs(profile.model(), profile.pretrain(), images.channels())));
    }

    @Override
    public List<Row> rows(Settings profile) {
        return List.of(
                Row.of("encoder-with-mask-token", "encoder w/ [M]").set("pretrain.encoderMaskTokens", true),
                Row.of("encoder-without-mask-token", "encoder w/o [M]").asDefault());
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily table = terms.family(id());
        ClaimFamily flops = table.counted();
        String place = "section 4.1, table 1c";
        return List.of(
                table.primary(
                        "table1c-lin",
                        place,
                        "mask tokens in the encoder cost linear probing dearly (14 points)",
                        table.higher("encoder-without-mask-token.lin", "encoder-with-mask-token.lin")),
                table.primary(
                        "table1c-ft",
                        place,
                        "mask tokens in the encoder cost fine-tuning too",
                        table.higher("encoder-without-mask-token.ft", "encoder-with-mask-token.ft")),
                flops.primary(
                        "table1c-flops",
                        place,
                        "an encoder without mask tokens cuts the FLOPs several times (3.3)",
                        flops.timesAbove(
                                "encoder-with-mask-token.flops", "encoder-without-mask-token.flops", SEVERAL_TIMES)));
    }
}
