package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.baselines.simmim.SimmimStage;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.EncoderStage;
import io.maeharness.results.PlotKind;
import java.util.List;
import java.util.function.Function;

/**
 * SimMIM beside MAE at equal cost: mask tokens in the encoder and a linear layer, or kept patches alone and a decoder.
 *
 * <p>Source: Xie et al., arXiv 2111.09886; the MAE paper does not print it. Command: {@code ./mae reproduce simmim}.
 *
 * <p>Cost in each profile: one pre-training with what is measured of it; MAE's row is shared with the other tables.
 */
@TableHeader(
        id = "simmim",
        order = 97,
        title = "SimMIM",
        caption =
                "SimMIM (mask tokens in the encoder, one linear layer, absolute error of raw pixels) beside MAE, at the same"
                        + " cost of pre-training.",
        plot = PlotKind.BARS,
        rows = "method")
public final class SimmimAtEqualCost implements PaperTable {
    @Override
    public List<Column> columns(Settings profile) {
        return List.of(Columns.FT, Columns.LIN, Columns.KNN, Columns.PRETRAINING_COST, Columns.IMAGES_SEEN);
    }

    @Override
    public List<Row> rows(Settings profile) {
        return List.of(
                row("mae", "MAE", CaseStages::pretrain).asDefault(),
                row("simmim", "SimMIM", stages -> SimmimStage.of(stages.inputs())));
    }

    private static Row row(String key, String label, Function<CaseStages, EncoderStage> method) {
        return Row.of(key, label)
                .measuring(Columns.FT.withTop5(
                        stages -> stages.of(method.apply(stages)).finetune()))
                .measuring(Columns.LIN.withTop5(
                        stages -> stages.of(method.apply(stages)).probe()))
                .measuring(
                        Columns.KNN.by(stages -> stages.of(method.apply(stages)).neighbours()))
                .measuring(Columns.cost(method));
    }
}
