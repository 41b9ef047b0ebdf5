package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.Comparison;
import io.maeharness.ablations.stages.Measurement;
import io.maeharness.core.config.Settings;
import io.maeharness.core.model.Flops;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
public final class Table1cMaskToken implements PaperTable {
    /** Between 1, which is nothing, and the paper's 3.3: small models have relatively larger decoders. */
    private static final double SEVERAL_TIMES = 2;

    private static final Measurement FLOPS = new Measurement.OfConfiguration("flops", Table1cMaskToken::relativeFlops);

    @Override
    public String id() {
        return "table1c";
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public boolean inDefaultRun() {
        return true;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        List<Measurement> columns = new ArrayList<>(Measurement.PRETRAINING);
        columns.add(FLOPS);
        return List.of(
                AblationCase.of(
                                CaseLayout.of("encoder-with-mask-token", "encoder w/ [M]", false),
                                Map.of("pretrain.encoderMaskTokens", "true"))
                        .measuredBy(columns),
                AblationCase.of(CaseLayout.of("encoder-without-mask-token", "encoder w/o [M]", true), Map.of())
                        .measuredBy(columns));
    }

    private static double relativeFlops(Comparison comparison) {
        return macs(comparison.changed(), comparison.channels()) / macs(comparison.base(), comparison.channels());
    }

    private static double macs(Settings settings, int channels) {
        return Flops.pretrainMacs(
                settings.model(),
                settings.pretrain(),
                channels,
                settings.model().patchValues(channels));
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily table = terms.family(id());
        return List.of(
                table.primary(
                        "table1c-lin",
                        "section 4.1, table 1c",
                        "mask tokens in the encoder cost linear probing dearly (14 points)",
                        table.higher("encoder-without-mask-token.lin", "encoder-with-mask-token.lin")),
                table.primary(
                        "table1c-ft",
                        "section 4.1, table 1c",
                        "mask tokens in the encoder cost fine-tuning too",
                        table.higher("encoder-without-mask-token.ft", "encoder-with-mask-token.ft")),
                table.counted()
                        .primary(
                                "table1c-flops",
                                "section 4.1, table 1c",
                                "an encoder without mask tokens cuts the FLOPs several times (3.3)",
                                table.counted()
                                        .timesAbove(
                                                "encoder-with-mask-token.flops",
                                                "encoder-without-mask-token.flops",
                                                SEVERAL_TIMES)));
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Table 1c. Mask token",
                "An encoder without mask tokens is more accurate and faster.",
                "paper, table 1 (c)",
                "./mae reproduce table1c",
                List.of(Columns.FT, Columns.LIN, Columns.KNN, Columns.FLOPS),
                AblationCase.layouts(cases(profile)),
                PlotKind.BARS,
                "",
                "case");
    }
}
